-- A call back reaches whoever was told on, also when the message itself was forgotten here (RET-1): of what another state was
-- told stay its random id, that state, and the digest that joins it with what a peer had passed on, until it is gone there.
ALTER TABLE simpul.distress_told
  ALTER given_by DROP NOT NULL,
  ALTER agreed_by DROP NOT NULL,
  ADD CHECK (state IS NOT NULL OR (given_by IS NOT NULL AND agreed_by IS NOT NULL));

DROP FUNCTION simpul.forget_distress(timestamptz, date, integer);
CREATE FUNCTION simpul.forget_distress(quiet_since timestamptz, unread_since date, held_since timestamptz, most integer)
RETURNS TABLE (messages integer, replies integer, told integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE gone uuid[];
BEGIN
  IF simpul.actor_kind() IS DISTINCT FROM 'job' THEN
    RAISE EXCEPTION 'a job of the node does this' USING ERRCODE = '42501';
  END IF;
  SELECT coalesce(array_agg(q.id), '{}') INTO gone FROM (
    SELECT m.id FROM simpul.distress_messages m WHERE m.taken_at < quiet_since
      AND NOT EXISTS (SELECT 1 FROM simpul.distress_facts f WHERE f.message_id = m.id AND f.hour >= quiet_since)
      ORDER BY m.taken_at LIMIT most) q;
  DELETE FROM simpul.distress_facts f WHERE f.message_id = ANY (gone);
  DELETE FROM simpul.distress_steps s WHERE s.message_id = ANY (gone);
  DELETE FROM simpul.distress_messages m WHERE m.id = ANY (gone);
  messages := coalesce(array_length(gone, 1), 0);
  DELETE FROM simpul.distress_replies r WHERE r.tag IN (
    SELECT o.tag FROM simpul.distress_replies o GROUP BY o.tag HAVING max(o.day) < unread_since LIMIT most);
  GET DIAGNOSTICS replies = ROW_COUNT;
  DELETE FROM simpul.distress_told t WHERE CASE WHEN t.state IS NULL
    THEN coalesce(t.answered_at, t.seen_at, t.at) < quiet_since
    ELSE t.at < held_since OR (t.gone_at < quiet_since AND t.gone_waits = '{}') END;
  GET DIAGNOSTICS told = ROW_COUNT;
  -- Who told it, when, and when it was taken there goes; what it takes to call it back stays.
  UPDATE simpul.distress_told t SET given_by = NULL, agreed_by = NULL, seen_at = NULL, at = date_trunc('month', t.at)
    WHERE t.state IS NOT NULL AND t.given_by IS NOT NULL AND coalesce(t.seen_at, t.at) < quiet_since;
  RETURN NEXT;
END
$$;
REVOKE ALL ON FUNCTION simpul.forget_distress(timestamptz, date, timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.forget_distress(timestamptz, date, timestamptz, integer) TO simpul_app;

-- As before, and what was told on goes also when the message was forgotten. `told_on` is a digest of that peer and its id, so
-- that no other peer reaches it. What was told on had been taken.
CREATE OR REPLACE FUNCTION simpul.call_back_distress(which uuid, told_on uuid, now timestamptz)
RETURNS TABLE (was_taken boolean, onward jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF simpul.actor_kind() IS DISTINCT FROM 'peer' THEN
    RAISE EXCEPTION 'only whoever passed it on takes it back' USING ERRCODE = '42501';
  END IF;
  INSERT INTO simpul.distress_called_back (id, state, taken, at)
    VALUES (which, simpul.peer(), EXISTS (SELECT FROM simpul.distress_messages m
      WHERE m.id = which AND m.from_state = simpul.peer() AND m.taken_by IS NOT NULL)
      OR EXISTS (SELECT FROM simpul.distress_told t WHERE t.origin = told_on), date_trunc('hour', now))
    ON CONFLICT DO NOTHING;
  IF FOUND THEN
    IF EXISTS (SELECT FROM simpul.distress_messages m WHERE m.id = which AND m.from_state = simpul.peer()) THEN
      DELETE FROM simpul.distress_facts f WHERE f.message_id = which;
      DELETE FROM simpul.distress_steps s WHERE s.message_id = which;
      DELETE FROM simpul.distress_messages m WHERE m.id = which;
    END IF;
    UPDATE simpul.distress_told t SET withdrawn_at = now WHERE t.origin = told_on AND t.withdrawn_at IS NULL;
  END IF;
  SELECT c.taken INTO was_taken FROM simpul.distress_called_back c WHERE c.state = simpul.peer() AND c.id = which;
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'state', t.state, 'desk', t.desk_id)), '[]') INTO onward
    FROM simpul.distress_told t WHERE t.origin = told_on AND t.withdrawn_at IS NOT NULL;
  RETURN NEXT;
END
$$;
