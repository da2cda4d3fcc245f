-- What the victim desk lets a case know, and recorded testimony in sealed pieces.

-- A release names the case and, sealed to this node, what its people see; never which person's record it is from.
CREATE TABLE simpul.victim_releases (
  id uuid PRIMARY KEY,
  case_number text NOT NULL CHECK (case_number ~ '^[A-Z]{2}-[0-9]{4}-[0-9]{6}$'),
  sealed bytea CHECK (octet_length(sealed) <= 1100000),
  released_by uuid NOT NULL,
  agreed_by uuid,
  released_at timestamptz NOT NULL,
  -- Called back: what was released is gone from here, that it was remains.
  ended_at timestamptz,
  CHECK ((ended_at IS NULL) = (sealed IS NOT NULL))
);
CREATE INDEX victim_releases_of ON simpul.victim_releases (case_number);

CREATE TABLE simpul.victim_testimony_parts (
  testimony_id uuid NOT NULL,
  nth integer NOT NULL CHECK (nth BETWEEN 0 AND 4999),
  sealed bytea NOT NULL CHECK (octet_length(sealed) <= 1100000),
  PRIMARY KEY (testimony_id, nth)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['victim_releases', 'victim_testimony_parts'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_keeps ON simpul.%I FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY of_the_desk ON simpul.%I FOR ALL TO simpul_app
      USING ((SELECT simpul.at_victim_desk())) WITH CHECK ((SELECT simpul.at_victim_desk()))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
GRANT UPDATE (sealed, ended_at) ON simpul.victim_releases TO simpul_app;
GRANT DELETE ON simpul.victim_testimony_parts TO simpul_app;
-- Whoever sees the case sees what was released to it, and nobody else.
CREATE FUNCTION simpul.sees_case_number(which text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT 1 FROM simpul.cases c WHERE c.number = which AND simpul.sees_case(c.id)) $$;
GRANT EXECUTE ON FUNCTION simpul.sees_case_number(text) TO simpul_app;
CREATE POLICY of_the_case ON simpul.victim_releases FOR SELECT TO simpul_app
  USING (simpul.actor_kind() = 'officer' AND simpul.sees_case_number(case_number));

-- The pieces of a released testimony, one at a time, for whoever sees the case it was released to. What opens them is
-- in the release alone, so which testimony it is need not be known here.
CREATE FUNCTION simpul.released_part(release uuid, testimony uuid, part integer) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.sealed FROM simpul.victim_testimony_parts p
  WHERE p.testimony_id = testimony AND p.nth = part AND EXISTS (
    SELECT 1 FROM simpul.victim_releases r WHERE r.id = release AND r.ended_at IS NULL
      AND simpul.actor_kind() = 'officer' AND simpul.sees_case_number(r.case_number))
$$;
REVOKE ALL ON FUNCTION simpul.released_part(uuid, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.released_part(uuid, uuid, integer) TO simpul_app;
