-- The search index of cases: what can be found by which words, and who may find it. Disposable; made from the records.

CREATE TABLE simpul.case_words (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  record_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('case', 'subject', 'selector', 'place')),
  -- What the finder reads, and for a selector its type.
  shown text NOT NULL,
  type text,
  -- Folded words and whole values; segmented before, since PostgreSQL does not split Thai, Khmer, Lao, Burmese.
  tokens text[] NOT NULL,
  -- The tokens and, in capitals, who may find it: A of an agency, D of a desk (covert), T of a team.
  words tsvector NOT NULL,
  PRIMARY KEY (case_id, record_id)
);
CREATE INDEX case_words_found ON simpul.case_words USING gin (words) WITH (fastupdate = off);

CREATE FUNCTION simpul.finders_of(which uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT ARRAY['T' || c.id::text, CASE WHEN c.covert THEN 'D' || c.desk_id::text ELSE 'A' || c.agency_id::text END]
  FROM simpul.cases c WHERE c.id = which
$$;

ALTER TABLE simpul.case_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.case_words FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_keeps ON simpul.case_words TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY seen ON simpul.case_words FOR SELECT TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY added ON simpul.case_words FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY changed ON simpul.case_words FOR UPDATE TO simpul_app USING (simpul.sees_case(case_id));
CREATE POLICY gone ON simpul.case_words FOR DELETE TO simpul_app USING (simpul.sees_case(case_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.case_words TO simpul_app;

-- Finds for the acting officer only. Her rights are terms of the query itself, so that what she may not see is never
-- read, counted or waited for. SECURITY DEFINER, because row security would keep the index from being used.
CREATE FUNCTION simpul.search_cases(asked text, most integer)
RETURNS TABLE (case_id uuid, record_id uuid, kind text, shown text, type text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE finders text[];
BEGIN
  IF simpul.actor_kind() IS DISTINCT FROM 'officer' THEN RETURN; END IF;
  SELECT array_agg('T' || t::text) INTO finders FROM simpul.team_cases() t;
  finders := coalesce(finders, '{}');
  IF simpul.works_cases() THEN finders := finders || ('A' || simpul.agency()::text); END IF;
  IF simpul.has_role('supervisor') THEN finders := finders || ('D' || simpul.desk()::text); END IF;
  IF cardinality(finders) = 0 THEN RETURN; END IF;
  RETURN QUERY
    SELECT w.case_id, w.record_id, w.kind, w.shown, w.type FROM simpul.case_words w
    WHERE w.words @@ (asked::tsquery && (SELECT string_agg(quote_literal(f), ' | ')::tsquery FROM unnest(finders) f))
    LIMIT least(most, 500);
END
$$;
REVOKE ALL ON FUNCTION simpul.search_cases(text, integer), simpul.finders_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.search_cases(text, integer), simpul.finders_of(uuid) TO simpul_app;
