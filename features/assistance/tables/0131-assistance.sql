-- Mutual legal assistance on either side: freezing data, the formal request, and how far it has come.

-- The same id as the request that is its way: what leaves, comes back, is called back and permitted goes by that one.
CREATE TABLE simpul.assistances (
  id uuid PRIMARY KEY,
  direction text NOT NULL CHECK (direction IN ('outgoing', 'incoming')),
  kind text NOT NULL CHECK (kind IN ('preservation', 'formal')),
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  state text NOT NULL CHECK (length(state) <= 40),
  -- How far it has been put before others here: 0 its author, 1 the prosecutor, 2 the central authority.
  reached integer NOT NULL DEFAULT 0 CHECK (reached BETWEEN 0 AND 2),
  type text NOT NULL CHECK (length(type) <= 60),
  case_id uuid,
  reference text CHECK (length(reference) <= 40),
  -- What is asked, field by field (MLA-1, MLA-2).
  form jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  -- From which enquiry it was begun, at home alone.
  from_request uuid,
  from_hit uuid,
  author_id uuid,
  desk_id uuid,
  returned jsonb,
  reviewed jsonb,
  sent jsonb,
  -- MLA-6: sent ahead; until when the formal copy is due, and when it went.
  urgent boolean NOT NULL DEFAULT false,
  formal_due timestamptz,
  formal_at timestamptz,
  -- The clock that runs now.
  due_at timestamptz,
  -- Freezing: until when it is kept, and until when keeping was asked for last.
  kept_until date,
  asked_until date,
  code text CHECK (length(code) <= 60),
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  CHECK ((direction = 'outgoing') = (case_id IS NOT NULL))
);
CREATE INDEX assistances_newest ON simpul.assistances (direction, changed_at DESC, id DESC);
CREATE INDEX assistances_of_case ON simpul.assistances (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX assistances_due ON simpul.assistances (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE simpul.assistance_steps (
  assistance_id uuid NOT NULL REFERENCES simpul.assistances,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  step text NOT NULL CHECK (length(step) <= 40),
  state text NOT NULL CHECK (length(state) <= 40),
  side text NOT NULL CHECK (side IN ('ours', 'theirs')),
  officer_id uuid,
  text text NOT NULL DEFAULT '' CHECK (length(text) <= 8000),
  code text CHECK (length(code) <= 60),
  until date,
  PRIMARY KEY (assistance_id, id)
);

CREATE FUNCTION simpul.is_central_authority() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.actor_kind() = 'officer' AND (simpul.has_role('liaison') OR simpul.has_role('supervisor'))
     AND EXISTS (SELECT 1 FROM simpul.agencies a WHERE a.id = simpul.agency() AND a.kind = 'central-authority')
$$;
CREATE FUNCTION simpul.is_prosecution() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('prosecutor')
     AND EXISTS (SELECT 1 FROM simpul.agencies a WHERE a.id = simpul.agency() AND a.kind = 'prosecutor')
$$;

-- MLA-4: the prosecutor sees what was put before her, the central authority what reached it and what came in.
CREATE POLICY owner_reads ON simpul.assistances FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION simpul.reviews_assistance(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT 1 FROM simpul.assistances a WHERE a.id = which AND a.kind = 'formal'
    AND ((a.direction = 'outgoing' AND a.reached >= 1 AND simpul.is_prosecution())
      OR ((a.direction = 'incoming' OR a.reached = 2) AND simpul.is_central_authority())))
$$;
GRANT EXECUTE ON FUNCTION simpul.is_central_authority(), simpul.is_prosecution(), simpul.reviews_assistance(uuid) TO simpul_app;

CREATE OR REPLACE FUNCTION simpul.sees_request(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.requests r
    WHERE r.id = which
      AND (simpul.is_job()
           OR (simpul.actor_kind() = 'peer'
               AND EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.request_id = r.id AND t.peer = simpul.peer()
                 AND t.correspondent IS NULL))
           OR (simpul.actor_kind() = 'officer'
               AND (simpul.is_contact_point()
                    OR (r.case_id IS NOT NULL AND simpul.sees_case(r.case_id))
                    OR (r.desk_id = simpul.desk() AND simpul.works_cases())
                    OR (r.formal IS NOT NULL AND simpul.reviews_assistance(r.id))))))
$$;
CREATE POLICY of_assistance ON simpul.requests FOR SELECT TO simpul_app
  USING (formal IS NOT NULL AND (SELECT simpul.actor_kind() = 'officer') AND simpul.reviews_assistance(id));

ALTER TABLE simpul.assistances ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.assistances FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.assistances FOR SELECT TO simpul_app USING (simpul.sees_request(id));
CREATE POLICY made ON simpul.assistances FOR INSERT TO simpul_app WITH CHECK (
  (direction = 'outgoing' AND author_id = (SELECT simpul.officer()) AND simpul.sees_case(case_id))
  OR (direction = 'incoming' AND (SELECT simpul.actor_kind() = 'peer') AND peer = (SELECT simpul.peer())));
CREATE POLICY changed ON simpul.assistances FOR UPDATE TO simpul_app USING (simpul.sees_request(id));
GRANT SELECT, INSERT ON simpul.assistances TO simpul_app;
GRANT UPDATE (state, reached, type, peer, reference, form, version, returned, reviewed, sent, urgent, formal_due, formal_at,
  due_at, kept_until, asked_until, code, changed_at) ON simpul.assistances TO simpul_app;

ALTER TABLE simpul.assistance_steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.assistance_steps FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.assistance_steps FOR SELECT TO simpul_app USING (simpul.sees_request(assistance_id));
CREATE POLICY made ON simpul.assistance_steps FOR INSERT TO simpul_app WITH CHECK (simpul.sees_request(assistance_id));
GRANT SELECT, INSERT ON simpul.assistance_steps TO simpul_app;
