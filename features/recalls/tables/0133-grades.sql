-- Another grade proposed by a state that holds something, until its originator answers; both grades are shown meanwhile (EV-4).

CREATE TABLE simpul.grade_proposals (
  id uuid PRIMARY KEY,
  -- Ours: we hold it and propose. Otherwise it is ours, and another state proposes.
  ours boolean NOT NULL,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  state text NOT NULL CHECK (state IN ('open', 'accepting', 'accepted', 'declined', 'undelivered')),
  record_id uuid NOT NULL,
  version bytea NOT NULL CHECK (length(version) = 32),
  what text NOT NULL CHECK (what IN ('subject', 'selector', 'place', 'event', 'link', 'item')),
  title text NOT NULL DEFAULT '' CHECK (length(title) <= 300),
  -- The grade under which it was given, and the one proposed (4x4).
  given text NOT NULL CHECK (length(given) = 2),
  proposed text NOT NULL CHECK (length(proposed) = 2),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 4000),
  request_id uuid NOT NULL,
  case_id uuid,
  by_officer uuid,
  at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  -- The recall by which an accepted one reaches every holder (EV-5).
  recall_id uuid REFERENCES simpul.recalls,
  answer text CHECK (length(answer) <= 4000),
  answered_by uuid,
  answered_at timestamptz
);
CREATE INDEX grade_proposals_due ON simpul.grade_proposals (due_at) WHERE state IN ('open', 'accepting');
CREATE INDEX grade_proposals_of ON simpul.grade_proposals (request_id);
CREATE INDEX grade_proposals_about ON simpul.grade_proposals (record_id);
-- One at a time about the same version, from the same state.
CREATE UNIQUE INDEX grade_proposals_open ON simpul.grade_proposals (ours, peer, record_id, version)
  WHERE state IN ('open', 'accepting');

-- With which request this version went to the peer that acts here, or may have gone by our permission; null where it did not.
CREATE FUNCTION simpul.given_to_peer(record uuid, version_of bytea) RETURNS TABLE (request_id uuid, what text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT s.request_id, s.what FROM simpul.shares s
  WHERE s.record_id = record AND s.version = version_of AND simpul.actor_kind() = 'peer'
    AND (s.to_node = simpul.peer() OR EXISTS (SELECT 1 FROM simpul.grants g WHERE g.record_id = record
      AND g.version = version_of AND g.given AND g.action = 'onward' AND simpul.peer() = ANY (g.recipients)))
  ORDER BY s.to_node <> simpul.peer(), s.at DESC LIMIT 1
$$;
REVOKE ALL ON FUNCTION simpul.given_to_peer(uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.given_to_peer(uuid, bytea) TO simpul_app;

ALTER TABLE simpul.grade_proposals ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.grade_proposals FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.grade_proposals FOR SELECT TO simpul_app USING (
  CASE WHEN (SELECT simpul.actor_kind() = 'peer') THEN peer = (SELECT simpul.peer())
       ELSE simpul.sees_request(request_id) END);
CREATE POLICY made ON simpul.grade_proposals FOR INSERT TO simpul_app WITH CHECK (
  (ours AND by_officer = (SELECT simpul.officer()) AND simpul.sees_request(request_id))
  OR (NOT ours AND (SELECT simpul.actor_kind() = 'peer') AND peer = (SELECT simpul.peer())));
CREATE POLICY changed ON simpul.grade_proposals FOR UPDATE TO simpul_app USING (
  CASE WHEN (SELECT simpul.actor_kind() = 'peer') THEN peer = (SELECT simpul.peer())
       ELSE simpul.sees_request(request_id) END);
GRANT SELECT, INSERT ON simpul.grade_proposals TO simpul_app;
GRANT UPDATE (state, recall_id, answer, answered_by, answered_at) ON simpul.grade_proposals TO simpul_app;
