-- Operations: a plan with a fixed window, its sites and legal authority, go or no-go of each state, what happens, what came of it.

CREATE TABLE simpul.operations (
  id uuid PRIMARY KEY,
  ours boolean NOT NULL,
  -- The state that leads it and alone changes the plan.
  lead text NOT NULL CHECK (lead ~ '^[a-z]{2}$'),
  title text NOT NULL CHECK (length(title) BETWEEN 3 AND 200),
  aim text NOT NULL CHECK (length(aim) BETWEEN 3 AND 2000),
  -- The leading state among them.
  parties text[] NOT NULL CHECK (cardinality(parties) BETWEEN 1 AND 12 AND lead = ANY (parties)),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '14 days'),
  fallback text NOT NULL CHECK (length(fallback) <= 1000),
  hotspots jsonb NOT NULL CHECK (jsonb_array_length(hotspots) <= 50),
  version integer NOT NULL CHECK (version BETWEEN 1 AND 1000),
  -- What follows from votes and from the time is no column.
  state text NOT NULL CHECK (state IN ('draft', 'ready', 'recalled')),
  made_by uuid,
  made_at timestamptz NOT NULL,
  sent_by uuid CHECK (sent_by <> made_by),
  sent_at timestamptz,
  recalled_by text CHECK (recalled_by ~ '^[a-z]{2}$'),
  recall_reason text CHECK (length(recall_reason) BETWEEN 3 AND 1000),
  recalled_at timestamptz,
  CHECK (ours = (made_by IS NOT NULL)),
  CHECK ((state = 'recalled') = (recalled_at IS NOT NULL))
);

-- Who here knows of it. The contact point does besides.
CREATE TABLE simpul.operation_members (
  operation_id uuid NOT NULL REFERENCES simpul.operations,
  officer_id uuid NOT NULL,
  added_by uuid NOT NULL,
  added_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (operation_id, officer_id)
);
CREATE INDEX operation_members_of ON simpul.operation_members (officer_id) WHERE ended_at IS NULL;

-- A site is the record of who wrote it. One in another state's territory is a proposal to that state, until it takes it over.
CREATE TABLE simpul.operation_sites (
  operation_id uuid NOT NULL REFERENCES simpul.operations,
  id uuid NOT NULL,
  node text NOT NULL CHECK (node ~ '^[a-z]{2}$'),
  state text NOT NULL CHECK (state ~ '^[a-z]{2}$'),
  label text NOT NULL CHECK (length(label) BETWEEN 1 AND 120),
  area text NOT NULL CHECK (length(area) <= 120),
  lat double precision CHECK (lat BETWEEN -90 AND 90),
  lon double precision CHECK (lon BETWEEN -180 AND 180),
  -- The legal authority stays in the state that gave it.
  authority text CHECK (length(authority) <= 200),
  warrant text CHECK (length(warrant) <= 80),
  valid_from timestamptz,
  valid_until timestamptz,
  commander text CHECK (length(commander) <= 120),
  teams jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_array_length(teams) <= 20),
  taken_from uuid,
  removed_at timestamptz,
  PRIMARY KEY (operation_id, id)
);

CREATE TABLE simpul.operation_votes (
  operation_id uuid NOT NULL REFERENCES simpul.operations,
  node text NOT NULL CHECK (node ~ '^[a-z]{2}$'),
  version integer NOT NULL,
  go boolean NOT NULL,
  reason text NOT NULL CHECK (length(reason) <= 1000),
  by_officer uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (operation_id, node)
);

-- Ours: the shelters, interpreters, teams and medical help that wait for the people who come out, the risks, and selectors.
CREATE TABLE simpul.operation_receptions (
  operation_id uuid PRIMARY KEY REFERENCES simpul.operations,
  plan jsonb NOT NULL,
  by_officer uuid NOT NULL,
  at timestamptz NOT NULL
);
CREATE TABLE simpul.operation_risks (
  id uuid PRIMARY KEY,
  operation_id uuid NOT NULL REFERENCES simpul.operations,
  risk text NOT NULL CHECK (length(risk) BETWEEN 3 AND 500),
  answer text NOT NULL CHECK (length(answer) <= 500),
  by_officer uuid NOT NULL,
  at timestamptz NOT NULL,
  closed_at timestamptz
);
CREATE TABLE simpul.operation_identifiers (
  operation_id uuid NOT NULL REFERENCES simpul.operations,
  type text NOT NULL CHECK (length(type) <= 20),
  canonical text NOT NULL CHECK (length(canonical) <= 500),
  PRIMARY KEY (operation_id, type, canonical)
);

-- One line for each state that was asked whether its plans collide, and for what; and a liaison officer's word that all is clear.
CREATE TABLE simpul.operation_compared (
  operation_id uuid NOT NULL REFERENCES simpul.operations,
  subject text NOT NULL CHECK (subject ~ '^[0-9a-f]{64}$'),
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  outcome text NOT NULL CHECK (outcome IN ('answered', 'not-reached', 'not-believed', 'limited')),
  at timestamptz NOT NULL,
  PRIMARY KEY (operation_id, subject, peer)
);
CREATE TABLE simpul.operation_clearings (
  operation_id uuid NOT NULL REFERENCES simpul.operations,
  subject text NOT NULL CHECK (subject ~ '^[0-9a-f]{64}$'),
  note text NOT NULL CHECK (length(note) <= 1000),
  by_officer uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (operation_id, subject)
);
-- OP-2: told to the liaison officers alone.
CREATE TABLE simpul.operation_collisions (
  operation_id uuid NOT NULL REFERENCES simpul.operations,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  kind text NOT NULL CHECK (kind IN ('site', 'identifier')),
  -- The site's label or the identifier, as our own plan has it.
  what text NOT NULL CHECK (length(what) <= 600),
  heard text NOT NULL CHECK (heard IN ('asked', 'told')),
  at timestamptz NOT NULL,
  PRIMARY KEY (operation_id, peer, kind, what)
);
CREATE TABLE simpul.operation_keys (
  epoch text PRIMARY KEY CHECK (epoch ~ '^\d{4}-\d{2}$'),
  seed bytea NOT NULL,
  made_at timestamptz NOT NULL
);
CREATE TABLE simpul.operation_peer_keys (
  peer text NOT NULL,
  epoch text NOT NULL CHECK (epoch ~ '^\d{4}-\d{2}$'),
  public_key text NOT NULL CHECK (public_key ~ '^[0-9a-f]{64}$'),
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (peer, epoch)
);
CREATE TABLE simpul.operation_questions (
  peer text NOT NULL,
  day date NOT NULL,
  asked integer NOT NULL,
  elements integer NOT NULL,
  PRIMARY KEY (peer, day)
);

-- What happens: each line once, however often it is sent.
CREATE TABLE simpul.operation_entries (
  operation_id uuid NOT NULL REFERENCES simpul.operations,
  id uuid NOT NULL,
  node text NOT NULL CHECK (node ~ '^[a-z]{2}$'),
  site_id uuid,
  at timestamptz NOT NULL,
  -- Her device said another time than its node: the node's time stands.
  clock_off boolean NOT NULL,
  status text CHECK (status IN ('waiting', 'entered', 'secured', 'people-out', 'closed', 'trouble')),
  checks integer NOT NULL CHECK (checks BETWEEN -9999 AND 9999),
  met integer NOT NULL CHECK (met BETWEEN -9999 AND 9999),
  items integer NOT NULL CHECK (items BETWEEN -9999 AND 9999),
  text text NOT NULL CHECK (length(text) <= 500),
  by_officer uuid,
  kept_at timestamptz NOT NULL,
  PRIMARY KEY (operation_id, id)
);
CREATE INDEX operation_entries_by_time ON simpul.operation_entries (operation_id, at);

CREATE TABLE simpul.operation_reports (
  operation_id uuid NOT NULL REFERENCES simpul.operations,
  node text NOT NULL CHECK (node ~ '^[a-z]{2}$'),
  definitions integer NOT NULL,
  counts jsonb NOT NULL,
  lessons text NOT NULL CHECK (length(lessons) <= 4000),
  by_officer uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (operation_id, node)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['operations', 'operation_members', 'operation_sites', 'operation_votes', 'operation_receptions',
    'operation_risks', 'operation_identifiers', 'operation_compared', 'operation_clearings', 'operation_collisions',
    'operation_keys', 'operation_peer_keys', 'operation_questions', 'operation_entries', 'operation_reports'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;

-- Is the acting officer kept from what these states send, by our word or by theirs?
CREATE FUNCTION simpul.kept_from_states(states text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT 1 FROM simpul.exclusions x WHERE x.side IN ('here', 'told') AND x.state = 'active'
    AND (x.peer IS NULL OR x.peer = ANY (states)) AND simpul.is_one_of(simpul.officer(), x.ours))
$$;
REVOKE ALL ON FUNCTION simpul.kept_from_states(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.kept_from_states(text[]) TO simpul_app;

-- Who is named for it and the contact point, while they work; a state that takes part; never who is kept from its letters.
CREATE FUNCTION simpul.sees_operation(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.is_job() OR EXISTS (SELECT 1 FROM simpul.operations o WHERE o.id = which AND (
    (simpul.actor_kind() = 'peer' AND simpul.peer() = ANY (o.parties))
    OR (simpul.actor_kind() = 'officer'
      AND NOT (cardinality(o.parties) > 1 AND simpul.kept_from_states(o.parties))
      AND (simpul.is_contact_point()
        OR ((simpul.works_cases() OR simpul.has_role('caseworker'))
          AND (o.made_by = simpul.officer()
            OR EXISTS (SELECT 1 FROM simpul.operation_members m WHERE m.operation_id = which
              AND m.officer_id = simpul.officer() AND m.ended_at IS NULL)))))))
$$;
REVOKE ALL ON FUNCTION simpul.sees_operation(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.sees_operation(uuid) TO simpul_app;

CREATE POLICY seen ON simpul.operations FOR SELECT TO simpul_app USING (
  (ours AND made_by = (SELECT simpul.officer()) AND (SELECT simpul.works_cases()))
  OR (NOT ours AND (SELECT simpul.actor_kind() = 'peer') AND lead = (SELECT simpul.peer()))
  OR simpul.sees_operation(id));
CREATE POLICY made ON simpul.operations FOR INSERT TO simpul_app WITH CHECK (
  CASE WHEN ours THEN made_by = (SELECT simpul.officer()) AND state = 'draft'
    ELSE (SELECT simpul.actor_kind() = 'peer') AND lead = (SELECT simpul.peer()) END);
CREATE POLICY changed ON simpul.operations FOR UPDATE TO simpul_app USING (simpul.sees_operation(id));

DO $$
DECLARE t text;
BEGIN
  -- Ours alone.
  FOREACH t IN ARRAY ARRAY['operation_members', 'operation_receptions', 'operation_risks', 'operation_identifiers',
    'operation_compared', 'operation_clearings'] LOOP
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app
      USING (NOT (SELECT simpul.actor_kind() = ''peer'') AND simpul.sees_operation(operation_id))', t);
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app
      WITH CHECK (NOT (SELECT simpul.actor_kind() = ''peer'') AND simpul.sees_operation(operation_id))', t);
    EXECUTE format('CREATE POLICY changed ON simpul.%I FOR UPDATE TO simpul_app
      USING (NOT (SELECT simpul.actor_kind() = ''peer'') AND simpul.sees_operation(operation_id))', t);
  END LOOP;
  -- Written by the state it is of.
  FOREACH t IN ARRAY ARRAY['operation_sites', 'operation_votes', 'operation_entries', 'operation_reports'] LOOP
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING (simpul.sees_operation(operation_id)
      AND (NOT (SELECT simpul.actor_kind() = ''peer'') OR node = (SELECT simpul.peer())))', t);
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK (simpul.sees_operation(operation_id)
      AND (NOT (SELECT simpul.actor_kind() = ''peer'') OR node = (SELECT simpul.peer())))', t);
    EXECUTE format('CREATE POLICY changed ON simpul.%I FOR UPDATE TO simpul_app USING (simpul.sees_operation(operation_id)
      AND (NOT (SELECT simpul.actor_kind() = ''peer'') OR node = (SELECT simpul.peer())))', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['operation_keys', 'operation_peer_keys', 'operation_questions'] LOOP
    EXECUTE format('CREATE POLICY jobs ON simpul.%I FOR ALL TO simpul_app USING ((SELECT simpul.is_job()))', t);
  END LOOP;
END
$$;
-- Everybody who works in it learns whether it is cleared; whether anything was met, only the liaison officers do.
CREATE FUNCTION simpul.operation_cleared(which uuid, what text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.sees_operation(which) AND EXISTS (SELECT 1 FROM simpul.operation_clearings c
    WHERE c.operation_id = which AND c.subject = what
      AND NOT EXISTS (SELECT 1 FROM simpul.operation_collisions k WHERE k.operation_id = which AND k.at > c.at))
$$;
REVOKE ALL ON FUNCTION simpul.operation_cleared(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.operation_cleared(uuid, text) TO simpul_app;

-- How the states stand with each other is part of what every party's node must know.
CREATE POLICY parties ON simpul.operation_votes FOR SELECT TO simpul_app
  USING ((SELECT simpul.actor_kind() = 'peer') AND simpul.sees_operation(operation_id));
CREATE POLICY liaison ON simpul.operation_collisions FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR ((SELECT simpul.is_contact_point()) AND NOT simpul.kept_from_states(ARRAY[peer])
    AND simpul.sees_operation(operation_id)));
CREATE POLICY made ON simpul.operation_collisions FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()));
GRANT DELETE ON simpul.operation_identifiers TO simpul_app;
CREATE POLICY dropped ON simpul.operation_identifiers FOR DELETE TO simpul_app
  USING ((SELECT simpul.actor_kind() = 'officer') AND simpul.sees_operation(operation_id));
