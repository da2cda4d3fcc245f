-- Reports that desks owe, month by month and year by year: every version kept, with what it said when it left. No person
-- stands in one: numbers are those that were released.

CREATE TABLE simpul.desk_reports (
  id uuid PRIMARY KEY,
  template text NOT NULL CHECK (template ~ '^[a-z-]{3,40}$'),
  period text NOT NULL CHECK (period IN ('month', 'year')),
  of_period text NOT NULL CHECK (of_period ~ '^20[0-9]{2}(-[0-9]{2})?$'),
  desk_id uuid NOT NULL,
  agency_id uuid NOT NULL,
  due_on date NOT NULL,
  made_at timestamptz NOT NULL,
  versions integer NOT NULL DEFAULT 1 CHECK (versions BETWEEN 1 AND 200),
  UNIQUE (desk_id, template, of_period)
);
CREATE INDEX desk_reports_of_desk ON simpul.desk_reports (desk_id, of_period DESC);

CREATE TABLE simpul.desk_report_versions (
  report_id uuid NOT NULL REFERENCES simpul.desk_reports,
  version integer NOT NULL CHECK (version BETWEEN 1 AND 200),
  figures jsonb NOT NULL CHECK (octet_length(figures::text) <= 1048576),
  texts jsonb NOT NULL CHECK (octet_length(texts::text) <= 65536),
  -- Empty: written by itself.
  by_id uuid,
  at timestamptz NOT NULL,
  left_by uuid,
  left_at timestamptz,
  -- Exactly what left, and its SHA-256.
  paper bytea,
  digest text CHECK (digest ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (report_id, version),
  CHECK ((left_by IS NULL) = (left_at IS NULL) AND (left_by IS NULL) = (paper IS NULL)
    AND (left_by IS NULL) = (digest IS NULL))
);

ALTER TABLE simpul.desk_reports ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.desk_reports FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.desk_reports FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.desk_reports FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR desk_id = (SELECT simpul.desk()));
CREATE POLICY begun ON simpul.desk_reports FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_job()) OR (desk_id = (SELECT simpul.desk()) AND agency_id = (SELECT simpul.agency())));
CREATE POLICY went_on ON simpul.desk_reports FOR UPDATE TO simpul_app USING (desk_id = (SELECT simpul.desk()));
GRANT SELECT, INSERT ON simpul.desk_reports TO simpul_app;
GRANT UPDATE (versions) ON simpul.desk_reports TO simpul_app;

ALTER TABLE simpul.desk_report_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.desk_report_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.desk_report_versions FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.desk_report_versions FOR SELECT TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.desk_reports r WHERE r.id = report_id));
CREATE POLICY written ON simpul.desk_report_versions FOR INSERT TO simpul_app WITH CHECK (
  left_by IS NULL AND EXISTS (SELECT 1 FROM simpul.desk_reports r WHERE r.id = report_id)
  AND (by_id = simpul.officer() OR (by_id IS NULL AND version = 1)));
CREATE POLICY left_desk ON simpul.desk_report_versions FOR UPDATE TO simpul_app USING (
  left_by IS NULL AND EXISTS (SELECT 1 FROM simpul.desk_reports r WHERE r.id = report_id))
  WITH CHECK (left_by = simpul.officer());
GRANT SELECT, INSERT ON simpul.desk_report_versions TO simpul_app;
GRANT UPDATE (left_by, left_at, paper, digest) ON simpul.desk_report_versions TO simpul_app;
