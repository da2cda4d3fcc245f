-- What was given to whom (COR-1), and how copies of another state's records are closed when it calls them back.

CREATE TABLE simpul.shares (
  thread_id uuid NOT NULL REFERENCES simpul.request_threads,
  record_id uuid NOT NULL,
  version bytea NOT NULL CHECK (length(version) = 32),
  -- `item`, `text` (the words of an answer), or the kind of record.
  what text NOT NULL,
  originator text NOT NULL,
  to_node text NOT NULL CHECK (to_node ~ '^[a-z]{2}$'),
  request_id uuid NOT NULL,
  answer_id uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (thread_id, record_id, version)
);
CREATE INDEX shares_of_record ON simpul.shares (record_id);

-- What left before this table was there.
INSERT INTO simpul.shares (thread_id, record_id, version, what, originator, to_node, request_id, answer_id, at)
SELECT t.id, (r ->> 'id')::uuid, decode(r ->> 'version', 'hex'), r ->> 'kind', r ->> 'originator', t.peer, t.request_id, a.id,
  a.released_at
FROM simpul.request_answers a JOIN simpul.request_threads t ON t.id = a.thread_id,
  jsonb_array_elements(a.shared -> 'records') r
WHERE a.direction = 'outgoing' AND a.state IN ('queued', 'delivered', 'undelivered')
UNION ALL
SELECT t.id, (r ->> 'id')::uuid, decode(r ->> 'digest', 'hex'), 'item', r ->> 'originator', t.peer, t.request_id, a.id,
  a.released_at
FROM simpul.request_answers a JOIN simpul.request_threads t ON t.id = a.thread_id,
  jsonb_array_elements(a.shared -> 'items') r
WHERE a.direction = 'outgoing' AND a.state IN ('queued', 'delivered', 'undelivered')
UNION ALL
SELECT t.id, (r ->> 'id')::uuid, decode(r ->> 'version', 'hex'), r ->> 'kind', r ->> 'originator', t.peer, t.request_id, NULL,
  t.created_at
FROM simpul.requests q JOIN simpul.request_threads t ON t.request_id = q.id, jsonb_array_elements(q.shared -> 'records') r
WHERE q.direction = 'outgoing'
UNION ALL
SELECT t.id, (r ->> 'id')::uuid, decode(r ->> 'digest', 'hex'), 'item', r ->> 'originator', t.peer, t.request_id, NULL,
  t.created_at
FROM simpul.requests q JOIN simpul.request_threads t ON t.request_id = q.id, jsonb_array_elements(q.shared -> 'items') r
WHERE q.direction = 'outgoing'
ON CONFLICT DO NOTHING;

ALTER TABLE simpul.shares ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.shares FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.shares FOR SELECT TO CURRENT_USER USING (true);
-- Row security of requests says who sees what went where; a peer never does.
CREATE POLICY seen ON simpul.shares FOR SELECT TO simpul_app
  USING ((SELECT simpul.actor_kind() IN ('officer', 'job')) AND simpul.sees_request(request_id));
CREATE POLICY made ON simpul.shares FOR INSERT TO simpul_app WITH CHECK (simpul.sees_request(request_id));
GRANT SELECT, INSERT ON simpul.shares TO simpul_app;

-- All states that were given these records by this node, whichever desk gave them: a recall reaches every holder.
CREATE FUNCTION simpul.shared_with(records uuid[])
RETURNS TABLE (record_id uuid, version bytea, what text, to_node text, request_id uuid, originator text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT s.record_id, s.version, s.what, s.to_node, s.request_id, s.originator FROM simpul.shares s
  WHERE s.record_id = ANY (records) AND simpul.actor_kind() IN ('officer', 'job')
  -- Whom we permitted to be given it may have it by now, whether or not we heard (COR-1).
  UNION SELECT g.record_id, g.version, s.what, u.to_node, g.request_id, g.originator
  FROM simpul.grants g JOIN simpul.shares s ON s.record_id = g.record_id AND s.version = g.version,
    unnest(g.recipients) AS u (to_node)
  WHERE g.record_id = ANY (records) AND g.given AND g.action = 'onward'
    AND simpul.actor_kind() IN ('officer', 'job')
$$;
REVOKE ALL ON FUNCTION simpul.shared_with(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.shared_with(uuid[]) TO simpul_app;

-- Closed copies are there for jobs alone, which destroy them or replace them; officers see none, whatever a route forgets.
CREATE POLICY not_called_back ON simpul.received_records AS RESTRICTIVE FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR NOT simpul.is_called_back(record_id, version));
CREATE POLICY not_called_back ON simpul.received_items AS RESTRICTIVE FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR NOT simpul.is_called_back(item_id, digest));

CREATE INDEX requests_shared ON simpul.requests USING gin (shared jsonb_path_ops);
CREATE INDEX request_answers_shared ON simpul.request_answers USING gin (shared jsonb_path_ops);
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['requests', 'request_answers', 'received_records', 'received_items'] LOOP
    EXECUTE format('CREATE POLICY owner_takes_back ON simpul.%I FOR UPDATE TO CURRENT_USER USING (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['received_records', 'received_items'] LOOP
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
  END LOOP;
END
$$;
CREATE POLICY replaced ON simpul.received_records FOR UPDATE TO simpul_app USING ((SELECT simpul.is_job()));
GRANT UPDATE (fields, link) ON simpul.received_records TO simpul_app;
GRANT UPDATE (file_name, proof, link) ON simpul.received_items TO simpul_app;

-- A list of copies without the one called back, or with it as it stands from now on.
CREATE FUNCTION simpul.without(list jsonb, key text, record uuid, version text, handling jsonb, evaluation jsonb)
RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_agg(
      CASE WHEN (one ->> 'id')::uuid = record AND one ->> key = version
        THEN one || CASE WHEN handling IS NULL THEN '{}' ELSE jsonb_build_object('handling', handling) END
                 || CASE WHEN evaluation IS NULL THEN '{}' ELSE jsonb_build_object('evaluation', evaluation) END
        ELSE one END ORDER BY place), '[]')
  FROM jsonb_array_elements(list) WITH ORDINALITY AS listed (one, place)
  WHERE handling IS NOT NULL OR evaluation IS NOT NULL
     OR NOT ((one ->> 'id')::uuid = record AND one ->> key = version)
$$;

/*
 * In the transaction in which a recall arrives: what this node holds of it is closed or tightened before anybody looks.
 * `calls`: [{record, version, what, kind, handling, evaluation, grade}] of another state's records. The messages as they
 * came are not kept here; what stands here are copies for reading, and these change at their originator's word (HC-5).
 */
CREATE FUNCTION simpul.take_back_copies(calls jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  call jsonb;
  record uuid;
  list text;
  key text;
  codes jsonb;
  grade jsonb;
  found jsonb;
BEGIN
  IF NOT (simpul.is_job() OR simpul.actor_kind() = 'peer') THEN
    RAISE EXCEPTION 'only a peer or a job takes copies back';
  END IF;
  FOR call IN SELECT * FROM jsonb_array_elements(calls) LOOP
    record := (call ->> 'record')::uuid;
    list := CASE call ->> 'what' WHEN 'item' THEN 'items' ELSE 'records' END;
    key := CASE call ->> 'what' WHEN 'item' THEN 'digest' ELSE 'version' END;
    codes := CASE WHEN call ->> 'kind' = 'restrict' THEN nullif(call -> 'handling', 'null') END;
    grade := CASE WHEN call ->> 'kind' = 'regrade' THEN nullif(call -> 'grade', 'null') END;
    IF call ->> 'what' = 'text' THEN
      UPDATE simpul.request_answers SET content = jsonb_set(content, '{narrative}', '[]')
        WHERE id = record AND direction = 'incoming';
      CONTINUE;
    END IF;
    found := jsonb_build_object(list, jsonb_build_array(jsonb_build_object('id', record, key, call ->> 'version')));
    UPDATE simpul.request_answers SET shared = jsonb_set(shared, ARRAY[list],
        simpul.without(shared -> list, key, record, call ->> 'version', codes, grade)) WHERE shared @> found;
    UPDATE simpul.requests SET shared = jsonb_set(shared, ARRAY[list],
        simpul.without(shared -> list, key, record, call ->> 'version', codes, grade)) WHERE shared @> found;
    IF codes IS NOT NULL THEN
      -- HC-3: what is now under H2 is for the agency that asked, unless a permission for the case stands.
      UPDATE simpul.received_records r SET handling = codes, case_wide = r.case_wide AND (NOT codes -> 'codes' ? 'H2'
          OR (NOT (call -> 'endsGrants')::boolean AND EXISTS (SELECT 1 FROM simpul.grants g
              WHERE g.record_id = record AND g.action = 'case' AND NOT g.given)))
        WHERE r.record_id = record AND r.version = decode(call ->> 'version', 'hex');
      UPDATE simpul.received_items r SET handling = codes, case_wide = r.case_wide AND (NOT codes -> 'codes' ? 'H2'
          OR (NOT (call -> 'endsGrants')::boolean AND EXISTS (SELECT 1 FROM simpul.grants g
              WHERE g.record_id = record AND g.action = 'case' AND NOT g.given)))
        WHERE r.item_id = record AND r.digest = decode(call ->> 'version', 'hex');
    ELSIF grade IS NOT NULL THEN
      UPDATE simpul.received_records r SET evaluation = call ->> 'evaluation'
        WHERE r.record_id = record AND r.version = decode(call ->> 'version', 'hex');
      UPDATE simpul.received_items r SET evaluation = call ->> 'evaluation'
        WHERE r.item_id = record AND r.digest = decode(call ->> 'version', 'hex');
    ELSIF call ->> 'what' = 'item' THEN
      -- Nobody fetches its bytes any more.
      UPDATE simpul.received_items r SET state = 'refused', code = 'CALLED_BACK', fetching = NULL
        WHERE r.item_id = record AND r.digest = decode(call ->> 'version', 'hex') AND r.state = 'fetching';
      DELETE FROM simpul.offered o WHERE o.digest = call ->> 'version';
    END IF;
  END LOOP;
END
$$;
REVOKE ALL ON FUNCTION simpul.take_back_copies(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.take_back_copies(jsonb) TO simpul_app;
CREATE POLICY owner_reads ON simpul.grants FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_takes_back ON simpul.offered FOR ALL TO CURRENT_USER USING (true);

-- The state that calls back stops offering the bytes to those it tells.
CREATE FUNCTION simpul.stop_offering(to_nodes text[], digests text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ DELETE FROM simpul.offered o WHERE o.peer = ANY (to_nodes) AND o.digest = ANY (digests) $$;
REVOKE ALL ON FUNCTION simpul.stop_offering(text[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.stop_offering(text[], text[]) TO simpul_app;

-- What was destroyed is in no sent body either; the sealed bytes open for the recipient alone. Nor are digests kept by
-- which somebody could find out what it was.
CREATE POLICY owner_takes_back ON simpul.outbox FOR ALL TO CURRENT_USER USING (true);
CREATE POLICY owner_takes_back ON simpul.request_keys FOR ALL TO CURRENT_USER USING (true);
CREATE FUNCTION simpul.forget_sent(records uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT simpul.is_job() THEN RAISE EXCEPTION 'only a job forgets'; END IF;
  UPDATE simpul.outbox o SET body = '{}' WHERE o.kind IN ('request.sent', 'answer.released')
    AND o.state IN ('receipted', 'refused', 'dead')
    AND EXISTS (SELECT 1 FROM jsonb_array_elements(coalesce(o.body -> 'records', '[]') || coalesce(o.body -> 'items', '[]')) r
      WHERE (r ->> 'id')::uuid = ANY (records));
  DELETE FROM simpul.request_keys k WHERE k.record_id = ANY (records);
END
$$;
REVOKE ALL ON FUNCTION simpul.forget_sent(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.forget_sent(uuid[]) TO simpul_app;

-- Did this state give us the record, or nobody yet? Where its originator's key is not known here, no other may call it back.
CREATE FUNCTION simpul.given_by(record uuid, peer text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT coalesce(bool_or(held.from_node = peer), true) FROM (
    SELECT r.from_node FROM simpul.received_records r WHERE r.record_id = record
    UNION SELECT r.from_node FROM simpul.received_items r WHERE r.item_id = record
  ) held
$$;
REVOKE ALL ON FUNCTION simpul.given_by(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.given_by(uuid, text) TO simpul_app;

-- Where copies of these lie here, for whoever closes them.
CREATE FUNCTION simpul.copies_of(records uuid[]) RETURNS TABLE (record_id uuid, version bytea, request_id uuid, case_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT r.record_id, r.version, r.request_id, r.case_id FROM simpul.received_records r
    WHERE r.record_id = ANY (records) AND (simpul.is_job() OR simpul.actor_kind() = 'peer')
  UNION SELECT i.item_id, i.digest, i.request_id, i.case_id FROM simpul.received_items i
    WHERE i.item_id = ANY (records) AND (simpul.is_job() OR simpul.actor_kind() = 'peer')
  UNION SELECT a.id, NULL::bytea, t.request_id, q.case_id FROM simpul.request_answers a
    JOIN simpul.request_threads t ON t.id = a.thread_id JOIN simpul.requests q ON q.id = t.request_id
    WHERE a.id = ANY (records) AND a.direction = 'incoming' AND (simpul.is_job() OR simpul.actor_kind() = 'peer')
$$;
REVOKE ALL ON FUNCTION simpul.copies_of(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.copies_of(uuid[]) TO simpul_app;

-- Permissions that a tightening has ended are no permissions, wherever they are asked for.
CREATE FUNCTION simpul.grant_ended(record uuid, version_of bytea, given_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT 1 FROM simpul.recall_closings c WHERE c.record_id = record AND c.version = version_of
    AND c.ends_grants AND given_at <= c.called_at)
$$;
GRANT EXECUTE ON FUNCTION simpul.grant_ended(uuid, bytea, timestamptz) TO simpul_app;
