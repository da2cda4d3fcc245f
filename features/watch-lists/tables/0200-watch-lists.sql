-- Signed watch lists of recruiters and transporters: ours, given to chosen states; and those that other states gave us.

CREATE TABLE simpul.watch_lists (
  id uuid PRIMARY KEY,
  origin text NOT NULL CHECK (origin ~ '^[a-z]{2}$'),
  ours boolean NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 3 AND 200),
  -- True: its entries stay with the state that made it, and are found by private check alone.
  stays boolean NOT NULL,
  recipients text[] NOT NULL DEFAULT '{}',
  agency_id uuid NOT NULL,
  desk_id uuid,
  legal_basis text NOT NULL CHECK (length(legal_basis) BETWEEN 3 AND 500),
  -- Whom to call when somebody on it is met, at any hour.
  call text NOT NULL CHECK (length(call) BETWEEN 3 AND 300),
  until timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'active', 'recalled', 'dropped')),
  version integer NOT NULL DEFAULT 0,
  -- The newest version as its authority signed it, and under which key that was found; what is used is read from it.
  statement text,
  signed_by bytea CHECK (length(signed_by) = 32),
  -- Of a list that stays: the seed of its key, wrapped by the node's.
  seed bytea,
  made_by uuid,
  made_at timestamptz NOT NULL,
  agreed_by uuid CHECK (agreed_by <> made_by),
  agreed_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  end_reason text CHECK (length(end_reason) <= 500),
  CHECK (ours = (made_by IS NOT NULL)),
  CHECK (state <> 'active' OR (statement IS NOT NULL AND signed_by IS NOT NULL)),
  CHECK ((state IN ('recalled', 'dropped')) = (ended_at IS NOT NULL))
);

-- Entries of our own lists. A correction is a new entry that replaces one; nothing is overwritten.
CREATE TABLE simpul.watch_entries (
  id uuid PRIMARY KEY,
  list_id uuid NOT NULL REFERENCES simpul.watch_lists,
  entry jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'active', 'removed', 'dropped')),
  replaces uuid REFERENCES simpul.watch_entries,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  agreed_by uuid CHECK (agreed_by <> made_by),
  agreed_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  reason text CHECK (length(reason) <= 500),
  -- HIT-1: whatever a screen did, nobody else is ever listed.
  CHECK (entry ->> 'role' IN ('suspect', 'facilitator')),
  CHECK ((state IN ('removed', 'dropped')) = (ended_at IS NOT NULL))
);
CREATE INDEX watch_entries_of ON simpul.watch_entries (list_id, state);

-- What each state was given, and which version its node took.
CREATE TABLE simpul.watch_list_holders (
  list_id uuid NOT NULL REFERENCES simpul.watch_lists,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  version integer NOT NULL,
  sent_at timestamptz NOT NULL,
  taken_version integer,
  taken_at timestamptz,
  refused text,
  -- It was told that the list is recalled, and its node took that.
  recall_taken_at timestamptz,
  PRIMARY KEY (list_id, peer)
);

-- HIT-5: how much a state asked of the lists that stay with us, by day.
CREATE TABLE simpul.watch_list_usage (
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  day date NOT NULL,
  asked integer NOT NULL,
  PRIMARY KEY (peer, day)
);

CREATE FUNCTION simpul.keeps_watch_lists() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT simpul.oversees()
  OR (simpul.works_cases() AND simpul.purpose() IN ('crime-investigation', 'border-control', 'mutual-assistance')) $$;
GRANT EXECUTE ON FUNCTION simpul.keeps_watch_lists() TO simpul_app;

ALTER TABLE simpul.watch_lists ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.watch_lists FORCE ROW LEVEL SECURITY;
ALTER TABLE simpul.watch_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.watch_entries FORCE ROW LEVEL SECURITY;
ALTER TABLE simpul.watch_list_holders ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.watch_list_holders FORCE ROW LEVEL SECURITY;
ALTER TABLE simpul.watch_list_usage ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.watch_list_usage FORCE ROW LEVEL SECURITY;

CREATE POLICY seen ON simpul.watch_lists FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.keeps_watch_lists())
  OR ((SELECT simpul.actor_kind() = 'peer')
      AND CASE WHEN ours THEN (SELECT simpul.peer()) = ANY (recipients) ELSE origin = (SELECT simpul.peer()) END)
);
CREATE POLICY made ON simpul.watch_lists FOR INSERT TO simpul_app WITH CHECK (
  CASE WHEN ours THEN state = 'proposed' AND (SELECT simpul.keeps_watch_lists()) AND made_by = (SELECT simpul.officer())
    ELSE (SELECT simpul.actor_kind() = 'peer') AND origin = (SELECT simpul.peer()) END
);
CREATE POLICY changed ON simpul.watch_lists FOR UPDATE TO simpul_app USING (
  (ours AND (SELECT simpul.keeps_watch_lists()))
  OR (NOT ours AND (SELECT simpul.actor_kind() = 'peer') AND origin = (SELECT simpul.peer()))
);
GRANT SELECT, INSERT ON simpul.watch_lists TO simpul_app;
GRANT UPDATE (title, stays, agency_id, legal_basis, call, until, state, version, statement, signed_by, seed, agreed_by,
  agreed_at, ended_by, ended_at, end_reason) ON simpul.watch_lists TO simpul_app;

CREATE POLICY seen ON simpul.watch_entries FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR (SELECT simpul.keeps_watch_lists()));
CREATE POLICY made ON simpul.watch_entries FOR INSERT TO simpul_app WITH CHECK (
  state = 'proposed' AND (SELECT simpul.keeps_watch_lists()) AND made_by = (SELECT simpul.officer())
);
CREATE POLICY changed ON simpul.watch_entries FOR UPDATE TO simpul_app USING ((SELECT simpul.keeps_watch_lists()));
GRANT SELECT, INSERT ON simpul.watch_entries TO simpul_app;
GRANT UPDATE (state, agreed_by, agreed_at, ended_by, ended_at, reason) ON simpul.watch_entries TO simpul_app;

CREATE POLICY seen ON simpul.watch_list_holders FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR (SELECT simpul.keeps_watch_lists()));
CREATE POLICY made ON simpul.watch_list_holders FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.keeps_watch_lists()));
CREATE POLICY changed ON simpul.watch_list_holders FOR UPDATE TO simpul_app
  USING ((SELECT simpul.is_job()) OR (SELECT simpul.keeps_watch_lists()));
GRANT SELECT, INSERT ON simpul.watch_list_holders TO simpul_app;
GRANT UPDATE (version, sent_at, taken_version, taken_at, refused, recall_taken_at) ON simpul.watch_list_holders TO simpul_app;

CREATE POLICY own ON simpul.watch_list_usage FOR ALL TO simpul_app
  USING ((SELECT simpul.actor_kind() = 'peer') AND peer = (SELECT simpul.peer()));
CREATE POLICY watched ON simpul.watch_list_usage FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR (SELECT simpul.keeps_watch_lists()));
GRANT SELECT, INSERT, UPDATE ON simpul.watch_list_usage TO simpul_app;
