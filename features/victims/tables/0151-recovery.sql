-- The desk key under a secret whose two halves lie on paper with two custodians.
CREATE TABLE simpul.victim_recoveries (
  id uuid PRIMARY KEY,
  kid text NOT NULL REFERENCES simpul.victim_desk_keys,
  wrapped bytea NOT NULL CHECK (octet_length(wrapped) <= 200),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE UNIQUE INDEX victim_recovery_in_force ON simpul.victim_recoveries ((ended_at IS NULL)) WHERE ended_at IS NULL;
ALTER TABLE simpul.victim_recoveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.victim_recoveries FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_keeps ON simpul.victim_recoveries FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY of_the_desk ON simpul.victim_recoveries FOR ALL TO simpul_app
  USING ((SELECT simpul.at_victim_desk())) WITH CHECK ((SELECT simpul.at_victim_desk()));
GRANT SELECT, INSERT ON simpul.victim_recoveries TO simpul_app;
GRANT UPDATE (ended_at) ON simpul.victim_recoveries TO simpul_app;
