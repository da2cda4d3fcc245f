-- A place on a team counts while its officer works, not while she administers or oversees: then she sees no case, whatever
-- team she is on. The same rule as `sees` in packages/policy.

CREATE FUNCTION simpul.works_in_team() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT simpul.actor_kind() = 'officer'
     AND (simpul.has_role('investigator') OR simpul.has_role('analyst') OR simpul.has_role('supervisor')
          OR simpul.has_role('liaison') OR simpul.has_role('prosecutor') OR simpul.has_role('caseworker'))
$$;
GRANT EXECUTE ON FUNCTION simpul.works_in_team() TO simpul_app;

CREATE OR REPLACE FUNCTION simpul.team_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.case_id FROM simpul.case_team t
  WHERE simpul.works_in_team() AND t.officer_id = simpul.officer() AND t.ended_at IS NULL
$$;

CREATE OR REPLACE FUNCTION simpul.sees_case(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.cases c
    WHERE c.id = which
      AND (simpul.is_job()
           OR (NOT c.covert AND c.agency_id = simpul.agency() AND simpul.works_cases())
           OR (c.covert AND c.desk_id = simpul.desk() AND simpul.actor_kind() = 'officer' AND simpul.has_role('supervisor'))
           OR (simpul.works_in_team() AND EXISTS (
                 SELECT 1 FROM simpul.case_team t
                 WHERE t.case_id = c.id AND t.officer_id = simpul.officer() AND t.ended_at IS NULL))))
$$;
