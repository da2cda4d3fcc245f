-- A regional coordination unit takes part without nominal data: it is given figures of spaces, operations and exercises, and nothing else.

ALTER TABLE simpul.agencies DROP CONSTRAINT agencies_kind_check;
ALTER TABLE simpul.agencies ADD CONSTRAINT agencies_kind_check CHECK (kind IN ('police', 'immigration', 'cyber-crime',
  'prosecutor', 'victim-services', 'consular', 'liaison', 'oversight', 'central-authority', 'financial-intelligence',
  'coordination'));

-- At a state's node: what was last told to which unit, so that it is told again only once it changed, and can be taken back.
CREATE TABLE simpul.coordination_told (
  unit text NOT NULL CHECK (unit ~ '^[a-z]{2}$'),
  about text NOT NULL CHECK (about IN ('space', 'operation', 'exercise')),
  id uuid NOT NULL,
  -- Null once it was taken back.
  figures jsonb CHECK (octet_length(figures::text) <= 200000),
  at timestamptz NOT NULL,
  PRIMARY KEY (unit, about, id)
);

-- At the unit's node: the newest figures of each state. There is no column for a word.
CREATE TABLE simpul.coordination_figures (
  state text NOT NULL CHECK (state ~ '^[a-z]{2}$'),
  about text NOT NULL CHECK (about IN ('space', 'operation', 'exercise')),
  id uuid NOT NULL,
  -- Null once its state took it back.
  figures jsonb CHECK (octet_length(figures::text) <= 200000),
  at timestamptz NOT NULL,
  arrived_at timestamptz NOT NULL,
  PRIMARY KEY (state, about, id)
);

CREATE FUNCTION simpul.coordinates() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.actor_kind() = 'officer'
    AND EXISTS (SELECT 1 FROM simpul.agencies a WHERE a.id = simpul.agency() AND a.kind = 'coordination')
$$;
REVOKE ALL ON FUNCTION simpul.coordinates() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.coordinates() TO simpul_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['coordination_told', 'coordination_figures'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
    EXECUTE format('GRANT UPDATE (figures, at) ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
GRANT UPDATE (arrived_at) ON simpul.coordination_figures TO simpul_app;

CREATE POLICY seen ON simpul.coordination_told FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR (SELECT simpul.is_contact_point()));
CREATE POLICY told ON simpul.coordination_told FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()));
CREATE POLICY anew ON simpul.coordination_told FOR UPDATE TO simpul_app USING ((SELECT simpul.is_job()));

CREATE POLICY seen ON simpul.coordination_figures FOR SELECT TO simpul_app USING (
  ((SELECT simpul.coordinates()) AND NOT simpul.kept_from_states(ARRAY[state]))
  OR ((SELECT simpul.actor_kind() = 'peer') AND state = (SELECT simpul.peer())));
CREATE POLICY told ON simpul.coordination_figures FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.actor_kind() = 'peer') AND state = (SELECT simpul.peer()));
CREATE POLICY anew ON simpul.coordination_figures FOR UPDATE TO simpul_app
  USING ((SELECT simpul.actor_kind() = 'peer') AND state = (SELECT simpul.peer()));

-- How requests between this state and some others stand, in numbers, for the node alone.
CREATE FUNCTION simpul.requests_standing(peers text[], since timestamptz, at timestamptz)
RETURNS TABLE (state text, count integer, overdue integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.state, count(*)::integer, count(*) FILTER (WHERE t.due_at < at)::integer FROM simpul.request_threads t
  WHERE simpul.is_job() AND t.peer = ANY (peers) AND t.direction = 'outgoing' AND t.created_at >= since GROUP BY t.state
$$;
REVOKE ALL ON FUNCTION simpul.requests_standing(text[], timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.requests_standing(text[], timestamptz, timestamptz) TO simpul_app;

-- The units that the director lets follow an exercise.
ALTER TABLE simpul.exercise_runs ADD COLUMN coordination text[] NOT NULL DEFAULT '{}' CHECK (cardinality(coordination) <= 4);
