-- Nobody asleep: who was told what and when, who is away, and whom to call (MSG-8, HC-8).
CREATE TABLE simpul.request_notices (
  request_id uuid NOT NULL REFERENCES simpul.requests,
  id uuid NOT NULL,
  -- The thread or the permission that waits.
  about uuid NOT NULL,
  level text NOT NULL CHECK (level IN ('duty', 'supervisor', 'phone', 'near', 'over', 'permission')),
  -- Null at the level of the phone: nobody of this node was told, somebody has to call.
  officer_id uuid,
  -- Away at that time: told in her place.
  instead_of uuid,
  at timestamptz NOT NULL,
  -- Who called, whom, and what came of it.
  done_by uuid,
  done_at timestamptz,
  text text CHECK (length(text) <= 2000),
  PRIMARY KEY (request_id, id)
);
CREATE UNIQUE INDEX request_notices_once ON simpul.request_notices (about, level, officer_id) NULLS NOT DISTINCT;
CREATE INDEX request_notices_of ON simpul.request_notices (officer_id, at DESC);
ALTER TABLE simpul.request_notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.request_notices FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.request_notices FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR ((SELECT simpul.actor_kind() = 'officer') AND simpul.sees_request(request_id)));
CREATE POLICY made ON simpul.request_notices FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()));
CREATE POLICY called ON simpul.request_notices FOR UPDATE TO simpul_app
  USING ((SELECT simpul.is_contact_point()) AND level = 'phone' AND simpul.sees_request(request_id));
GRANT SELECT, INSERT ON simpul.request_notices TO simpul_app;
GRANT UPDATE (done_by, done_at, text) ON simpul.request_notices TO simpul_app;

CREATE TABLE simpul.absences (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL,
  -- Who is told in her place; null: the others of the desk are.
  stand_in uuid,
  made_at timestamptz NOT NULL,
  ended_at timestamptz,
  CHECK (until_at > from_at),
  CHECK (stand_in IS DISTINCT FROM officer_id)
);
CREATE INDEX absences_now ON simpul.absences (officer_id, until_at) WHERE ended_at IS NULL;
ALTER TABLE simpul.absences ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.absences FORCE ROW LEVEL SECURITY;
CREATE POLICY known ON simpul.absences FOR SELECT TO simpul_app USING ((SELECT simpul.is_colleague()));
CREATE POLICY own ON simpul.absences FOR INSERT TO simpul_app WITH CHECK (officer_id = (SELECT simpul.officer()));
CREATE POLICY back ON simpul.absences FOR UPDATE TO simpul_app USING (officer_id = (SELECT simpul.officer()));
GRANT SELECT, INSERT ON simpul.absences TO simpul_app;
GRANT UPDATE (ended_at) ON simpul.absences TO simpul_app;

-- The phone list of the duty desk, in the order in which it is called.
CREATE TABLE simpul.duty_phones (
  position integer PRIMARY KEY CHECK (position BETWEEN 1 AND 20),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  phone text NOT NULL CHECK (length(phone) BETWEEN 3 AND 60),
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL
);
ALTER TABLE simpul.duty_phones ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.duty_phones FORCE ROW LEVEL SECURITY;
CREATE POLICY called ON simpul.duty_phones FOR SELECT TO simpul_app USING ((SELECT simpul.is_contact_point()));
CREATE POLICY kept ON simpul.duty_phones FOR ALL TO simpul_app
  USING ((SELECT simpul.is_contact_point())) WITH CHECK (changed_by = (SELECT simpul.officer()));
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.duty_phones TO simpul_app;
