-- A freeze that goes out by a request: its clock starts when the request leaves, not when somebody drafts it.

CREATE FUNCTION simpul.request_left_at(request uuid) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT min(t.created_at) FROM simpul.request_threads t WHERE t.request_id = request AND t.direction = 'outgoing'
$$;
REVOKE ALL ON FUNCTION simpul.request_left_at(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.request_left_at(uuid) TO simpul_app;

-- Null while it has not left. What is kept as due at the drafting says how long the recipient has.
CREATE FUNCTION simpul.freeze_due(f simpul.target_freezes) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE WHEN f.request_id IS NULL THEN f.due_at
    ELSE simpul.request_left_at(f.request_id) + (f.due_at - f.asked_at) END
$$;
REVOKE ALL ON FUNCTION simpul.freeze_due(simpul.target_freezes) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.freeze_due(simpul.target_freezes) TO simpul_app;
