-- Public forms: an officer opens one for a source, under an address of its own; what people send is of that source.
CREATE TABLE simpul.ad_forms (
  agency_id uuid NOT NULL,
  id uuid NOT NULL,
  source_id uuid NOT NULL REFERENCES simpul.ad_sources (id),
  -- The end of its address; not guessed, and another one after it was closed.
  key text NOT NULL UNIQUE CHECK (key ~ '^[A-Za-z0-9_-]{22}$'),
  opened_by uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  closed_by uuid,
  closed_at timestamptz,
  PRIMARY KEY (agency_id, id)
);
CREATE UNIQUE INDEX ad_forms_open ON simpul.ad_forms (source_id) WHERE closed_at IS NULL;
ALTER TABLE simpul.ad_forms ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.ad_forms FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.ad_forms FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY of_agency ON simpul.ad_forms FOR ALL TO simpul_app USING (simpul.reads_adverts(agency_id));
GRANT SELECT, INSERT, UPDATE (closed_by, closed_at) ON simpul.ad_forms TO simpul_app;
