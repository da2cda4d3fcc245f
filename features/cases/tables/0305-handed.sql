-- What of a case was handed over to another state: read here, changed there, for each record has one writer.
CREATE TABLE simpul.case_handed (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  -- A record or an item, or the case itself where all of it that may leave went.
  record_id uuid NOT NULL,
  hand_over_id uuid NOT NULL,
  to_node text NOT NULL CHECK (to_node ~ '^[a-z]{2}$'),
  reference text NOT NULL CHECK (length(reference) <= 40),
  at timestamptz NOT NULL,
  -- The other state signed that it did not take it: ours as before.
  back_at timestamptz,
  PRIMARY KEY (case_id, record_id, hand_over_id)
);
-- One owner: nothing goes to two states.
CREATE UNIQUE INDEX case_handed_once ON simpul.case_handed (record_id) WHERE back_at IS NULL;
CREATE INDEX case_handed_by ON simpul.case_handed (hand_over_id);

ALTER TABLE simpul.case_handed ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_handed FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.case_handed FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.case_handed FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
-- It goes in the transaction in which the other state's acceptance arrives.
CREATE POLICY made ON simpul.case_handed FOR INSERT TO simpul_app
  WITH CHECK (simpul.is_job() OR (simpul.actor_kind() = 'peer' AND to_node = simpul.peer()));
CREATE POLICY back ON simpul.case_handed FOR UPDATE TO simpul_app USING (simpul.is_job());
GRANT SELECT, INSERT ON simpul.case_handed TO simpul_app;
GRANT UPDATE (back_at) ON simpul.case_handed TO simpul_app;
