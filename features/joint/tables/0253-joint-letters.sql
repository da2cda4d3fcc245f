-- Letters of things that are on their way to a party and have no receipt yet. The outbox closes the letters of a batch
-- together, after each receipt was told here: by this table the last receipt of a batch brings the next letters.
CREATE TABLE simpul.joint_letters (
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  space_id uuid NOT NULL,
  id uuid NOT NULL,
  PRIMARY KEY (party, space_id, id)
);
ALTER TABLE simpul.joint_letters ENABLE ROW LEVEL SECURITY;
CREATE POLICY kept ON simpul.joint_letters TO simpul_app USING ((SELECT simpul.is_job())) WITH CHECK ((SELECT simpul.is_job()));
GRANT SELECT, INSERT, DELETE ON simpul.joint_letters TO simpul_app;
