-- A unit's word to a party of a space that it follows, and the party's answer: codes, an hour of a call, and nothing else.

CREATE TABLE simpul.coordination_words (
  id uuid NOT NULL,
  unit text NOT NULL CHECK (unit ~ '^[a-z]{2}$'),
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$' AND party <> unit),
  space uuid NOT NULL,
  says text NOT NULL CHECK (says IN ('overdue', 'dates', 'figures', 'call')),
  call_at timestamptz CHECK ((says = 'call') = (call_at IS NOT NULL)),
  at timestamptz NOT NULL,
  answer text CHECK (answer IN ('done', 'agreed', 'later', 'no')),
  answered_at timestamptz CHECK ((answer IS NULL) = (answered_at IS NULL)),
  PRIMARY KEY (unit, party, id)
);
CREATE INDEX coordination_words_of ON simpul.coordination_words (space, at);

ALTER TABLE simpul.coordination_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.coordination_words FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.coordination_words FOR SELECT TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON simpul.coordination_words TO simpul_app;
GRANT UPDATE (answer, answered_at) ON simpul.coordination_words TO simpul_app;

-- At the unit's node its desk speaks and the party answers; at the party's node the unit speaks and the contact point answers.
CREATE FUNCTION simpul.in_these_words(unit text, party text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE WHEN simpul.actor_kind() = 'peer' THEN simpul.peer() IN (unit, party)
    ELSE (SELECT simpul.coordinates()) OR (SELECT simpul.is_contact_point()) END
$$;
REVOKE ALL ON FUNCTION simpul.in_these_words(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.in_these_words(text, text) TO simpul_app;
CREATE POLICY seen ON simpul.coordination_words FOR SELECT TO simpul_app
  USING (simpul.in_these_words(unit, party) AND NOT simpul.kept_from_states(ARRAY[unit, party]));
CREATE POLICY said ON simpul.coordination_words FOR INSERT TO simpul_app WITH CHECK (
  CASE WHEN simpul.actor_kind() = 'peer' THEN simpul.peer() = unit ELSE (SELECT simpul.coordinates()) END);
CREATE POLICY answered ON simpul.coordination_words FOR UPDATE TO simpul_app USING (
  CASE WHEN simpul.actor_kind() = 'peer' THEN simpul.peer() = party ELSE (SELECT simpul.is_contact_point()) END);

-- A unit is heard where its figures are told, and nowhere else.
CREATE POLICY its_own ON simpul.coordination_told FOR SELECT TO simpul_app
  USING ((SELECT simpul.actor_kind() = 'peer') AND unit = (SELECT simpul.peer()));
