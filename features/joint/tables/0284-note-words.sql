-- What is said of a note while it is agreed (JIT-2): remarks on its parts, and each party's legal clearance.

CREATE TABLE simpul.joint_words (
  space_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('remark', 'clearance')),
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  -- Of the note that it is about.
  digest bytea NOT NULL CHECK (length(digest) = 32),
  says jsonb NOT NULL,
  signed text NOT NULL CHECK (length(signed) <= 65536),
  officer_id uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (space_id, id)
);
ALTER TABLE simpul.joint_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.joint_words FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.joint_words FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.joint_words FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY said ON simpul.joint_words FOR INSERT TO simpul_app WITH CHECK (
  space_id IN (SELECT simpul.joint_seen())
  AND (((SELECT simpul.actor_kind() = 'officer') AND officer_id = (SELECT simpul.officer()))
    OR ((SELECT simpul.actor_kind() = 'peer') AND party = (SELECT simpul.peer()) AND officer_id IS NULL)));
GRANT SELECT, INSERT ON simpul.joint_words TO simpul_app;
