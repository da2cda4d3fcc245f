-- Lines that mend themselves: which version a peer speaks, what leaves first, and letters of which only the peer's
-- receipt is left because this node was restored from a backup.

-- `version` is the one that both speak and use; this is the newest that the peer said it speaks.
ALTER TABLE simpul.peers ADD COLUMN speaks integer NOT NULL DEFAULT 1 CHECK (speaks >= 1);
GRANT UPDATE (version, speaks) ON simpul.peers TO simpul_chores;

ALTER TABLE simpul.outbox
  -- Leaves before what waits without a number.
  ADD COLUMN urgent boolean NOT NULL DEFAULT false,
  -- Sent before a restore and forgotten by it: the peer's receipt stands here, the content is not held any more.
  ADD COLUMN lost boolean NOT NULL DEFAULT false;
CREATE INDEX outbox_next ON simpul.outbox (peer, sequence, urgent DESC, created_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_lost ON simpul.outbox (peer) WHERE lost;

-- Both belong to the keeper of the node's own books.
GRANT CREATE ON SCHEMA simpul TO simpul_chores;
SET LOCAL ROLE simpul_chores;
DROP VIEW simpul.outbox_lines;
CREATE VIEW simpul.outbox_lines WITH (security_barrier) AS
  SELECT o.peer, o.id, o.kind, o.state, o.created_at, o.attempts, o.next_try, o.last_error, o.sequence, o.ended_at,
    cardinality(o.attachments) AS files, o.again_of,
    (SELECT a.id FROM simpul.outbox a WHERE a.peer = o.peer AND a.again_of = o.id) AS again, o.urgent, o.lost
  FROM simpul.outbox o
  WHERE (SELECT simpul.watches_peers());
GRANT SELECT ON simpul.outbox_lines TO simpul_app;

-- As before, and a second try is as urgent as the first.
CREATE OR REPLACE FUNCTION simpul.try_again(of_peer text, given uuid, fresh uuid, moment timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = simpul, pg_temp
AS $$
DECLARE
  letter simpul.outbox;
BEGIN
  IF NOT (simpul.is_job() OR (simpul.actor_kind() = 'officer' AND simpul.has_role('administrator'))) THEN
    RETURN NULL;
  END IF;
  SELECT * INTO letter FROM simpul.outbox
    WHERE peer = of_peer AND id = given AND state IN ('dead', 'refused') AND NOT lost FOR UPDATE;
  IF NOT FOUND OR EXISTS (SELECT FROM simpul.outbox WHERE peer = of_peer AND again_of = given) THEN
    RETURN NULL;
  END IF;
  IF letter.sequence IS NULL THEN
    UPDATE simpul.outbox SET state = 'waiting', attempts = 0, next_try = moment, last_error = NULL, ended_at = NULL
      WHERE peer = of_peer AND id = given;
    RETURN given;
  END IF;
  INSERT INTO simpul.outbox (peer, id, kind, body, attachments, created_at, next_try, again_of, first_id, urgent)
    VALUES (of_peer, fresh, letter.kind, letter.body, letter.attachments, moment, moment, given,
      coalesce(letter.first_id, given), letter.urgent);
  RETURN fresh;
END
$$;

RESET ROLE;
REVOKE CREATE ON SCHEMA simpul FROM simpul_chores;
