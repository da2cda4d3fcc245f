-- The next day on which something of anybody's is due, so that a closed desk is reminded: one date under the node's own
-- key, never whose, what, or how many. The row is there from the first opening on, whether a day is or not.
CREATE TABLE simpul.victim_due (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  sealed bytea NOT NULL CHECK (octet_length(sealed) <= 200)
);
ALTER TABLE simpul.victim_due ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.victim_due FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_keeps ON simpul.victim_due FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY of_the_desk ON simpul.victim_due FOR ALL TO simpul_app
  USING ((SELECT simpul.at_victim_desk())) WITH CHECK ((SELECT simpul.at_victim_desk()));
GRANT SELECT, INSERT ON simpul.victim_due TO simpul_app;
GRANT UPDATE (sealed) ON simpul.victim_due TO simpul_app;
