-- What passed while a key was stolen, request by request, and what a named officer found when she looked at it.

CREATE TABLE simpul.doubt_reviews (
  request_id uuid NOT NULL,
  -- Whose key: the other state, or this one.
  whose text NOT NULL CHECK (whose ~ '^[a-z]{2}$'),
  -- When it was known here: with `whose` it names the theft.
  until timestamptz NOT NULL,
  finding text NOT NULL CHECK (finding IN ('genuine', 'forged', 'unclear')),
  text text NOT NULL CHECK (length(text) BETWEEN 3 AND 2000),
  reviewed_by uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (request_id, whose, until, at)
);
ALTER TABLE simpul.doubt_reviews ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.doubt_reviews FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.doubt_reviews FOR SELECT TO simpul_app USING (simpul.sees_request(request_id));
CREATE POLICY made ON simpul.doubt_reviews FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_contact_point()) AND reviewed_by = (SELECT simpul.officer()) AND simpul.sees_request(request_id)
);
GRANT SELECT, INSERT ON simpul.doubt_reviews TO simpul_app;

CREATE POLICY owner_looks ON simpul.peers FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks ON simpul.peer_keys FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks ON simpul.key_changes FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks ON simpul.releases FOR SELECT TO CURRENT_USER USING (true);

-- From each theft until it was known here. `whose` is null for this node's own keys.
CREATE FUNCTION simpul.thefts() RETURNS TABLE (whose text, since timestamptz, until timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT p.node, p.revoked_since, p.revoked_at FROM simpul.peers p WHERE p.revoked_since IS NOT NULL AND p.revoked_at IS NOT NULL
  UNION SELECT k.node, k.revoked_since, k.revoked_at FROM simpul.peer_keys k WHERE k.revoked_since IS NOT NULL AND k.revoked_at IS NOT NULL
  UNION SELECT NULL, c.since, c.ended_at FROM simpul.key_changes c WHERE c.kind = 'stolen' AND c.state = 'done'
$$;
-- What passed under them with these requests, as far as the actor sees those: what came under the other state's key, and
-- what came and went under ours.
CREATE FUNCTION simpul.doubts_among(requests uuid[])
RETURNS TABLE (request_id uuid, peer text, whose text, since timestamptz, until timestamptz, received integer, sent integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT d.request_id, d.peer, d.whose, d.since, d.until, d.received, d.sent FROM (
    SELECT t.request_id, t.peer, w.whose, w.since, w.until,
      (SELECT count(*)::integer FROM simpul.request_steps s
        WHERE s.thread_id = t.id AND s.side = 'theirs' AND s.at BETWEEN w.since AND w.until)
      + (t.direction = 'incoming' AND t.created_at BETWEEN w.since AND w.until)::integer AS received,
      CASE WHEN w.whose IS NULL THEN (SELECT count(*)::integer FROM simpul.releases r
        WHERE r.thread_id = t.id AND r.released_by IS NOT NULL AND r.at BETWEEN w.since AND w.until) ELSE 0 END AS sent
    FROM simpul.thefts() w JOIN simpul.request_threads t ON (w.whose IS NULL OR t.peer = w.whose)
    WHERE t.correspondent IS NULL AND t.request_id = ANY (requests)) d
  WHERE d.received + d.sent > 0 AND (simpul.is_job() OR simpul.sees_request(d.request_id))
$$;
REVOKE ALL ON FUNCTION simpul.thefts(), simpul.doubts_among(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.thefts(), simpul.doubts_among(uuid[]) TO simpul_app;
