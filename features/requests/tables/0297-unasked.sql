-- MSG-2: what a state tells without having been asked is no request: counted apart, by kind, and in no figure of requests.
CREATE FUNCTION simpul.unasked_statistics(since timestamptz, until timestamptz)
RETURNS TABLE (peer text, direction text, kind text, told integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.peer, t.direction, r.draft ->> 'unasked', count(*)::integer
  FROM simpul.request_threads t JOIN simpul.requests r ON r.id = t.request_id
  WHERE t.created_at >= since AND t.created_at < until AND r.draft ->> 'unasked' IS NOT NULL
    AND (simpul.is_contact_point() OR (simpul.actor_kind() = 'officer' AND simpul.has_role('oversight')))
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
$$;
REVOKE ALL ON FUNCTION simpul.unasked_statistics(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.unasked_statistics(timestamptz, timestamptz) TO simpul_app;

CREATE OR REPLACE FUNCTION simpul.request_statistics(since timestamptz, until timestamptz, at timestamptz)
RETURNS TABLE (peer text, direction text, asked integer, urgent integer, "full" integer, partial integer,
  none_held integer, refused integer, transferred integer, withdrawn integer, under_way integer, overdue integer,
  late integer, open_seconds double precision, end_seconds double precision, grounds jsonb, usefulness jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH counted AS (
    SELECT t.peer, t.direction, t.state, t.outcome, t.code, t.due_at,
      coalesce((r.draft ->> 'urgent')::boolean, false) AS urgent,
      coalesce((t.clock ->> 'over')::boolean AND t.clock ->> 'state' = 'ended', false) AS late,
      (SELECT extract(epoch FROM min(s.at) - t.created_at) FROM simpul.request_steps s
        WHERE s.thread_id = t.id AND s.kind = 'opened') AS opened,
      (SELECT extract(epoch FROM min(s.at) - t.created_at) FROM simpul.request_steps s
        WHERE s.thread_id = t.id AND s.kind IN ('answered', 'refused', 'transferred')) AS ended,
      EXISTS (SELECT 1 FROM simpul.request_steps s WHERE s.thread_id = t.id AND s.kind = 'transferred') AS handed,
      (SELECT s.code FROM simpul.request_steps s WHERE s.thread_id = t.id AND s.kind = 'refused'
        ORDER BY s.at LIMIT 1) AS ground,
      (SELECT s.code FROM simpul.request_steps s WHERE s.thread_id = t.id AND s.kind = 'closed'
        ORDER BY s.at LIMIT 1) AS useful
    FROM simpul.request_threads t JOIN simpul.requests r ON r.id = t.request_id
    WHERE t.created_at >= since AND t.created_at < until AND r.draft ->> 'unasked' IS NULL
      AND (simpul.is_contact_point() OR (simpul.actor_kind() = 'officer' AND simpul.has_role('oversight'))))
  SELECT c.peer, c.direction, count(*)::integer, count(*) FILTER (WHERE c.urgent)::integer,
    count(*) FILTER (WHERE c.outcome = 'full')::integer, count(*) FILTER (WHERE c.outcome = 'partial')::integer,
    count(*) FILTER (WHERE c.outcome = 'none-held')::integer, count(*) FILTER (WHERE c.ground IS NOT NULL)::integer,
    count(*) FILTER (WHERE c.handed)::integer, count(*) FILTER (WHERE c.state = 'withdrawn')::integer,
    count(*) FILTER (WHERE c.state IN ('queued', 'posted', 'delivered', 'opened', 'in-work', 'clarification', 'judicial'))::integer,
    count(*) FILTER (WHERE c.due_at < at)::integer, count(*) FILTER (WHERE c.late)::integer,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY c.opened), percentile_cont(0.5) WITHIN GROUP (ORDER BY c.ended),
    coalesce((SELECT jsonb_object_agg(g.ground, g.n) FROM (SELECT x.ground, count(*) AS n FROM counted x
      WHERE x.peer = c.peer AND x.direction = c.direction AND x.ground IS NOT NULL GROUP BY x.ground) g), '{}'),
    coalesce((SELECT jsonb_object_agg(g.useful, g.n) FROM (SELECT x.useful, count(*) AS n FROM counted x
      WHERE x.peer = c.peer AND x.direction = c.direction AND x.useful IS NOT NULL GROUP BY x.useful) g), '{}')
  FROM counted c GROUP BY c.peer, c.direction ORDER BY c.peer, c.direction
$$;
