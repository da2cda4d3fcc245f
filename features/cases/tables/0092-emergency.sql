-- Opening a case in an emergency: for some hours, with a reason, told to its owner and to oversight, reviewed by another.
-- A covert case cannot be opened so.

CREATE TABLE simpul.case_openings (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  id uuid NOT NULL,
  officer_id uuid NOT NULL,
  agency_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 20 AND 2000),
  opened_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  ended_at timestamptz,
  finding text CHECK (finding IN ('justified', 'not-justified')),
  review text CHECK (length(review) <= 2000),
  reviewed_by uuid CHECK (reviewed_by <> officer_id),
  reviewed_at timestamptz,
  PRIMARY KEY (case_id, id),
  CHECK (until > opened_at),
  CHECK ((finding IS NULL) = (reviewed_by IS NULL) AND (finding IS NULL) = (reviewed_at IS NULL))
);
CREATE INDEX case_openings_of_officer ON simpul.case_openings (officer_id, until);
CREATE INDEX case_openings_unreviewed ON simpul.case_openings (opened_at) WHERE finding IS NULL;

-- Cases that the acting officer has open in an emergency now; one made covert meanwhile closes before her.
CREATE FUNCTION simpul.opened_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.case_id FROM simpul.case_openings o JOIN simpul.cases c ON c.id = o.case_id
  WHERE simpul.works_cases() AND o.officer_id = simpul.officer() AND o.ended_at IS NULL
    AND o.until > now() AND NOT c.covert
$$;

-- The case of a number, for somebody who does not see it and has an emergency; null for a covert one and for none.
CREATE FUNCTION simpul.case_for_emergency(asked text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT c.id FROM simpul.cases c WHERE c.number = asked AND NOT c.covert AND simpul.works_cases()
$$;

-- What is seen by name: the teams she is on, and what she opened in an emergency.
CREATE OR REPLACE FUNCTION simpul.team_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.case_id FROM simpul.case_team t
  WHERE simpul.works_in_team() AND t.officer_id = simpul.officer() AND t.ended_at IS NULL
  UNION
  SELECT simpul.opened_cases()
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
                 WHERE t.case_id = c.id AND t.officer_id = simpul.officer() AND t.ended_at IS NULL))
           OR c.id IN (SELECT simpul.opened_cases())))
$$;

ALTER TABLE simpul.case_openings ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_openings FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.case_openings FOR SELECT TO CURRENT_USER USING (true);
-- She who opened it, those who see the case, and oversight (AUD-2).
CREATE POLICY seen ON simpul.case_openings FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR officer_id = (SELECT simpul.officer())
  OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('oversight'))
  OR simpul.sees_case(case_id)
);
CREATE POLICY opened ON simpul.case_openings FOR INSERT TO simpul_app
  WITH CHECK (
    simpul.is_job() OR (officer_id = simpul.officer() AND agency_id = simpul.agency() AND simpul.works_cases())
  );
CREATE POLICY changed ON simpul.case_openings FOR UPDATE TO simpul_app USING (
  officer_id = (SELECT simpul.officer())
  OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('oversight'))
  OR simpul.sees_case(case_id)
);
GRANT SELECT, INSERT ON simpul.case_openings TO simpul_app;
GRANT UPDATE (ended_at, finding, review, reviewed_by, reviewed_at) ON simpul.case_openings TO simpul_app;
REVOKE ALL ON FUNCTION simpul.case_for_emergency(text), simpul.opened_cases() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.case_for_emergency(text), simpul.opened_cases() TO simpul_app;

-- Oversight reads the number of a case that was opened, and she who opened it reads it after her time is over.
CREATE FUNCTION simpul.number_of_opened(opening uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT c.number FROM simpul.case_openings o JOIN simpul.cases c ON c.id = o.case_id
  WHERE o.id = opening
    AND (o.officer_id = simpul.officer() OR (simpul.actor_kind() = 'officer' AND simpul.has_role('oversight')))
$$;
REVOKE ALL ON FUNCTION simpul.number_of_opened(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.number_of_opened(uuid) TO simpul_app;
