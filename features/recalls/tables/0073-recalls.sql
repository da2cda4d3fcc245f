-- What was given and is called back: recalls of either side, what each is about, who holds it, what is closed here.

CREATE TABLE simpul.recalls (
  id uuid PRIMARY KEY,
  -- Ours: we gave it and call it back. Otherwise we hold it.
  ours boolean NOT NULL,
  originator text NOT NULL CHECK (originator ~ '^[a-z]{2}$'),
  kind text NOT NULL CHECK (kind IN ('withdraw', 'correct', 'destroy', 'restrict', 'regrade')),
  -- Ours: submitted, returned, dropped, sent. Theirs: open (waits for an officer), answered.
  state text NOT NULL CHECK (state IN ('submitted', 'returned', 'dropped', 'sent', 'open', 'answered')),
  reason_code text NOT NULL CHECK (length(reason_code) <= 60),
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 4000),
  safety boolean NOT NULL,
  -- The codes or grades that hold from now on (HC-5, EV-5).
  handling jsonb,
  evaluation text,
  -- Permissions given before end with it.
  ends_grants boolean NOT NULL DEFAULT false,
  request_id uuid,
  case_id uuid,
  desk_id uuid,
  agency_id uuid,
  author_id uuid,
  approved_by uuid,
  returned jsonb,
  created_at timestamptz NOT NULL,
  -- When its originator let it go, and until when it is answered.
  at timestamptz,
  due_at timestamptz,
  -- Our answer, as its holder.
  outcome text CHECK (outcome IN ('complied', 'partly', 'refused')),
  answer_code text CHECK (length(answer_code) <= 60),
  answer_text text CHECK (length(answer_text) <= 4000),
  answered_by uuid,
  answered_at timestamptz,
  CHECK (NOT ours OR request_id IS NOT NULL)
);
CREATE INDEX recalls_newest ON simpul.recalls (created_at DESC, id DESC);
CREATE INDEX recalls_open ON simpul.recalls (due_at) WHERE state IN ('open', 'sent', 'submitted');

-- What a recall is about: a version of a record, an item, the words of an answer.
CREATE TABLE simpul.recall_things (
  recall_id uuid NOT NULL REFERENCES simpul.recalls,
  record_id uuid NOT NULL,
  version bytea NOT NULL CHECK (length(version) = 32),
  what text NOT NULL CHECK (what IN ('subject', 'selector', 'place', 'event', 'link', 'item', 'text')),
  -- Ours alone: how we call it. A holder keeps no word of what was called back.
  title text NOT NULL DEFAULT '' CHECK (length(title) <= 300),
  -- The version that takes its place (correct).
  next jsonb,
  next_version bytea CHECK (length(next_version) = 32),
  -- The originator's signature on exactly this; null until it leaves.
  signed text CHECK (octet_length(signed) <= 65536),
  -- What we signed when it was destroyed: no word of what it was (COR-3).
  tombstone text CHECK (octet_length(tombstone) <= 65536),
  PRIMARY KEY (recall_id, record_id, version)
);
CREATE INDEX recall_things_same ON simpul.recall_things (record_id);

-- Who has to answer, as far as this node knows the tree (COR-1).
CREATE TABLE simpul.recall_holders (
  recall_id uuid NOT NULL REFERENCES simpul.recalls,
  holder text NOT NULL CHECK (holder ~ '^[a-z]{2}$'),
  -- Who told it: this node, or a holder that had passed it on.
  via text NOT NULL CHECK (via ~ '^[a-z]{2}$'),
  -- Counts what this node told the holder, so that it can ask for what it lacks.
  line bigint,
  told_at timestamptz NOT NULL,
  -- Since when it is closed there, and to whom it passed it on.
  taken_at timestamptz,
  onward text[] NOT NULL DEFAULT '{}',
  outcome text CHECK (outcome IN ('complied', 'partly', 'refused')),
  code text CHECK (length(code) <= 60),
  text text CHECK (length(text) <= 4000),
  officer text CHECK (length(officer) <= 200),
  destroyed integer NOT NULL DEFAULT 0,
  answered_at timestamptz,
  -- Its signed words, the last of each stage.
  taken text CHECK (octet_length(taken) <= 131072),
  answered text CHECK (octet_length(answered) <= 131072),
  PRIMARY KEY (recall_id, holder)
);
CREATE UNIQUE INDEX recall_holders_line ON simpul.recall_holders (holder, line) WHERE line IS NOT NULL;
-- Which things each holder is told of; no state learns of what another holds.
CREATE TABLE simpul.recall_told (
  recall_id uuid NOT NULL,
  holder text NOT NULL,
  record_id uuid NOT NULL,
  version bytea NOT NULL,
  PRIMARY KEY (recall_id, holder, record_id, version),
  FOREIGN KEY (recall_id, holder) REFERENCES simpul.recall_holders
);
-- Who told us; each of them hears how it ended here.
CREATE TABLE simpul.recall_tellers (
  recall_id uuid NOT NULL REFERENCES simpul.recalls,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  -- Whether it was told that it is closed here, and what was answered.
  taken_told boolean NOT NULL DEFAULT false,
  answer_told boolean NOT NULL DEFAULT false,
  PRIMARY KEY (recall_id, peer)
);

-- How many recalls we told each peer, and how many of its are in force here.
CREATE TABLE simpul.recall_lines (
  peer text PRIMARY KEY CHECK (peer ~ '^[a-z]{2}$'),
  told bigint NOT NULL DEFAULT 0,
  known bigint NOT NULL DEFAULT 0
);

-- What is closed or tightened here, by version; asked by the row security of every table that holds copies.
CREATE TABLE simpul.recall_closings (
  record_id uuid NOT NULL,
  version bytea NOT NULL CHECK (length(version) = 32),
  recall_id uuid NOT NULL REFERENCES simpul.recalls,
  originator text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('withdraw', 'correct', 'destroy', 'restrict', 'regrade')),
  handling jsonb,
  evaluation text,
  ends_grants boolean NOT NULL DEFAULT false,
  -- By the originator's clock: permissions given before end.
  called_at timestamptz NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (record_id, version, recall_id)
);

-- Where it lies here: the requests through which it came or went on.
CREATE TABLE simpul.recall_places (
  recall_id uuid NOT NULL REFERENCES simpul.recalls,
  request_id uuid NOT NULL,
  case_id uuid,
  PRIMARY KEY (recall_id, request_id)
);
CREATE INDEX recall_places_of ON simpul.recall_places (request_id);
CREATE INDEX recall_places_case ON simpul.recall_places (case_id) WHERE case_id IS NOT NULL;

-- What was made of it: shown, never changed in silence (COR-2).
CREATE TABLE simpul.recall_flags (
  recall_id uuid NOT NULL REFERENCES simpul.recalls,
  what text NOT NULL CHECK (what IN ('bundle', 'request', 'answer', 'selector', 'check')),
  about_id uuid NOT NULL,
  record_id uuid NOT NULL,
  request_id uuid,
  case_id uuid,
  -- How it is called here: a case number, a reference; never what was called back.
  label text NOT NULL DEFAULT '' CHECK (length(label) <= 200),
  at timestamptz NOT NULL,
  PRIMARY KEY (recall_id, what, about_id, record_id)
);
CREATE INDEX recall_flags_about ON simpul.recall_flags (about_id);
CREATE INDEX recall_flags_case ON simpul.recall_flags (case_id) WHERE case_id IS NOT NULL;

CREATE FUNCTION simpul.is_called_back(record uuid, version_of bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT 1 FROM simpul.recall_closings c
    WHERE c.record_id = record AND c.version = version_of AND c.kind IN ('withdraw', 'correct', 'destroy'))
$$;

-- Whoever sees a request through which it came or went sees its recall; so do the desk that wrote it and the contact
-- point. A peer, acting here, sees those that it told or was told.
CREATE FUNCTION simpul.sees_recall(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.is_job()
    OR (simpul.actor_kind() = 'peer' AND (
      EXISTS (SELECT 1 FROM simpul.recall_tellers t WHERE t.recall_id = which AND t.peer = simpul.peer())
      OR EXISTS (SELECT 1 FROM simpul.recall_holders h WHERE h.recall_id = which AND h.holder = simpul.peer())
      OR EXISTS (SELECT 1 FROM simpul.recalls r WHERE r.id = which AND NOT r.ours AND r.originator = simpul.peer())))
    OR (simpul.actor_kind() = 'officer' AND (
      simpul.is_contact_point()
      OR EXISTS (SELECT 1 FROM simpul.recalls r WHERE r.id = which AND r.desk_id = simpul.desk() AND simpul.works_cases())
      OR EXISTS (SELECT 1 FROM simpul.recall_places p WHERE p.recall_id = which AND simpul.sees_request(p.request_id))))
$$;
-- What is closed of these; to whoever takes in for this node also what another state called back.
CREATE FUNCTION simpul.closings_among(records uuid[]) RETURNS SETOF simpul.recall_closings
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT c.* FROM simpul.recall_closings c WHERE c.record_id = ANY (records)
    AND (simpul.actor_kind() = 'peer' OR simpul.sees_recall(c.recall_id)) ORDER BY c.at, c.recall_id
$$;
GRANT EXECUTE ON FUNCTION simpul.is_called_back(uuid, bytea), simpul.sees_recall(uuid), simpul.closings_among(uuid[])
  TO simpul_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['recalls', 'recall_things', 'recall_holders', 'recall_told', 'recall_tellers', 'recall_lines',
    'recall_closings', 'recall_places', 'recall_flags'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['recall_things', 'recall_holders', 'recall_told', 'recall_closings', 'recall_flags'] LOOP
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING (simpul.sees_recall(recall_id))', t);
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK (simpul.sees_recall(recall_id))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
-- A late copy finds its place by the peer that brings it, which need not be the one that called it back.
CREATE POLICY seen ON simpul.recall_places FOR SELECT TO simpul_app USING (simpul.sees_recall(recall_id));
CREATE POLICY made ON simpul.recall_places FOR INSERT TO simpul_app
  WITH CHECK (simpul.sees_recall(recall_id) OR (SELECT simpul.actor_kind() = 'peer'));
GRANT SELECT, INSERT ON simpul.recall_places TO simpul_app;
CREATE POLICY seen ON simpul.recalls FOR SELECT TO simpul_app USING (
  simpul.sees_recall(id) OR (ours AND author_id = (SELECT simpul.officer()))
  OR (NOT ours AND (SELECT simpul.actor_kind() = 'peer') AND originator = (SELECT simpul.peer())));
CREATE POLICY made ON simpul.recalls FOR INSERT TO simpul_app WITH CHECK (
  (ours AND author_id = (SELECT simpul.officer()) AND simpul.sees_request(request_id))
  OR (NOT ours AND (SELECT simpul.actor_kind() = 'peer')));
CREATE POLICY changed ON simpul.recalls FOR UPDATE TO simpul_app USING (simpul.sees_recall(id));
GRANT SELECT, INSERT ON simpul.recalls TO simpul_app;
GRANT UPDATE (state, reason, approved_by, returned, at, due_at, outcome, answer_code, answer_text, answered_by, answered_at)
  ON simpul.recalls TO simpul_app;
CREATE POLICY changed ON simpul.recall_things FOR UPDATE TO simpul_app USING (simpul.sees_recall(recall_id));
GRANT UPDATE (next, next_version, signed, tombstone) ON simpul.recall_things TO simpul_app;
CREATE POLICY changed ON simpul.recall_holders FOR UPDATE TO simpul_app USING (simpul.sees_recall(recall_id));
GRANT UPDATE (line, taken_at, onward, outcome, code, text, officer, destroyed, answered_at, taken, answered)
  ON simpul.recall_holders TO simpul_app;
CREATE POLICY seen ON simpul.recall_tellers FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR peer = (SELECT simpul.peer()) OR simpul.sees_recall(recall_id));
CREATE POLICY made ON simpul.recall_tellers FOR INSERT TO simpul_app WITH CHECK (peer = (SELECT simpul.peer()));
CREATE POLICY told ON simpul.recall_tellers FOR UPDATE TO simpul_app USING ((SELECT simpul.is_job()));
GRANT SELECT, INSERT ON simpul.recall_tellers TO simpul_app;
GRANT UPDATE (taken_told, answer_told) ON simpul.recall_tellers TO simpul_app;
CREATE POLICY counted ON simpul.recall_lines FOR ALL TO simpul_app USING (true);
GRANT SELECT, INSERT, UPDATE ON simpul.recall_lines TO simpul_app;

-- Who sees a recall also sees what was done with it (AUD-1).
CREATE POLICY of_seen_recall ON simpul.leaves FOR SELECT TO simpul_app
  USING (about_id IS NOT NULL AND simpul.sees_recall(about_id));
