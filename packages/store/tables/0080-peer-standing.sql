-- Peers as people manage them: since when one is as it is, who stopped it and why, what of the outbox may be seen, and
-- a second try for what was given up on.

ALTER TABLE simpul.peers
  ADD COLUMN health_since timestamptz,
  ADD COLUMN stopped_by text,
  ADD COLUMN stopped_at timestamptz,
  ADD COLUMN stopped_because text CHECK (length(stopped_because) BETWEEN 1 AND 500);
GRANT UPDATE (health_since) ON simpul.peers TO simpul_chores;

-- The envelope that was given up on and of which this is the second try; its number was used, so it could not go again.
ALTER TABLE simpul.outbox ADD COLUMN again_of uuid;
-- The one that its feature wrote, however often it was tried again since.
ALTER TABLE simpul.outbox ADD COLUMN first_id uuid;
CREATE UNIQUE INDEX outbox_again ON simpul.outbox (peer, again_of) WHERE again_of IS NOT NULL;

-- Who may look at the lines to other states: those who keep them, those who send over them, those who look over shoulders.
CREATE FUNCTION simpul.watches_peers() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT simpul.is_job() OR (simpul.actor_kind() = 'officer' AND (
  simpul.has_role('administrator') OR simpul.has_role('liaison') OR simpul.has_role('oversight'))) $$;

CREATE POLICY watched ON simpul.received FOR SELECT TO simpul_app USING ((SELECT simpul.watches_peers()));

-- Envelopes without what they say: contents belong to the desks that wrote them.
CREATE VIEW simpul.outbox_lines WITH (security_barrier) AS
  SELECT o.peer, o.id, o.kind, o.state, o.created_at, o.attempts, o.next_try, o.last_error, o.sequence, o.ended_at,
    cardinality(o.attachments) AS files, o.again_of,
    (SELECT a.id FROM simpul.outbox a WHERE a.peer = o.peer AND a.again_of = o.id) AS again
  FROM simpul.outbox o
  WHERE (SELECT simpul.watches_peers());
GRANT SELECT ON simpul.outbox_lines TO simpul_app;

-- A second try, decided by an administrator. Without a number the envelope itself waits again; its number once used, a
-- new one with the same content does. Gives the id of the one that waits, or null where there is nothing to try again.
CREATE FUNCTION simpul.try_again(of_peer text, given uuid, fresh uuid, moment timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = simpul, pg_temp
AS $$
DECLARE
  letter simpul.outbox;
BEGIN
  IF NOT (simpul.is_job() OR (simpul.actor_kind() = 'officer' AND simpul.has_role('administrator'))) THEN
    RETURN NULL;
  END IF;
  SELECT * INTO letter FROM simpul.outbox
    WHERE peer = of_peer AND id = given AND state IN ('dead', 'refused') FOR UPDATE;
  IF NOT FOUND OR EXISTS (SELECT FROM simpul.outbox WHERE peer = of_peer AND again_of = given) THEN
    RETURN NULL;
  END IF;
  IF letter.sequence IS NULL THEN
    UPDATE simpul.outbox SET state = 'waiting', attempts = 0, next_try = moment, last_error = NULL, ended_at = NULL
      WHERE peer = of_peer AND id = given;
    RETURN given;
  END IF;
  INSERT INTO simpul.outbox (peer, id, kind, body, attachments, created_at, next_try, again_of, first_id)
    VALUES (of_peer, fresh, letter.kind, letter.body, letter.attachments, moment, moment, given,
      coalesce(letter.first_id, given));
  RETURN fresh;
END
$$;
REVOKE ALL ON FUNCTION simpul.try_again(text, uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.try_again(text, uuid, uuid, timestamptz) TO simpul_app;

-- Both work as the keeper of the node's own books, who reaches the outbox and no record of the work.
GRANT CREATE ON SCHEMA simpul TO simpul_chores;
ALTER VIEW simpul.outbox_lines OWNER TO simpul_chores;
ALTER FUNCTION simpul.try_again(text, uuid, uuid, timestamptz) OWNER TO simpul_chores;
REVOKE CREATE ON SCHEMA simpul FROM simpul_chores;
