-- A life at risk: another state's wish to be asked is set aside towards one authority, told to that state at once, and
-- reviewed on both sides (HC-9).
ALTER TABLE simpul.grants DROP CONSTRAINT grants_action_check;
ALTER TABLE simpul.grants ADD CONSTRAINT grants_action_check
  CHECK (action IN ('case', 'court', 'onward', 'override'));

CREATE TABLE simpul.overrides (
  id uuid PRIMARY KEY,
  -- Ours: made here. Theirs: made by another state with what is ours, and told to us.
  direction text NOT NULL CHECK (direction IN ('ours', 'theirs')),
  state text NOT NULL CHECK (state IN ('waiting', 'done', 'dropped')),
  -- The request with which it goes; at the state whose it is, the one through which it was given.
  request_id uuid NOT NULL REFERENCES simpul.requests,
  -- Ours: the thread through which it came.
  thread_id uuid NOT NULL,
  -- The state whose it is; where it is ours, the state that passed it on.
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  to_node text NOT NULL CHECK (to_node ~ '^[a-z]{2}$'),
  authority text NOT NULL CHECK (length(authority) BETWEEN 3 AND 300),
  reason text NOT NULL CHECK (length(reason) <= 60),
  facts text NOT NULL CHECK (length(facts) BETWEEN 20 AND 4000),
  -- [{record, version, kind, title}]
  records jsonb NOT NULL,
  desk_id uuid,
  asked_by uuid,
  second_by uuid CHECK (second_by <> asked_by),
  -- Nobody else was on duty.
  alone boolean NOT NULL DEFAULT false,
  asked_at timestamptz NOT NULL,
  at timestamptz,
  finding text CHECK (finding IN ('justified', 'not-justified')),
  review text CHECK (length(review) <= 2000),
  reviewed_by uuid CHECK (reviewed_by <> asked_by AND reviewed_by <> second_by),
  reviewed_at timestamptz,
  CHECK ((direction = 'ours') = (asked_by IS NOT NULL)),
  CHECK ((state = 'done') = (at IS NOT NULL)),
  CHECK (direction = 'theirs' OR state <> 'done' OR alone = (second_by IS NULL)),
  CHECK ((finding IS NULL) = (reviewed_by IS NULL) AND (finding IS NULL) = (reviewed_at IS NULL))
);
CREATE INDEX overrides_of_request ON simpul.overrides (request_id);
CREATE INDEX overrides_unreviewed ON simpul.overrides (at) WHERE finding IS NULL;

ALTER TABLE simpul.overrides ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.overrides FORCE ROW LEVEL SECURITY;
-- Who sees the request, and oversight, which sees what was done without the request itself (AUD-2).
CREATE POLICY seen ON simpul.overrides FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('oversight'))
  OR simpul.sees_request(request_id)
);
CREATE POLICY made ON simpul.overrides FOR INSERT TO simpul_app WITH CHECK (
  simpul.sees_request(request_id) AND CASE direction
    WHEN 'ours' THEN asked_by = simpul.officer()
    ELSE peer = simpul.peer() END
);
CREATE POLICY changed ON simpul.overrides FOR UPDATE TO simpul_app USING (
  (SELECT simpul.actor_kind() = 'officer')
  AND ((SELECT simpul.has_role('oversight')) OR simpul.sees_request(request_id))
);
GRANT SELECT, INSERT ON simpul.overrides TO simpul_app;
GRANT UPDATE (state, second_by, alone, at, finding, review, reviewed_by, reviewed_at) ON simpul.overrides TO simpul_app;

-- Is anybody else on duty who could be the second officer: of the contact point, here now, not the one who asks?
CREATE FUNCTION simpul.second_on_duty(at timestamptz) RETURNS boolean
LANGUAGE sql STABLE
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.officers o
      JOIN simpul.memberships m ON m.officer_id = o.id AND m.ended_at IS NULL
      JOIN simpul.desks d ON d.id = m.desk_id JOIN simpul.agencies a ON a.id = d.agency_id
    WHERE o.left_at IS NULL AND a.kind = 'liaison' AND m.roles && ARRAY['liaison', 'supervisor']
      AND o.id <> simpul.officer()
      AND NOT EXISTS (SELECT 1 FROM simpul.absences x WHERE x.officer_id = o.id AND x.ended_at IS NULL
        AND x.from_at <= at AND x.until_at > at))
$$;
GRANT EXECUTE ON FUNCTION simpul.second_on_duty(timestamptz) TO simpul_app;

-- A recall also reaches whom somebody passed it to under HC-9, as we were told (COR-1).
CREATE OR REPLACE FUNCTION simpul.shared_with(records uuid[])
RETURNS TABLE (record_id uuid, version bytea, what text, to_node text, request_id uuid, originator text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT s.record_id, s.version, s.what, s.to_node, s.request_id, s.originator FROM simpul.shares s
  WHERE s.record_id = ANY (records) AND simpul.actor_kind() IN ('officer', 'job')
  UNION SELECT g.record_id, g.version, s.what, u.to_node, g.request_id, g.originator
  FROM simpul.grants g JOIN simpul.shares s ON s.record_id = g.record_id AND s.version = g.version,
    unnest(g.recipients) AS u (to_node)
  WHERE g.record_id = ANY (records)
    AND ((g.given AND g.action = 'onward') OR (g.action = 'override' AND EXISTS (
      SELECT 1 FROM simpul.overrides v WHERE v.request_id = g.request_id AND v.direction = 'theirs' AND v.peer = g.holder)))
    AND simpul.actor_kind() IN ('officer', 'job')
$$;
CREATE POLICY owner_reads ON simpul.overrides FOR SELECT TO CURRENT_USER USING (true);
