-- A search asks for what the officer sees by agency or desk as terms of the query, and for her teams' cases by case:
-- a term for each team made the index weigh every one of them at each word it looked at.
CREATE OR REPLACE FUNCTION simpul.search_cases(asked text, most integer)
RETURNS TABLE (case_id uuid, record_id uuid, kind text, shown text, type text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  finders text[] := '{}';
  wide integer := least(most, 500);
BEGIN
  IF simpul.actor_kind() IS DISTINCT FROM 'officer' THEN RETURN; END IF;
  IF simpul.works_cases() THEN finders := finders || ('A' || simpul.agency()::text); END IF;
  IF simpul.has_role('supervisor') THEN finders := finders || ('D' || simpul.desk()::text); END IF;
  RETURN QUERY
    (SELECT w.case_id, w.record_id, w.kind, w.shown, w.type FROM simpul.case_words w
     WHERE cardinality(finders) > 0
       AND w.words @@ (asked::tsquery && (SELECT string_agg(quote_literal(f), ' | ')::tsquery FROM unnest(finders) f))
     LIMIT wide)
    UNION
    (SELECT w.case_id, w.record_id, w.kind, w.shown, w.type FROM simpul.case_words w
     WHERE w.words @@ asked::tsquery AND w.case_id = ANY (ARRAY(SELECT simpul.team_cases()))
     LIMIT wide)
    LIMIT wide;
END
$$;
