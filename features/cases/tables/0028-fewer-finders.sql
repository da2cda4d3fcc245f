-- A search asks with as few rights as say the same: a case of a team that the officer sees by her agency or desk
-- already needs no term of its own. Each term costs at every word that is looked at, and teams are many.
CREATE OR REPLACE FUNCTION simpul.search_cases(asked text, most integer)
RETURNS TABLE (case_id uuid, record_id uuid, kind text, shown text, type text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  finders text[];
  works boolean := simpul.works_cases();
  supervises boolean := simpul.has_role('supervisor');
BEGIN
  IF simpul.actor_kind() IS DISTINCT FROM 'officer' THEN RETURN; END IF;
  SELECT coalesce(array_agg('T' || c.id::text), '{}') INTO finders
  FROM simpul.cases c
  WHERE c.id IN (SELECT simpul.team_cases())
    AND NOT (works AND NOT c.covert AND c.agency_id = simpul.agency())
    AND NOT (supervises AND c.covert AND c.desk_id = simpul.desk());
  IF works THEN finders := finders || ('A' || simpul.agency()::text); END IF;
  IF supervises THEN finders := finders || ('D' || simpul.desk()::text); END IF;
  IF cardinality(finders) = 0 THEN RETURN; END IF;
  RETURN QUERY
    SELECT w.case_id, w.record_id, w.kind, w.shown, w.type FROM simpul.case_words w
    WHERE w.words @@ (asked::tsquery && (SELECT string_agg(quote_literal(f), ' | ')::tsquery FROM unnest(finders) f))
    LIMIT least(most, 500);
END
$$;
