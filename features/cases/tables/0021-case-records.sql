-- What a case holds: subjects, selectors, places, events, links, tasks, notes, decisions, and every value they ever had.
-- All of them carry handling (HC-1) and evaluation (EV-1); nothing is deleted, a removed row says who removed it.

-- A selector's value once per node. Nobody lists these: they are reached through an occurrence that one sees.
CREATE TABLE simpul.selector_values (
  id uuid PRIMARY KEY,
  type text NOT NULL,
  canonical text NOT NULL CHECK (octet_length(canonical) BETWEEN 1 AND 2000),
  profile text NOT NULL,
  UNIQUE (canonical, type, profile)
);

-- Persons and organisations.
CREATE TABLE simpul.case_subjects (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('person', 'organisation')),
  role text NOT NULL CHECK (role IN ('suspect', 'facilitator', 'business', 'place', 'unknown', 'victim', 'witness', 'family')),
  names jsonb NOT NULL DEFAULT '[]',
  pseudonym text CHECK (length(pseudonym) BETWEEN 1 AND 40),
  birth text,
  nationalities jsonb NOT NULL DEFAULT '[]',
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 4000),
  handling jsonb NOT NULL,
  evaluation jsonb NOT NULL,
  source jsonb NOT NULL,
  versions jsonb NOT NULL DEFAULT '{}',
  created_by uuid,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  removed_by uuid,
  removed_at timestamptz,
  PRIMARY KEY (case_id, id),
  -- VIC-1: of a victim, a witness and their families a case keeps a pseudonym and nothing else.
  CHECK (role NOT IN ('victim', 'witness', 'family')
         OR (pseudonym IS NOT NULL AND names = '[]' AND birth IS NULL AND nationalities = '[]' AND note = '')),
  CHECK (pseudonym IS NOT NULL OR jsonb_array_length(names) > 0)
);

-- Where a selector value occurs: in which case, from which source, whose.
CREATE TABLE simpul.selector_occurrences (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  id uuid NOT NULL,
  value_id uuid NOT NULL REFERENCES simpul.selector_values,
  written text NOT NULL CHECK (length(written) BETWEEN 1 AND 2048),
  valid boolean NOT NULL,
  -- HIT-1: whose it is; a person chose it.
  role text NOT NULL CHECK (role IN ('suspect', 'facilitator', 'business', 'place', 'unknown', 'victim', 'witness', 'family')),
  subject_id uuid,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 4000),
  handling jsonb NOT NULL,
  evaluation jsonb NOT NULL,
  source jsonb NOT NULL,
  versions jsonb NOT NULL DEFAULT '{}',
  created_by uuid,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  removed_by uuid,
  removed_at timestamptz,
  PRIMARY KEY (case_id, id)
);

-- Sites, with the circle in which they lie.
CREATE TABLE simpul.case_places (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  id uuid NOT NULL,
  names jsonb NOT NULL CHECK (jsonb_array_length(names) > 0),
  kind text NOT NULL,
  country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  province text NOT NULL DEFAULT '' CHECK (length(province) <= 200),
  position jsonb,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 4000),
  handling jsonb NOT NULL,
  evaluation jsonb NOT NULL,
  source jsonb NOT NULL,
  versions jsonb NOT NULL DEFAULT '{}',
  created_by uuid,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  removed_by uuid,
  removed_at timestamptz,
  PRIMARY KEY (case_id, id)
);

-- What happened, when, where, who.
CREATE TABLE simpul.case_events (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  id uuid NOT NULL,
  kind text NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  began text NOT NULL,
  ended text,
  -- The first instant that `began` may mean: by it a timeline is ordered.
  begins_at timestamptz NOT NULL,
  place_id uuid,
  subjects jsonb NOT NULL DEFAULT '[]',
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 4000),
  handling jsonb NOT NULL,
  evaluation jsonb NOT NULL,
  source jsonb NOT NULL,
  versions jsonb NOT NULL DEFAULT '{}',
  created_by uuid,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  removed_by uuid,
  removed_at timestamptz,
  PRIMARY KEY (case_id, id)
);

-- Stated relations, each with its source.
CREATE TABLE simpul.case_links (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  id uuid NOT NULL,
  kind text NOT NULL,
  from_id uuid NOT NULL,
  to_kind text NOT NULL CHECK (to_kind IN ('subject', 'selector', 'place')),
  to_id uuid NOT NULL,
  began text,
  ended text,
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 4000),
  handling jsonb NOT NULL,
  evaluation jsonb NOT NULL,
  source jsonb NOT NULL,
  versions jsonb NOT NULL DEFAULT '{}',
  created_by uuid,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  removed_by uuid,
  removed_at timestamptz,
  PRIMARY KEY (case_id, id)
);

-- What is to be done, by whom, by when.
CREATE TABLE simpul.case_tasks (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  id uuid NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  owner_id uuid,
  desk_id uuid NOT NULL,
  due date,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
  note text NOT NULL DEFAULT '' CHECK (length(note) <= 4000),
  handling jsonb NOT NULL,
  evaluation jsonb NOT NULL,
  source jsonb NOT NULL,
  versions jsonb NOT NULL DEFAULT '{}',
  created_by uuid,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  removed_by uuid,
  removed_at timestamptz,
  PRIMARY KEY (case_id, id)
);

-- What an officer writes down.
CREATE TABLE simpul.case_notes (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  id uuid NOT NULL,
  body text NOT NULL CHECK (length(body) BETWEEN 1 AND 20000),
  language text NOT NULL,
  handling jsonb NOT NULL,
  evaluation jsonb NOT NULL,
  source jsonb NOT NULL,
  versions jsonb NOT NULL DEFAULT '{}',
  created_by uuid,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  removed_by uuid,
  removed_at timestamptz,
  PRIMARY KEY (case_id, id)
);

-- What was decided, by whom, on what ground.
CREATE TABLE simpul.case_decisions (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  id uuid NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 4000),
  decided_by uuid NOT NULL,
  decided_on date NOT NULL,
  handling jsonb NOT NULL,
  evaluation jsonb NOT NULL,
  source jsonb NOT NULL,
  versions jsonb NOT NULL DEFAULT '{}',
  created_by uuid,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  removed_by uuid,
  removed_at timestamptz,
  PRIMARY KEY (case_id, id)
);

CREATE INDEX occurrences_of_value ON simpul.selector_occurrences (value_id, case_id) WHERE removed_at IS NULL;
CREATE INDEX occurrences_newest ON simpul.selector_occurrences (id DESC) WHERE removed_at IS NULL;
CREATE INDEX occurrences_of_item ON simpul.selector_occurrences ((source ->> 'item')) WHERE source ? 'item';
CREATE INDEX tasks_of_owner ON simpul.case_tasks (owner_id, due) WHERE state = 'open' AND removed_at IS NULL;
CREATE INDEX tasks_of_desk ON simpul.case_tasks (desk_id, due) WHERE state = 'open' AND removed_at IS NULL;

-- Every value of every edited field (EV-1). `conflict`: written by somebody who had read an older value; kept beside
-- the standing one until an officer chooses. `withheld`: taken out when a subject came under protection (VIC-1).
CREATE TABLE simpul.case_edits (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  record_id uuid NOT NULL,
  field text NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  base integer NOT NULL CHECK (base >= 0),
  value jsonb,
  standing text NOT NULL CHECK (standing IN ('current', 'superseded', 'conflict', 'set-aside', 'withheld')),
  edited_by uuid,
  edited_at timestamptz NOT NULL,
  PRIMARY KEY (case_id, record_id, field, version)
);
CREATE UNIQUE INDEX case_edits_one_current ON simpul.case_edits (case_id, record_id, field) WHERE standing = 'current';

-- The value's row, made when it is new. SECURITY DEFINER, because a value that only hidden cases hold must be met
-- without being noticed; its id never leaves the node (RFI-12).
CREATE FUNCTION simpul.selector_value(made uuid, of_type text, of_canonical text, of_profile text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE found uuid;
BEGIN
  IF NOT (simpul.is_job() OR simpul.works_cases()) THEN RAISE EXCEPTION 'not an officer of cases'; END IF;
  INSERT INTO simpul.selector_values (id, type, canonical, profile)
  VALUES (made, of_type, of_canonical, of_profile) ON CONFLICT DO NOTHING;
  SELECT v.id INTO STRICT found FROM simpul.selector_values v
  WHERE v.type = of_type AND v.canonical = of_canonical AND v.profile = of_profile;
  RETURN found;
END
$$;
REVOKE ALL ON FUNCTION simpul.selector_value(uuid, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.selector_value(uuid, text, text, text) TO simpul_app;

ALTER TABLE simpul.selector_values ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.selector_values FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_keeps ON simpul.selector_values TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY seen ON simpul.selector_values FOR SELECT TO simpul_app USING (
  simpul.is_job() OR EXISTS (SELECT 1 FROM simpul.selector_occurrences o WHERE o.value_id = selector_values.id)
);
GRANT SELECT ON simpul.selector_values TO simpul_app;

ALTER TABLE simpul.case_subjects ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_subjects FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.case_subjects FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY added ON simpul.case_subjects FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY changed ON simpul.case_subjects FOR UPDATE TO simpul_app USING (simpul.sees_case(case_id));
GRANT SELECT, INSERT, UPDATE ON simpul.case_subjects TO simpul_app;

ALTER TABLE simpul.selector_occurrences ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.selector_occurrences FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.selector_occurrences FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY added ON simpul.selector_occurrences FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY changed ON simpul.selector_occurrences FOR UPDATE TO simpul_app USING (simpul.sees_case(case_id));
GRANT SELECT, INSERT, UPDATE ON simpul.selector_occurrences TO simpul_app;

ALTER TABLE simpul.case_places ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_places FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.case_places FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY added ON simpul.case_places FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY changed ON simpul.case_places FOR UPDATE TO simpul_app USING (simpul.sees_case(case_id));
GRANT SELECT, INSERT, UPDATE ON simpul.case_places TO simpul_app;

ALTER TABLE simpul.case_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_events FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.case_events FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY added ON simpul.case_events FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY changed ON simpul.case_events FOR UPDATE TO simpul_app USING (simpul.sees_case(case_id));
GRANT SELECT, INSERT, UPDATE ON simpul.case_events TO simpul_app;

ALTER TABLE simpul.case_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_links FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.case_links FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY added ON simpul.case_links FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY changed ON simpul.case_links FOR UPDATE TO simpul_app USING (simpul.sees_case(case_id));
GRANT SELECT, INSERT, UPDATE ON simpul.case_links TO simpul_app;

ALTER TABLE simpul.case_tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.case_tasks FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY added ON simpul.case_tasks FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY changed ON simpul.case_tasks FOR UPDATE TO simpul_app USING (simpul.sees_case(case_id));
GRANT SELECT, INSERT, UPDATE ON simpul.case_tasks TO simpul_app;

ALTER TABLE simpul.case_notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_notes FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.case_notes FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY added ON simpul.case_notes FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY changed ON simpul.case_notes FOR UPDATE TO simpul_app USING (simpul.sees_case(case_id));
GRANT SELECT, INSERT, UPDATE ON simpul.case_notes TO simpul_app;

ALTER TABLE simpul.case_decisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_decisions FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.case_decisions FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY added ON simpul.case_decisions FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY changed ON simpul.case_decisions FOR UPDATE TO simpul_app USING (simpul.sees_case(case_id));
GRANT SELECT, INSERT, UPDATE ON simpul.case_decisions TO simpul_app;

ALTER TABLE simpul.case_edits ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_edits FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.case_edits FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY added ON simpul.case_edits FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY changed ON simpul.case_edits FOR UPDATE TO simpul_app USING (simpul.sees_case(case_id));
GRANT SELECT, INSERT, UPDATE ON simpul.case_edits TO simpul_app;

-- Who sees a case also sees what was done in it and who read it (AUD-1).
CREATE POLICY of_seen_case ON simpul.leaves FOR SELECT TO simpul_app
  USING (case_id IS NOT NULL AND simpul.sees_case(case_id));
