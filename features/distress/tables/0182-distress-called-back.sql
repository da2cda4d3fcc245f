-- Whom the desk suspects later is told nothing any more, and what another state was told is called back from there.
ALTER TABLE simpul.distress_told
  -- What another state's desk had passed on, as a digest under a key that is not in this database: when that state calls
  -- it back, what was told on from here goes with it.
  ADD COLUMN origin uuid,
  -- The other state's word that it is gone there: when, whether somebody there had taken it, which states had it from there.
  ADD COLUMN gone_at timestamptz,
  ADD COLUMN gone_taken boolean,
  ADD COLUMN gone_onward text[] CHECK (cardinality(gone_onward) <= 20),
  ADD CHECK ((gone_at IS NULL) = (gone_taken IS NULL)),
  ADD CHECK (gone_at IS NULL OR withdrawn_at IS NOT NULL);
CREATE INDEX distress_told_origin ON simpul.distress_told (origin) WHERE origin IS NOT NULL;
GRANT UPDATE (gone_at, gone_taken, gone_onward) ON simpul.distress_told TO simpul_app;
-- The last word before a sending: what was called back meanwhile does not leave. Of a state's row there is no text.
CREATE POLICY sent ON simpul.distress_told FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) AND state IS NOT NULL);

-- What another state called back: that it was here, and nothing of it.
CREATE TABLE simpul.distress_called_back (
  id uuid NOT NULL,
  state text NOT NULL CHECK (state ~ '^[a-z]{2}$'),
  taken boolean NOT NULL,
  -- Rounded down to the hour.
  at timestamptz NOT NULL,
  PRIMARY KEY (state, id)
);
ALTER TABLE simpul.distress_called_back ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.distress_called_back FORCE ROW LEVEL SECURITY;
GRANT SELECT ON simpul.distress_called_back TO simpul_app;
CREATE POLICY owner_keeps ON simpul.distress_called_back FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY seen ON simpul.distress_called_back FOR SELECT TO simpul_app USING (
  (SELECT simpul.opens_distress()) OR state = (SELECT simpul.peer()));

-- The state that passed it on takes it back: the message, what the desk wrote about it, and what it told on are gone. Gives
-- whether somebody had taken it, and what went on to other states. The same again changes nothing.
CREATE FUNCTION simpul.call_back_distress(which uuid, told_on uuid, now timestamptz)
RETURNS TABLE (was_taken boolean, onward jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF simpul.actor_kind() IS DISTINCT FROM 'peer' THEN
    RAISE EXCEPTION 'only whoever passed it on takes it back' USING ERRCODE = '42501';
  END IF;
  INSERT INTO simpul.distress_called_back (id, state, taken, at)
    VALUES (which, simpul.peer(), EXISTS (SELECT FROM simpul.distress_messages m
      WHERE m.id = which AND m.from_state = simpul.peer() AND m.taken_by IS NOT NULL), date_trunc('hour', now))
    ON CONFLICT DO NOTHING;
  IF FOUND AND EXISTS (SELECT FROM simpul.distress_messages m WHERE m.id = which AND m.from_state = simpul.peer()) THEN
    DELETE FROM simpul.distress_facts f WHERE f.message_id = which;
    DELETE FROM simpul.distress_steps s WHERE s.message_id = which;
    DELETE FROM simpul.distress_messages m WHERE m.id = which AND m.from_state = simpul.peer();
    UPDATE simpul.distress_told t SET withdrawn_at = now WHERE t.origin = told_on AND t.withdrawn_at IS NULL;
  END IF;
  SELECT c.taken INTO was_taken FROM simpul.distress_called_back c WHERE c.state = simpul.peer() AND c.id = which;
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'state', t.state, 'desk', t.desk_id)), '[]') INTO onward
    FROM simpul.distress_told t WHERE t.origin = told_on AND t.withdrawn_at IS NOT NULL;
  RETURN NEXT;
END
$$;
REVOKE ALL ON FUNCTION simpul.call_back_distress(uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.call_back_distress(uuid, uuid, timestamptz) TO simpul_app;
