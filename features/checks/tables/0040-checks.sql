-- Checks: what this node asked of other states, what it answered them, its keys and index, and what looked wrong.

-- Secrets of the feature, each wrapped by the node's key box: pseudonyms of operators, commitments to cases.
CREATE TABLE simpul.check_secrets (
  name text PRIMARY KEY CHECK (length(name) <= 40),
  wrapped bytea NOT NULL CHECK (length(wrapped) <= 200),
  made_at timestamptz NOT NULL
);
ALTER TABLE simpul.check_secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON simpul.check_secrets FOR ALL TO simpul_app USING ((SELECT simpul.is_job()));
GRANT SELECT, INSERT ON simpul.check_secrets TO simpul_app;

-- One seed per month, from which the keys of all types follow; destroyed after its month, and with it every tag's meaning.
CREATE TABLE simpul.check_epochs (
  epoch text PRIMARY KEY CHECK (epoch ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  seed bytea CHECK (length(seed) <= 200),
  made_at timestamptz NOT NULL,
  destroyed_at timestamptz,
  CHECK ((seed IS NULL) = (destroyed_at IS NOT NULL))
);
ALTER TABLE simpul.check_epochs ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_epochs FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON simpul.check_epochs FOR ALL TO simpul_app USING ((SELECT simpul.is_job()));
GRANT SELECT, INSERT, UPDATE ON simpul.check_epochs TO simpul_app;

-- The filter that peers test against: of every type, in every month. It says nothing without this node's evaluation.
CREATE TABLE simpul.check_indexes (
  epoch text NOT NULL REFERENCES simpul.check_epochs,
  type text NOT NULL CHECK (length(type) <= 20),
  key_id text NOT NULL,
  public_key text NOT NULL,
  profile text NOT NULL,
  -- Records behind it, and tags in it with padding and canaries.
  records integer NOT NULL CHECK (records >= 0),
  tags integer NOT NULL CHECK (tags > 0),
  -- SHA-256 of the file.
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  -- SHA-256 of its tags alone: a rebuild that finds the same writes nothing.
  content text NOT NULL CHECK (content ~ '^[0-9a-f]{64}$'),
  file bytea NOT NULL,
  made_at timestamptz NOT NULL,
  not_after timestamptz NOT NULL,
  PRIMARY KEY (epoch, type)
);
-- Served in pieces: not compressed, so that a piece is read without the rest.
ALTER TABLE simpul.check_indexes ALTER COLUMN file SET STORAGE EXTERNAL;
ALTER TABLE simpul.check_indexes ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_indexes FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON simpul.check_indexes FOR ALL TO simpul_app USING ((SELECT simpul.is_job()));
CREATE POLICY watched ON simpul.check_indexes FOR SELECT TO simpul_app USING (
  (SELECT simpul.actor_kind() = 'officer' AND (simpul.has_role('liaison') OR simpul.has_role('oversight')))
);
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.check_indexes TO simpul_app;

-- Tags that were computed in this month, by a digest under the month's own seed, so that a rebuild evaluates only news.
CREATE TABLE simpul.check_tags (
  epoch text NOT NULL REFERENCES simpul.check_epochs,
  type text NOT NULL,
  value bytea NOT NULL CHECK (length(value) = 32),
  tag bigint NOT NULL CHECK (tag >= 0),
  PRIMARY KEY (epoch, type, value)
);
ALTER TABLE simpul.check_tags ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_tags FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON simpul.check_tags FOR ALL TO simpul_app USING ((SELECT simpul.is_job()));
GRANT SELECT, INSERT, DELETE ON simpul.check_tags TO simpul_app;

-- HIT-5: the holder's switch for a peer. A peer without a row is answered.
CREATE TABLE simpul.check_peers (
  peer text PRIMARY KEY CHECK (peer ~ '^[a-z]{2}$'),
  stopped boolean NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  switched_by uuid NOT NULL,
  switched_at timestamptz NOT NULL
);
ALTER TABLE simpul.check_peers ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_peers FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.check_peers FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR peer = (SELECT simpul.peer())
  OR (SELECT simpul.actor_kind() = 'officer' AND (simpul.has_role('liaison') OR simpul.has_role('supervisor') OR simpul.has_role('oversight')))
);
CREATE POLICY switched ON simpul.check_peers FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.actor_kind() = 'officer' AND (simpul.has_role('liaison') OR simpul.has_role('supervisor')))
);
CREATE POLICY switched_again ON simpul.check_peers FOR UPDATE TO simpul_app USING (
  (SELECT simpul.actor_kind() = 'officer' AND (simpul.has_role('liaison') OR simpul.has_role('supervisor')))
);
GRANT SELECT, INSERT, UPDATE ON simpul.check_peers TO simpul_app;

-- How much a peer asked on a day: one row that every answer moves, so that two answers at once cannot both be the last.
CREATE TABLE simpul.check_usage (
  peer text NOT NULL,
  day date NOT NULL,
  asked integer NOT NULL CHECK (asked >= 0),
  PRIMARY KEY (peer, day)
);
ALTER TABLE simpul.check_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_usage FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON simpul.check_usage FOR ALL TO simpul_app USING (peer = (SELECT simpul.peer()));
CREATE POLICY watched ON simpul.check_usage FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR (SELECT simpul.actor_kind() = 'officer' AND (simpul.has_role('liaison') OR simpul.has_role('supervisor') OR simpul.has_role('oversight')))
);
GRANT SELECT, INSERT, UPDATE ON simpul.check_usage TO simpul_app;

-- HIT-11, the holder's half: who asked, how much, on what facts. It knows neither the values nor the answer.
CREATE TABLE simpul.check_answered (
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  -- A commitment to the asker's case, one per case and holder.
  case_commitment text NOT NULL CHECK (case_commitment ~ '^[0-9a-f]{64}$'),
  purpose text NOT NULL,
  offence text NOT NULL CHECK (length(offence) <= 60),
  legal_basis text NOT NULL CHECK (length(legal_basis) <= 500),
  operator text NOT NULL CHECK (length(operator) <= 64),
  supervisor text CHECK (length(supervisor) <= 64),
  count integer NOT NULL CHECK (count > 0),
  -- How many of which type, and in which month.
  types jsonb NOT NULL,
  -- SHA-256 of the request as it came, and the entry that both logs hold.
  request text NOT NULL CHECK (request ~ '^[0-9a-f]{64}$'),
  entry text NOT NULL CHECK (entry ~ '^[0-9a-f]{64}$'),
  outcome text NOT NULL CHECK (outcome IN ('evaluated', 'limited', 'refused')),
  because text CHECK (length(because) <= 60),
  delay_ms integer NOT NULL DEFAULT 0,
  PRIMARY KEY (peer, id)
);
CREATE INDEX check_answered_newest ON simpul.check_answered (at DESC, id);
CREATE INDEX check_answered_case ON simpul.check_answered (peer, case_commitment) WHERE outcome = 'evaluated';
ALTER TABLE simpul.check_answered ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_answered FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON simpul.check_answered FOR ALL TO simpul_app USING (peer = (SELECT simpul.peer()));
CREATE POLICY watched ON simpul.check_answered FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR (SELECT simpul.actor_kind() = 'officer' AND (simpul.has_role('liaison') OR simpul.has_role('oversight')))
);
GRANT SELECT, INSERT, UPDATE ON simpul.check_answered TO simpul_app;

-- A check of this node: chosen selectors of a case, asked of chosen states on stated facts.
CREATE TABLE simpul.checks (
  case_id uuid NOT NULL REFERENCES simpul.cases,
  id uuid NOT NULL UNIQUE,
  officer_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  purpose text NOT NULL,
  offence text NOT NULL CHECK (length(offence) <= 60),
  legal_basis text NOT NULL CHECK (length(legal_basis) BETWEEN 1 AND 500),
  -- Who agreed, where many are asked or it looks like guessing.
  supervisor_id uuid,
  decided_at timestamptz,
  state text NOT NULL CHECK (state IN ('proposed', 'declined', 'asking', 'done')),
  -- Why a supervisor must agree.
  needs jsonb NOT NULL DEFAULT '[]',
  count integer NOT NULL CHECK (count > 0),
  terms_version text NOT NULL,
  asked_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (case_id, id),
  CHECK (supervisor_id IS DISTINCT FROM officer_id)
);
CREATE INDEX checks_newest ON simpul.checks (asked_at DESC, id DESC);
CREATE INDEX checks_of_officer ON simpul.checks (officer_id, asked_at DESC);
ALTER TABLE simpul.checks ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.checks FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.checks FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('oversight'))
  OR EXISTS (SELECT 1 FROM simpul.cases c WHERE c.id = case_id)
);
CREATE POLICY asked ON simpul.checks FOR INSERT TO simpul_app WITH CHECK (
  simpul.sees_case(case_id) AND officer_id = (SELECT simpul.officer())
);
CREATE POLICY moved ON simpul.checks FOR UPDATE TO simpul_app USING ((SELECT simpul.is_job()) OR simpul.sees_case(case_id));
GRANT SELECT, INSERT ON simpul.checks TO simpul_app;
GRANT UPDATE (state, supervisor_id, decided_at, ended_at) ON simpul.checks TO simpul_app;

-- What each state answered as a whole.
CREATE TABLE simpul.check_askings (
  case_id uuid NOT NULL,
  check_id uuid NOT NULL,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  state text NOT NULL CHECK (state IN
    ('waiting', 'answered', 'refused', 'limited', 'not-searchable', 'not-reached', 'not-believed', 'given-up')),
  because text CHECK (length(because) <= 60),
  -- The query as the holder logs it; a new month makes a new one.
  query uuid,
  epoch text,
  count integer CHECK (count > 0),
  -- The factors that hide the values, wrapped: the same question is sent again, and a sample can be opened later.
  blinds bytea,
  -- The records asked, by type, in the order of their elements.
  asked jsonb,
  commitment text CHECK (commitment ~ '^[0-9a-f]{64}$'),
  request text CHECK (request ~ '^[0-9a-f]{64}$'),
  entry text CHECK (entry ~ '^[0-9a-f]{64}$'),
  sent_at timestamptz,
  ended_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  next_try timestamptz,
  PRIMARY KEY (case_id, check_id, peer),
  FOREIGN KEY (case_id, check_id) REFERENCES simpul.checks
);
CREATE INDEX check_askings_open ON simpul.check_askings (next_try) WHERE state IN ('waiting', 'not-reached');
CREATE INDEX check_askings_of_peer ON simpul.check_askings (peer, sent_at) WHERE entry IS NOT NULL;
ALTER TABLE simpul.check_askings ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_askings FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.check_askings FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('oversight'))
  OR EXISTS (SELECT 1 FROM simpul.cases c WHERE c.id = case_id)
);
CREATE POLICY asked ON simpul.check_askings FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY moved ON simpul.check_askings FOR UPDATE TO simpul_app USING ((SELECT simpul.is_job()) OR simpul.sees_case(case_id));
GRANT SELECT, INSERT, UPDATE ON simpul.check_askings TO simpul_app;

-- The bit per state and selector. The value stays with the case (HIT-9: a value without a hit is not kept here).
CREATE TABLE simpul.check_results (
  case_id uuid NOT NULL,
  check_id uuid NOT NULL,
  record_id uuid NOT NULL,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  reply text NOT NULL CHECK (reply IN ('waiting', 'hit', 'no-hit', 'not-searchable', 'refused', 'limited', 'not-believed', 'not-reached', 'withdrawn')),
  at timestamptz,
  PRIMARY KEY (case_id, check_id, record_id, peer),
  FOREIGN KEY (case_id, check_id) REFERENCES simpul.checks
);
CREATE INDEX check_results_hits ON simpul.check_results (case_id, at DESC) WHERE reply = 'hit';
ALTER TABLE simpul.check_results ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_results FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.check_results FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR EXISTS (SELECT 1 FROM simpul.cases c WHERE c.id = case_id)
);
CREATE POLICY asked ON simpul.check_results FOR INSERT TO simpul_app WITH CHECK (simpul.sees_case(case_id));
CREATE POLICY answered ON simpul.check_results FOR UPDATE TO simpul_app USING ((SELECT simpul.is_job()) OR simpul.sees_case(case_id));
GRANT SELECT, INSERT ON simpul.check_results TO simpul_app;
GRANT UPDATE (reply, at) ON simpul.check_results TO simpul_app;

-- A peer's keys as it signed them, remembered: another key for the same month is refused and shown.
CREATE TABLE simpul.check_peer_keys (
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  epoch text NOT NULL,
  type text NOT NULL,
  key_id text NOT NULL,
  public_key text NOT NULL CHECK (public_key ~ '^[0-9a-f]{64}$'),
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (peer, epoch, type)
);
ALTER TABLE simpul.check_peer_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_peer_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON simpul.check_peer_keys FOR ALL TO simpul_app USING ((SELECT simpul.is_job()));
GRANT SELECT, INSERT ON simpul.check_peer_keys TO simpul_app;

-- A peer's filters as they were fetched and proven.
CREATE TABLE simpul.check_peer_filters (
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  type text NOT NULL,
  epoch text NOT NULL,
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  file bytea NOT NULL,
  fetched_at timestamptz NOT NULL,
  PRIMARY KEY (peer, type)
);
ALTER TABLE simpul.check_peer_filters ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_peer_filters FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON simpul.check_peer_filters FOR ALL TO simpul_app USING ((SELECT simpul.is_job()));
GRANT SELECT, INSERT, UPDATE ON simpul.check_peer_filters TO simpul_app;

-- What looked wrong (HIT-5): on our side (counting through numbers, guessing) and on a peer's (limits, a changed key).
CREATE TABLE simpul.check_alarms (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  side text NOT NULL CHECK (side IN ('asking', 'holding')),
  kind text NOT NULL CHECK (length(kind) <= 40),
  peer text,
  check_id uuid,
  case_id uuid,
  officer_id uuid,
  facts jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX check_alarms_newest ON simpul.check_alarms (at DESC, id DESC);
ALTER TABLE simpul.check_alarms ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_alarms FORCE ROW LEVEL SECURITY;
CREATE POLICY raised ON simpul.check_alarms FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_job()) OR peer = (SELECT simpul.peer()) OR officer_id = (SELECT simpul.officer())
);
CREATE POLICY seen ON simpul.check_alarms FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('oversight'))
  OR (side = 'holding' AND (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('liaison')))
  OR (side = 'asking' AND case_id IS NOT NULL AND (SELECT simpul.has_role('supervisor')) AND simpul.sees_case(case_id))
);
GRANT SELECT, INSERT ON simpul.check_alarms TO simpul_app;

-- HIT-11: once a month both logs are compared by counts and hashes, without content.
CREATE TABLE simpul.check_comparisons (
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  month text NOT NULL CHECK (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  at timestamptz NOT NULL,
  ours integer NOT NULL,
  theirs integer NOT NULL,
  alike boolean NOT NULL,
  PRIMARY KEY (peer, month)
);
ALTER TABLE simpul.check_comparisons ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.check_comparisons FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs ON simpul.check_comparisons FOR ALL TO simpul_app USING ((SELECT simpul.is_job()));
CREATE POLICY watched ON simpul.check_comparisons FOR SELECT TO simpul_app USING (
  (SELECT simpul.actor_kind() = 'officer' AND (simpul.has_role('liaison') OR simpul.has_role('oversight')))
);
GRANT SELECT, INSERT, UPDATE ON simpul.check_comparisons TO simpul_app;
