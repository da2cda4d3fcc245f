-- One after the other, by a key: whoever comes while another is at work begins anew once that one has committed, and so
-- sees what it wrote. A lock alone does not give that: the transaction's view was taken before it waited.
CREATE TABLE simpul.turns (
  -- A hash: what is worked on is nobody's to read here.
  key bigint PRIMARY KEY,
  count bigint NOT NULL
) WITH (fillfactor = 50);
ALTER TABLE simpul.turns ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.turns FORCE ROW LEVEL SECURITY;
CREATE POLICY taken ON simpul.turns FOR ALL TO simpul_app USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON simpul.turns TO simpul_app;
