-- A prosecutor handed the node's signed statement over to the desk that asked (VIC-2): that the review was made and the
-- penalty may go on, never what was found. Where she does not, nothing stands here, whatever the reason.
CREATE TABLE simpul.review_statements (
  review_id uuid PRIMARY KEY REFERENCES simpul.legal_reviews,
  statement jsonb NOT NULL CHECK (octet_length(statement::text) <= 8192),
  handed_by uuid NOT NULL,
  handed_at timestamptz NOT NULL,
  taken_by uuid,
  taken_at timestamptz,
  CHECK ((taken_by IS NULL) = (taken_at IS NULL))
);
CREATE INDEX review_statements_to_take ON simpul.review_statements (handed_at) WHERE taken_at IS NULL;
ALTER TABLE simpul.review_statements ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.review_statements FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.review_statements FOR SELECT TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON simpul.review_statements TO simpul_app;
GRANT UPDATE (taken_by, taken_at) ON simpul.review_statements TO simpul_app;

-- Whoever sees the review sees that its statement was handed over; the desk that asked takes it.
CREATE POLICY seen ON simpul.review_statements FOR SELECT TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.legal_reviews r WHERE r.id = review_id));
CREATE POLICY handed ON simpul.review_statements FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.prosecutes()) AND handed_by = (SELECT simpul.officer()));
CREATE POLICY taken ON simpul.review_statements FOR UPDATE TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.legal_reviews r WHERE r.id = review_id AND r.desk_id = (SELECT simpul.desk())));
