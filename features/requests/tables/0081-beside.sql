-- Two officers at one draft: which field changed in which version, and the values that stand side by side (scenario 8).
ALTER TABLE simpul.requests ADD COLUMN field_versions jsonb NOT NULL DEFAULT '{}';
ALTER TABLE simpul.request_answers ADD COLUMN field_versions jsonb NOT NULL DEFAULT '{}';
GRANT UPDATE (field_versions) ON simpul.requests TO simpul_app;
GRANT UPDATE (field_versions) ON simpul.request_answers TO simpul_app;

CREATE TABLE simpul.request_beside (
  request_id uuid NOT NULL REFERENCES simpul.requests,
  id uuid NOT NULL,
  -- The draft itself, or the answer that is being written.
  about uuid NOT NULL,
  field text NOT NULL CHECK (length(field) <= 40),
  -- The value that does not stand: the later officer's, or after a choice the one that was not taken.
  value jsonb NOT NULL,
  officer_id uuid NOT NULL,
  at timestamptz NOT NULL,
  settled_by uuid,
  settled_at timestamptz,
  PRIMARY KEY (request_id, id)
);
CREATE INDEX request_beside_open ON simpul.request_beside (about) WHERE settled_at IS NULL;
ALTER TABLE simpul.request_beside ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.request_beside FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.request_beside FOR SELECT TO simpul_app
  USING ((SELECT simpul.actor_kind() = 'officer') AND simpul.sees_request(request_id));
CREATE POLICY made ON simpul.request_beside FOR INSERT TO simpul_app
  WITH CHECK (officer_id = (SELECT simpul.officer()) AND simpul.sees_request(request_id));
CREATE POLICY settled ON simpul.request_beside FOR UPDATE TO simpul_app
  USING ((SELECT simpul.actor_kind() = 'officer') AND simpul.sees_request(request_id));
GRANT SELECT, INSERT ON simpul.request_beside TO simpul_app;
GRANT UPDATE (value, settled_by, settled_at) ON simpul.request_beside TO simpul_app;
