-- What another state's desk had passed on to a third is gone only when the third says so: its word comes back the whole way.
ALTER TABLE simpul.distress_told
  -- Of the states that had it from there, those that have not said that it is gone.
  ADD COLUMN gone_waits text[] NOT NULL DEFAULT '{}' CHECK (cardinality(gone_waits) <= 20);
GRANT UPDATE (gone_waits) ON simpul.distress_told TO simpul_app;

-- Where what a peer passed on went from here, all the way: to which states, and which of them have not said that it is gone.
CREATE FUNCTION simpul.distress_onward(told_on uuid, OUT onward text[], OUT waits text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH told AS (
    SELECT t.state, t.gone_at, t.gone_waits, coalesce(t.gone_onward, '{}') AS further FROM simpul.distress_told t
    WHERE t.origin = told_on AND t.state IS NOT NULL AND t.withdrawn_at IS NOT NULL AND simpul.actor_kind() = 'peer')
  SELECT
    (SELECT coalesce(array_agg(DISTINCT s ORDER BY s), '{}')
      FROM (SELECT state FROM told UNION SELECT unnest(further) FROM told) o(s)),
    (SELECT coalesce(array_agg(DISTINCT s ORDER BY s), '{}')
      FROM (SELECT state FROM told WHERE gone_at IS NULL UNION SELECT unnest(gone_waits) FROM told) w(s))
$$;
REVOKE ALL ON FUNCTION simpul.distress_onward(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.distress_onward(uuid) TO simpul_app;

-- What peers took back from here, so that the word of a third state finds its way to whoever waits for it. Ids and states alone.
CREATE FUNCTION simpul.distress_taken_back() RETURNS TABLE (id uuid, state text, taken boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT c.id, c.state, c.taken FROM simpul.distress_called_back c
  WHERE simpul.actor_kind() = 'peer' ORDER BY c.at DESC LIMIT 10000 $$;
REVOKE ALL ON FUNCTION simpul.distress_taken_back() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.distress_taken_back() TO simpul_app;
