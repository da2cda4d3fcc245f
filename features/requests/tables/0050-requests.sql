-- Requests between states on either side: drafts, what is asked of whom, answers, what was released and received.

-- The national contact point sees what comes in and what goes out (MSG-7).
CREATE POLICY owner_reads ON simpul.agencies FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION simpul.is_contact_point() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.actor_kind() = 'officer' AND (simpul.has_role('liaison') OR simpul.has_role('supervisor'))
     AND EXISTS (SELECT 1 FROM simpul.agencies a WHERE a.id = simpul.agency() AND a.kind = 'liaison')
$$;

CREATE TABLE simpul.requests (
  id uuid PRIMARY KEY,
  direction text NOT NULL CHECK (direction IN ('outgoing', 'incoming')),
  -- Outgoing: whether it is still being written. Incoming ones have been sent, somewhere else.
  state text NOT NULL CHECK (state IN ('draft', 'submitted', 'sent', 'withdrawn')),
  -- The state that asks, where it is not ours.
  peer text CHECK (peer ~ '^[a-z]{2}$'),
  case_id uuid,
  case_number text,
  case_title text,
  agency_id uuid,
  desk_id uuid,
  author_id uuid,
  subject text NOT NULL DEFAULT '' CHECK (length(subject) <= 300),
  -- What was asked, as saved: AskDraft without its case.
  draft jsonb NOT NULL,
  -- Copies of what was chosen, as they will be seen: { records, items }.
  shared jsonb NOT NULL DEFAULT '{"records": [], "items": []}',
  version integer NOT NULL DEFAULT 1,
  approved_by uuid,
  returned jsonb,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  CHECK ((direction = 'outgoing') = (peer IS NULL)),
  CHECK ((direction = 'outgoing') = (case_id IS NOT NULL))
);
CREATE INDEX requests_newest ON simpul.requests (direction, changed_at DESC, id DESC);
CREATE INDEX requests_of_case ON simpul.requests (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX requests_of_desk ON simpul.requests (desk_id, changed_at DESC);

-- A request as it stands with one state; several of one request do not know of each other (RFI-8).
CREATE TABLE simpul.request_threads (
  id uuid PRIMARY KEY,
  request_id uuid NOT NULL REFERENCES simpul.requests,
  direction text NOT NULL CHECK (direction IN ('outgoing', 'incoming')),
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  reference text NOT NULL CHECK (length(reference) <= 40),
  state text NOT NULL CHECK (state IN ('queued', 'delivered', 'opened', 'in-work', 'clarification', 'judicial',
    'answered', 'refused', 'withdrawn', 'closed', 'undelivered')),
  outcome text CHECK (outcome IN ('full', 'partial', 'none-held')),
  code text CHECK (length(code) <= 80),
  clock jsonb,
  due_at timestamptz,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX request_threads_of ON simpul.request_threads (request_id, id);
CREATE INDEX request_threads_due ON simpul.request_threads (due_at) WHERE due_at IS NOT NULL;
CREATE UNIQUE INDEX request_threads_reference ON simpul.request_threads (direction, peer, reference);

-- References are counted apart for each pair and year, so that one tells of no other.
CREATE TABLE simpul.request_serials (
  peer text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('request', 'permission')),
  year integer NOT NULL,
  last integer NOT NULL,
  PRIMARY KEY (peer, kind, year)
);

-- Does the actor see this request? Its case's readers, its desk, the contact point; the state it is exchanged with
-- only while it acts here as a peer.
CREATE FUNCTION simpul.sees_request(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.requests r
    WHERE r.id = which
      AND (simpul.is_job()
           OR (simpul.actor_kind() = 'peer'
               AND EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.request_id = r.id AND t.peer = simpul.peer()))
           OR (simpul.actor_kind() = 'officer'
               AND (simpul.is_contact_point()
                    OR (r.case_id IS NOT NULL AND simpul.sees_case(r.case_id))
                    OR (r.desk_id = simpul.desk() AND simpul.works_cases())))))
$$;
GRANT EXECUTE ON FUNCTION simpul.is_contact_point(), simpul.sees_request(uuid) TO simpul_app;

ALTER TABLE simpul.requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.requests FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.requests FOR SELECT TO CURRENT_USER USING (true);
-- The rule of sees_request, spelt with columns so that a list asks each question once.
CREATE POLICY seen ON simpul.requests FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR (SELECT simpul.is_contact_point())
  OR (case_id IS NOT NULL AND (SELECT simpul.actor_kind() = 'officer')
      AND EXISTS (SELECT 1 FROM simpul.cases c WHERE c.id = case_id))
  OR (desk_id = (SELECT simpul.desk()) AND (SELECT simpul.works_cases()))
  OR ((SELECT simpul.actor_kind() = 'peer') AND simpul.sees_request(id))
);
CREATE POLICY made ON simpul.requests FOR INSERT TO simpul_app WITH CHECK (
  (direction = 'outgoing' AND author_id = (SELECT simpul.officer()) AND simpul.sees_case(case_id))
  OR (direction = 'incoming' AND peer = (SELECT simpul.peer()))
);
CREATE POLICY changed ON simpul.requests FOR UPDATE TO simpul_app
  USING (simpul.sees_request(id)) WITH CHECK (simpul.actor_kind() IN ('officer', 'peer', 'job'));
GRANT SELECT, INSERT ON simpul.requests TO simpul_app;
GRANT UPDATE (state, desk_id, agency_id, subject, draft, shared, version, approved_by, returned, changed_at)
  ON simpul.requests TO simpul_app;

ALTER TABLE simpul.request_threads ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.request_threads FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.request_threads FOR SELECT TO CURRENT_USER USING (true);
-- A peer sees its own thread and none of those beside it.
CREATE POLICY seen ON simpul.request_threads FOR SELECT TO simpul_app USING (
  CASE WHEN (SELECT simpul.actor_kind() = 'peer') THEN peer = (SELECT simpul.peer())
       ELSE EXISTS (SELECT 1 FROM simpul.requests r WHERE r.id = request_id) END
);
CREATE POLICY made ON simpul.request_threads FOR INSERT TO simpul_app WITH CHECK (
  CASE WHEN simpul.actor_kind() = 'peer' THEN peer = simpul.peer() ELSE simpul.sees_request(request_id) END
);
CREATE POLICY changed ON simpul.request_threads FOR UPDATE TO simpul_app USING (
  CASE WHEN simpul.actor_kind() = 'peer' THEN peer = simpul.peer() ELSE simpul.sees_request(request_id) END
);
GRANT SELECT, INSERT ON simpul.request_threads TO simpul_app;
GRANT UPDATE (state, outcome, code, clock, due_at, changed_at) ON simpul.request_threads TO simpul_app;
GRANT SELECT, INSERT, UPDATE ON simpul.request_serials TO simpul_app;

-- The story of a thread, line by line.
CREATE TABLE simpul.request_steps (
  thread_id uuid NOT NULL REFERENCES simpul.request_threads,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  kind text NOT NULL CHECK (length(kind) <= 40),
  side text NOT NULL CHECK (side IN ('ours', 'theirs')),
  officer_id uuid,
  desk_id uuid,
  text text CHECK (length(text) <= 4000),
  code text CHECK (length(code) <= 80),
  PRIMARY KEY (thread_id, id)
);

-- Answers: written and released here, or arrived.
CREATE TABLE simpul.request_answers (
  id uuid PRIMARY KEY,
  thread_id uuid NOT NULL REFERENCES simpul.request_threads,
  direction text NOT NULL CHECK (direction IN ('outgoing', 'incoming')),
  state text NOT NULL CHECK (state IN ('draft', 'submitted', 'queued', 'delivered', 'undelivered', 'dropped')),
  author_id uuid,
  -- AskAnswer, or what arrived of it.
  content jsonb NOT NULL,
  shared jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  returned jsonb,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  released_at timestamptz
);
CREATE INDEX request_answers_of ON simpul.request_answers (thread_id, created_at);
-- One answer is written at a time.
CREATE UNIQUE INDEX request_answers_written ON simpul.request_answers (thread_id)
  WHERE direction = 'outgoing' AND state IN ('draft', 'submitted');

-- What left or arrived, on what terms, with the hash of the exact body.
CREATE TABLE simpul.releases (
  id uuid PRIMARY KEY,
  thread_id uuid NOT NULL REFERENCES simpul.request_threads,
  what text NOT NULL CHECK (what IN ('request', 'answer')),
  at timestamptz NOT NULL,
  released_by uuid,
  author_id uuid,
  from_node text NOT NULL,
  to_node text NOT NULL,
  reason text CHECK (length(reason) <= 2000),
  records integer NOT NULL,
  items integer NOT NULL,
  handling jsonb NOT NULL,
  originators text[] NOT NULL,
  digest bytea NOT NULL CHECK (length(digest) = 32)
);
CREATE INDEX releases_of ON simpul.releases (thread_id, at);

-- By what a request is about, for warning of the same subject (RFI-10). A digest under no key: the row says which thread.
CREATE TABLE simpul.request_keys (
  thread_id uuid NOT NULL REFERENCES simpul.request_threads,
  key bytea NOT NULL CHECK (length(key) = 32),
  record_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (thread_id, key)
);
CREATE INDEX request_keys_same ON simpul.request_keys (key, at DESC);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['request_steps', 'request_answers', 'releases', 'request_keys'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING (EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.id = thread_id))', t);
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK (EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.id = thread_id))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
-- A peer that writes an answer in never reads what we write for it.
CREATE POLICY not_by_peers ON simpul.request_answers AS RESTRICTIVE FOR SELECT TO simpul_app
  USING ((SELECT simpul.actor_kind() IN ('officer', 'job')));
CREATE POLICY changed ON simpul.request_answers FOR UPDATE TO simpul_app
  USING (EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.id = thread_id));
GRANT UPDATE (state, author_id, content, shared, version, returned, changed_at, released_at)
  ON simpul.request_answers TO simpul_app;

-- Copies of other states' records: never edited, their writer is the originator.
CREATE TABLE simpul.received_records (
  id uuid PRIMARY KEY,
  thread_id uuid NOT NULL REFERENCES simpul.request_threads,
  request_id uuid NOT NULL REFERENCES simpul.requests,
  -- Null for what came with the request itself.
  answer_id uuid,
  case_id uuid,
  agency_id uuid,
  from_node text NOT NULL,
  originator text NOT NULL,
  record_id uuid NOT NULL,
  kind text NOT NULL,
  version bytea NOT NULL CHECK (length(version) = 32),
  fields jsonb NOT NULL,
  handling jsonb NOT NULL,
  evaluation text NOT NULL,
  link text NOT NULL DEFAULT '' CHECK (length(link) <= 2000),
  -- Whether everybody who works on the case sees it, or only the agency that asked (HC-3, "this case").
  case_wide boolean NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX received_records_of_case ON simpul.received_records (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX received_records_of_request ON simpul.received_records (request_id, id);
CREATE INDEX received_records_same ON simpul.received_records (record_id);

-- Other states' items on their way into the evidence room, and what binds us about them.
CREATE TABLE simpul.received_items (
  item_id uuid NOT NULL,
  thread_id uuid NOT NULL REFERENCES simpul.request_threads,
  request_id uuid NOT NULL REFERENCES simpul.requests,
  answer_id uuid,
  case_id uuid,
  agency_id uuid,
  desk_id uuid,
  from_node text NOT NULL,
  originator text NOT NULL,
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  media_type text NOT NULL,
  size bigint NOT NULL,
  digest bytea NOT NULL CHECK (length(digest) = 32),
  handling jsonb NOT NULL,
  evaluation text NOT NULL,
  link text NOT NULL DEFAULT '' CHECK (length(link) <= 2000),
  -- Signed statements, device key and disclosures as they came.
  proof jsonb NOT NULL,
  -- The envelope and the attachment from which the bytes are fetched; forgotten once they are here.
  fetching jsonb,
  case_wide boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('fetching', 'sealed', 'refused')),
  code text CHECK (length(code) <= 80),
  at timestamptz NOT NULL,
  PRIMARY KEY (thread_id, item_id)
);
CREATE INDEX received_items_of_case ON simpul.received_items (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX received_items_same ON simpul.received_items (item_id);

-- Permissions asked of originators, on either side (HC-7).
CREATE TABLE simpul.permissions (
  id uuid PRIMARY KEY,
  direction text NOT NULL CHECK (direction IN ('outgoing', 'incoming')),
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  reference text NOT NULL CHECK (length(reference) <= 40),
  state text NOT NULL CHECK (state IN ('sent', 'delivered', 'granted', 'conditions', 'partly', 'refused', 'expired',
    'withdrawn', 'undelivered')),
  -- The request whose answer holds what is asked about.
  request_id uuid NOT NULL REFERENCES simpul.requests,
  thread_id uuid NOT NULL REFERENCES simpul.request_threads,
  case_id uuid,
  asked_by uuid,
  desk_id uuid,
  agency_id uuid,
  ask jsonb NOT NULL,
  records jsonb NOT NULL,
  conditions text NOT NULL DEFAULT '' CHECK (length(conditions) <= 4000),
  not_after timestamptz,
  reason text CHECK (length(reason) <= 4000),
  decided_by uuid,
  at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  decided_at timestamptz
);
CREATE INDEX permissions_newest ON simpul.permissions (direction, at DESC, id DESC);
CREATE INDEX permissions_of_request ON simpul.permissions (request_id);

-- Signed permissions, given by us or held by us; they travel with what they are about.
CREATE TABLE simpul.grants (
  id uuid NOT NULL,
  request_id uuid NOT NULL REFERENCES simpul.requests,
  thread_id uuid,
  permission_id uuid,
  given boolean NOT NULL,
  originator text NOT NULL,
  holder text NOT NULL,
  record_id uuid NOT NULL,
  version bytea NOT NULL CHECK (length(version) = 32),
  action text NOT NULL CHECK (action IN ('case', 'court', 'onward')),
  recipients text[] NOT NULL DEFAULT '{}',
  court text,
  conditions text NOT NULL DEFAULT '',
  not_after timestamptz,
  at timestamptz NOT NULL,
  signed text NOT NULL CHECK (octet_length(signed) <= 65536),
  -- The same grant may be held through two requests.
  PRIMARY KEY (request_id, id)
);
CREATE INDEX grants_of_record ON simpul.grants (record_id, action);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['received_records', 'received_items', 'permissions', 'grants'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING (simpul.sees_request(request_id))', t);
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK (simpul.sees_request(request_id))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
  -- HC-3: without "this case" and under H2, only the agency that asked, and the contact point, see what came.
  FOREACH t IN ARRAY ARRAY['received_records', 'received_items'] LOOP
    EXECUTE format('CREATE POLICY within_terms ON simpul.%I AS RESTRICTIVE FOR SELECT TO simpul_app USING (
      case_wide OR (SELECT simpul.actor_kind() IN (''job'', ''peer'')) OR agency_id = (SELECT simpul.agency())
      OR (SELECT simpul.is_contact_point()))', t);
  END LOOP;
END
$$;
CREATE POLICY arrived ON simpul.received_items FOR UPDATE TO simpul_app USING ((SELECT simpul.is_job()));
GRANT UPDATE (state, code, fetching) ON simpul.received_items TO simpul_app;
CREATE POLICY decided ON simpul.permissions FOR UPDATE TO simpul_app USING (simpul.sees_request(request_id));
GRANT UPDATE (state, records, conditions, not_after, reason, decided_by, decided_at) ON simpul.permissions TO simpul_app;

-- Who sees a request also sees what was done with it (AUD-1).
CREATE POLICY of_seen_request ON simpul.leaves FOR SELECT TO simpul_app
  USING (about_id IS NOT NULL AND simpul.sees_request(about_id));

-- Who signs where nobody of ours acts: the contact point's authority.
CREATE FUNCTION simpul.contact_agency() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT id FROM simpul.agencies ORDER BY kind <> 'liaison', id LIMIT 1 $$;
GRANT EXECUTE ON FUNCTION simpul.contact_agency() TO simpul_app;

-- What this node let go in a thread, for checking what the other state asks about; only that state and jobs may ask.
CREATE FUNCTION simpul.released_in_thread(which uuid) RETURNS TABLE (shared jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT a.shared FROM simpul.request_answers a JOIN simpul.request_threads t ON t.id = a.thread_id
  WHERE t.id = which AND t.direction = 'incoming' AND a.direction = 'outgoing' AND a.state IN ('queued', 'delivered')
    AND (simpul.is_job() OR t.peer = simpul.peer())
  UNION ALL
  SELECT r.shared FROM simpul.requests r JOIN simpul.request_threads t ON t.request_id = r.id
  WHERE t.id = which AND t.direction = 'outgoing' AND (simpul.is_job() OR t.peer = simpul.peer())
$$;
CREATE POLICY owner_reads ON simpul.request_answers FOR SELECT TO CURRENT_USER USING (true);
REVOKE ALL ON FUNCTION simpul.released_in_thread(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.released_in_thread(uuid) TO simpul_app;
