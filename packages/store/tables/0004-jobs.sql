-- Jobs: work that waits, taken with FOR UPDATE SKIP LOCKED under a lease, so that a killed worker's job is taken again.

CREATE TABLE simpul.jobs (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 80),
  -- One waiting job per key.
  key text CHECK (length(key) BETWEEN 1 AND 300),
  payload jsonb NOT NULL CHECK (octet_length(payload::text) <= 262144),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'dead')),
  created_at timestamptz NOT NULL,
  run_after timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  -- Who holds it and until when; a lease that ran out is anybody's.
  lease uuid,
  leased_until timestamptz,
  progress jsonb,
  last_error text CHECK (length(last_error) <= 2000),
  ended_at timestamptz,
  CHECK ((state = 'running') = (lease IS NOT NULL))
);
CREATE INDEX jobs_waiting ON simpul.jobs (kind, run_after, id) WHERE state = 'waiting';
CREATE INDEX jobs_running ON simpul.jobs (leased_until) WHERE state = 'running';
CREATE INDEX jobs_ended ON simpul.jobs (state, ended_at) WHERE state IN ('done', 'dead');
CREATE UNIQUE INDEX jobs_key ON simpul.jobs (kind, key) WHERE state = 'waiting' AND key IS NOT NULL;

ALTER TABLE simpul.jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.jobs FORCE ROW LEVEL SECURITY;
-- Whoever acts may leave work behind; what waits there is for the worker, and for administrators to look at.
CREATE POLICY left_behind ON simpul.jobs FOR INSERT TO simpul_app WITH CHECK (state = 'waiting');
CREATE POLICY looked_at ON simpul.jobs FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('administrator'))
);
CREATE POLICY worked ON simpul.jobs FOR ALL TO simpul_chores USING (true);
GRANT SELECT, INSERT ON simpul.jobs TO simpul_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.jobs TO simpul_chores;
