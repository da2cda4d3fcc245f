-- RET-1: what is done goes after its time. Which time is the node's to say; the function only does it, for a job of the node.
CREATE POLICY owner_forgets ON simpul.distress_facts FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY owner_forgets ON simpul.distress_replies FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY owner_forgets ON simpul.distress_steps FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY owner_forgets ON simpul.distress_told FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true);

-- A message that somebody took and about which nothing was written since; what nobody took is never silently gone. Words
-- behind a number as long after the last of them as whoever holds it may need to find a way back to them.
CREATE FUNCTION simpul.forget_distress(quiet_since timestamptz, unread_since date, most integer)
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
  DELETE FROM simpul.distress_told t WHERE coalesce(t.answered_at, t.seen_at, t.at) < quiet_since;
  GET DIAGNOSTICS told = ROW_COUNT;
  RETURN NEXT;
END
$$;
REVOKE ALL ON FUNCTION simpul.forget_distress(timestamptz, date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.forget_distress(timestamptz, date, integer) TO simpul_app;
