-- Whether this database belongs to an exercise or to live work: said once, at the node's first start, and never changed.

CREATE TABLE simpul.world (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  exercise boolean NOT NULL,
  said_at timestamptz NOT NULL
);
ALTER TABLE simpul.world ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.world FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.world FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY kept ON simpul.world FOR ALL TO simpul_chores USING (true);
GRANT SELECT, INSERT ON simpul.world TO simpul_chores;
