-- Search that stays quick when the node grows. A word asked by its beginning makes the index gather everything that
-- begins so, which grows with the node; a whole word is looked up. So whole words come first, the beginning of the last
-- word is looked for among what the other words found, and only what is left over asks the index for beginnings.
CREATE FUNCTION simpul.words_seen(asked tsquery, most integer)
RETURNS TABLE (case_id uuid, record_id uuid, kind text, shown text, type text, tokens text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  finders text[] := '{}';
BEGIN
  IF simpul.actor_kind() IS DISTINCT FROM 'officer' OR asked IS NULL THEN RETURN; END IF;
  IF simpul.works_cases() THEN finders := finders || ('A' || simpul.agency()::text); END IF;
  IF simpul.has_role('supervisor') THEN finders := finders || ('D' || simpul.desk()::text); END IF;
  -- Her rights by agency and desk are terms of the query, so that what she may not see is never read or waited for.
  IF cardinality(finders) > 0 THEN
    RETURN QUERY
      SELECT w.case_id, w.record_id, w.kind, w.shown, w.type, w.tokens FROM simpul.case_words w
      WHERE w.words @@ (asked && (SELECT string_agg(quote_literal(f), ' | ')::tsquery FROM unnest(finders) f))
      LIMIT most;
  END IF;
  -- The cases of her teams that she sees by nothing else are few: their words are read case by case.
  RETURN QUERY
    SELECT w.case_id, w.record_id, w.kind, w.shown, w.type, w.tokens
    FROM simpul.cases c
    CROSS JOIN LATERAL (SELECT * FROM simpul.case_words one WHERE one.case_id = c.id OFFSET 0) w
    WHERE c.id IN (SELECT simpul.team_cases())
      AND NOT ('A' || c.agency_id::text = ANY (finders) AND NOT c.covert)
      AND NOT ('D' || c.desk_id::text = ANY (finders) AND c.covert)
      AND w.words @@ asked
    LIMIT most;
END
$$;
REVOKE ALL ON FUNCTION simpul.words_seen(tsquery, integer) FROM PUBLIC;

-- What the acting officer finds, some of it twice. `values_asked` is the whole as one value, `every_word` its words as
-- written, `words_before` all but the last, `beginning` the last; `and_beginning` both for the index, `beginnings` every
-- word by its beginning. With `enough` found it looks no further.
CREATE FUNCTION simpul.find_cases(
  values_asked text, every_word text, words_before text, beginning text, and_beginning text, beginnings text, enough integer)
RETURNS TABLE (case_id uuid, record_id uuid, kind text, shown text, type text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  most CONSTANT integer := 500;
  near CONSTANT integer := 5000;
  looked_at integer := 0;
  now_found integer;
  found_so_far integer := 0;
  one record;
BEGIN
  RETURN QUERY SELECT s.case_id, s.record_id, s.kind, s.shown, s.type FROM simpul.words_seen(values_asked::tsquery, most) s;
  GET DIAGNOSTICS found_so_far = ROW_COUNT;
  RETURN QUERY SELECT s.case_id, s.record_id, s.kind, s.shown, s.type FROM simpul.words_seen(every_word::tsquery, most) s;
  GET DIAGNOSTICS now_found = ROW_COUNT;
  found_so_far := found_so_far + now_found;

  IF found_so_far < enough AND words_before IS NOT NULL AND beginning IS NOT NULL THEN
    FOR one IN SELECT * FROM simpul.words_seen(words_before::tsquery, near) LOOP
      looked_at := looked_at + 1;
      IF EXISTS (SELECT FROM unnest(one.tokens) t WHERE t ^@ beginning) THEN
        found_so_far := found_so_far + 1;
        case_id := one.case_id; record_id := one.record_id; kind := one.kind; shown := one.shown; type := one.type;
        RETURN NEXT;
        EXIT WHEN found_so_far >= most;
      END IF;
    END LOOP;
    -- The other words are in more than was looked at: the index is asked for all of it.
    IF found_so_far < enough AND looked_at >= near THEN
      RETURN QUERY
        SELECT s.case_id, s.record_id, s.kind, s.shown, s.type FROM simpul.words_seen(and_beginning::tsquery, most) s;
      GET DIAGNOSTICS now_found = ROW_COUNT;
      found_so_far := found_so_far + now_found;
    END IF;
  END IF;

  IF found_so_far = 0 THEN
    RETURN QUERY
      SELECT s.case_id, s.record_id, s.kind, s.shown, s.type FROM simpul.words_seen(beginnings::tsquery, most) s;
  END IF;
END
$$;
REVOKE ALL ON FUNCTION simpul.find_cases(text, text, text, text, text, text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.find_cases(text, text, text, text, text, text, integer) TO simpul_app;
