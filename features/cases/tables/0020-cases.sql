-- Cases, their teams, and who sees them: the one question every other table of the node asks.

-- Numbers without gaps: the row of the year is locked until the opening commits, and a rollback gives the number back.
CREATE TABLE simpul.case_serials (
  year integer PRIMARY KEY CHECK (year BETWEEN 2000 AND 9999),
  last integer NOT NULL CHECK (last BETWEEN 1 AND 999999)
);
GRANT SELECT, INSERT, UPDATE ON simpul.case_serials TO simpul_app;

CREATE TABLE simpul.cases (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE CHECK (number ~ '^[A-Z]{2}-[0-9]{4}-[0-9]{6}$'),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  -- A code of crime-types.json, and the version of that file it was chosen from.
  crime_type text NOT NULL CHECK (length(crime_type) BETWEEN 1 AND 60),
  crime_types_version text NOT NULL,
  agency_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  covert boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'suspended', 'closed')),
  -- Why it is suspended or closed: a code of case-codes.json.
  state_reason text,
  summary text NOT NULL DEFAULT '' CHECK (length(summary) <= 20000),
  summary_language text,
  opened_by uuid,
  opened_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  -- Per edited field the version that stands; a field that is not named stands at its first.
  versions jsonb NOT NULL DEFAULT '{}',
  CHECK ((state = 'open') = (state_reason IS NULL))
);
CREATE INDEX cases_of_desk ON simpul.cases (desk_id, changed_at DESC);
CREATE INDEX cases_of_agency ON simpul.cases (agency_id, changed_at DESC);
CREATE INDEX cases_newest ON simpul.cases (changed_at DESC, id DESC);

-- Who works on it, from whichever agency. A membership ends; it is never erased.
CREATE TABLE simpul.case_team (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  id uuid NOT NULL,
  officer_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('lead', 'investigator', 'analyst', 'prosecutor', 'liaison', 'interpreter', 'observer')),
  added_by uuid,
  added_at timestamptz NOT NULL,
  ended_by uuid,
  ended_at timestamptz,
  PRIMARY KEY (case_id, id)
);
CREATE UNIQUE INDEX case_team_once ON simpul.case_team (case_id, officer_id) WHERE ended_at IS NULL;
CREATE INDEX case_team_of_officer ON simpul.case_team (officer_id) WHERE ended_at IS NULL;

-- The roles that work cases of their agency; administrators and caseworkers see none by role.
CREATE FUNCTION simpul.works_cases() RETURNS boolean
LANGUAGE sql STABLE
AS $$
  SELECT simpul.actor_kind() = 'officer'
     AND (simpul.has_role('investigator') OR simpul.has_role('analyst') OR simpul.has_role('supervisor')
          OR simpul.has_role('liaison') OR simpul.has_role('prosecutor'))
$$;

-- The cases on whose team the acting officer is. SECURITY DEFINER, so that policies can ask without asking each other.
CREATE FUNCTION simpul.team_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.case_id FROM simpul.case_team t
  WHERE simpul.actor_kind() = 'officer' AND t.officer_id = simpul.officer() AND t.ended_at IS NULL
$$;

-- May the actor see this case? An ordinary one: officers of its agency who work cases, and its team. A covert one:
-- its team, and supervisors of its desk. Jobs see all, peers none; a case that is not there is not seen.
CREATE FUNCTION simpul.sees_case(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.cases c
    WHERE c.id = which
      AND (simpul.is_job()
           OR (NOT c.covert AND c.agency_id = simpul.agency() AND simpul.works_cases())
           OR (c.covert AND c.desk_id = simpul.desk() AND simpul.actor_kind() = 'officer' AND simpul.has_role('supervisor'))
           OR (simpul.actor_kind() = 'officer' AND EXISTS (
                 SELECT 1 FROM simpul.case_team t
                 WHERE t.case_id = c.id AND t.officer_id = simpul.officer() AND t.ended_at IS NULL))))
$$;

-- The first member of a team is named by who opened the case, before anybody of the team could.
CREATE FUNCTION simpul.staffs_case(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.cases c
    WHERE c.id = which AND simpul.actor_kind() = 'officer' AND c.opened_by = simpul.officer()
      AND NOT EXISTS (SELECT 1 FROM simpul.case_team t WHERE t.case_id = c.id))
$$;

ALTER TABLE simpul.cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.cases FORCE ROW LEVEL SECURITY;
-- The functions above run as the owner; FORCE binds the owner too, so she is let read (never write) what they ask.
CREATE POLICY owner_reads ON simpul.cases FOR SELECT TO CURRENT_USER USING (true);
-- The same rule as sees_case, spelt with columns so that a list of thousands asks each question once.
CREATE POLICY seen ON simpul.cases FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR (NOT covert AND agency_id = (SELECT simpul.agency()) AND (SELECT simpul.works_cases()))
  OR (covert AND desk_id = (SELECT simpul.desk())
      AND (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('supervisor')))
  OR id IN (SELECT simpul.team_cases())
);
CREATE POLICY opened ON simpul.cases FOR INSERT TO simpul_app WITH CHECK (
  simpul.is_job()
  OR (simpul.works_cases() AND agency_id = simpul.agency() AND opened_by = simpul.officer())
);
-- What one sees one may be allowed to change (Cedar decides); nobody changes a row out of her own sight.
CREATE POLICY changed ON simpul.cases FOR UPDATE TO simpul_app USING (simpul.sees_case(id));
GRANT SELECT, INSERT, UPDATE ON simpul.cases TO simpul_app;

ALTER TABLE simpul.case_team ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_team FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.case_team FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.case_team FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY added ON simpul.case_team FOR INSERT TO simpul_app
  WITH CHECK (simpul.sees_case(case_id) OR simpul.staffs_case(case_id));
CREATE POLICY ended ON simpul.case_team FOR UPDATE TO simpul_app
  USING (simpul.sees_case(case_id)) WITH CHECK (simpul.is_job() OR simpul.actor_kind() = 'officer');
GRANT SELECT, INSERT, UPDATE ON simpul.case_team TO simpul_app;

GRANT EXECUTE ON FUNCTION simpul.works_cases(), simpul.team_cases(), simpul.sees_case(uuid), simpul.staffs_case(uuid)
  TO simpul_app;
