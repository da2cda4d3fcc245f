-- Tables that others published, taken in by a named officer: kept row by row as they were written, never mended.

CREATE TABLE simpul.published_tables (
  id uuid PRIMARY KEY,
  publisher text NOT NULL CHECK (length(publisher) BETWEEN 2 AND 100),
  title text NOT NULL CHECK (length(title) BETWEEN 2 AND 300),
  published_on date,
  address text NOT NULL CHECK (length(address) BETWEEN 1 AND 500),
  licence text NOT NULL CHECK (length(licence) BETWEEN 2 AND 300),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  row_count integer NOT NULL CHECK (row_count BETWEEN 1 AND 20000),
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
  CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
);
CREATE UNIQUE INDEX published_tables_once ON simpul.published_tables (digest) WHERE withdrawn_at IS NULL;

-- Contradictory rows stand as often as the table has them: no key over what they are about.
CREATE TABLE simpul.published_rows (
  table_id uuid NOT NULL REFERENCES simpul.published_tables,
  nth integer NOT NULL CHECK (nth BETWEEN 0 AND 19999),
  row integer NOT NULL,
  sheet text NOT NULL DEFAULT '' CHECK (length(sheet) <= 100),
  state text NOT NULL CHECK (state ~ '^[a-z]{2}$'),
  year integer NOT NULL CHECK (year BETWEEN 1900 AND 2100),
  measure text NOT NULL CHECK (length(measure) <= 40),
  part text NOT NULL DEFAULT '' CHECK (length(part) <= 300),
  written text NOT NULL CHECK (length(written) <= 60),
  count integer CHECK (count >= 0),
  below integer CHECK (below >= 0),
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
  PRIMARY KEY (table_id, nth),
  CHECK (count IS NULL OR below IS NULL)
);
CREATE INDEX published_rows_about ON simpul.published_rows (state, year, measure);

ALTER TABLE simpul.published_tables ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.published_tables FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.published_tables FOR SELECT TO CURRENT_USER USING (true);
-- Published is published: whoever works here may read it.
CREATE POLICY read ON simpul.published_tables FOR SELECT TO simpul_app USING (
  (SELECT simpul.actor_kind()) IN ('officer', 'job'));
CREATE POLICY taken_in ON simpul.published_tables FOR INSERT TO simpul_app WITH CHECK (by_id = simpul.officer());
CREATE POLICY withdrawn ON simpul.published_tables FOR UPDATE TO simpul_app USING (
  (SELECT simpul.actor_kind()) = 'officer' AND withdrawn_at IS NULL)
  WITH CHECK (withdrawn_by = simpul.officer());
GRANT SELECT, INSERT ON simpul.published_tables TO simpul_app;
GRANT UPDATE (withdrawn_by, withdrawn_at, reason) ON simpul.published_tables TO simpul_app;

ALTER TABLE simpul.published_rows ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.published_rows FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.published_rows FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY read ON simpul.published_rows FOR SELECT TO simpul_app USING (
  (SELECT simpul.actor_kind()) IN ('officer', 'job'));
CREATE POLICY taken_in ON simpul.published_rows FOR INSERT TO simpul_app WITH CHECK (
  EXISTS (SELECT 1 FROM simpul.published_tables t WHERE t.id = table_id AND t.by_id = simpul.officer()
    AND t.withdrawn_at IS NULL));
GRANT SELECT, INSERT ON simpul.published_rows TO simpul_app;
