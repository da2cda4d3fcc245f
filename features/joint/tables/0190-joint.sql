-- Joint spaces: the note with what each party said to it, who works in it, what lies in it, and what has not left yet.

CREATE TABLE simpul.joint_spaces (
  id uuid PRIMARY KEY,
  title text NOT NULL CHECK (length(title) <= 300),
  proposer text NOT NULL CHECK (proposer ~ '^[a-z]{2}$'),
  -- In whose name this node's letters about it are signed: the authority whose officer first spoke for the state.
  agency_id uuid,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  -- When it ended for this state before its day.
  closed_at timestamptz,
  purged_at timestamptz
);

CREATE TABLE simpul.joint_notes (
  space_id uuid NOT NULL,
  version integer NOT NULL CHECK (version BETWEEN 1 AND 1000),
  note jsonb NOT NULL,
  digest bytea NOT NULL CHECK (length(digest) = 32),
  -- Null while only its writer's state knows it.
  signed text CHECK (length(signed) <= 65536),
  at timestamptz NOT NULL,
  PRIMARY KEY (space_id, version)
);

CREATE TABLE simpul.joint_approvals (
  space_id uuid NOT NULL,
  version integer NOT NULL,
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  says jsonb NOT NULL,
  signed text NOT NULL CHECK (length(signed) <= 65536),
  officer_id uuid,
  PRIMARY KEY (space_id, version, party)
);

CREATE TABLE simpul.joint_endings (
  space_id uuid NOT NULL,
  id uuid NOT NULL,
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  by_party text NOT NULL CHECK (by_party ~ '^[a-z]{2}$'),
  says jsonb NOT NULL,
  signed text NOT NULL CHECK (length(signed) <= 65536),
  PRIMARY KEY (space_id, id)
);

CREATE TABLE simpul.joint_members (
  space_id uuid NOT NULL,
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  id uuid NOT NULL,
  -- Ours alone.
  officer_id uuid,
  name text NOT NULL CHECK (length(name) <= 300),
  office text NOT NULL CHECK (length(office) <= 300),
  role text NOT NULL CHECK (role IN ('administrator', 'contributor', 'reader')),
  since timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (space_id, party, id)
);
CREATE UNIQUE INDEX joint_members_once ON simpul.joint_members (space_id, officer_id) WHERE ended_at IS NULL AND officer_id IS NOT NULL;
CREATE INDEX joint_members_of_officer ON simpul.joint_members (officer_id, space_id) WHERE ended_at IS NULL;

CREATE TABLE simpul.joint_things (
  space_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (length(kind) <= 20),
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  version integer NOT NULL CHECK (version >= 1),
  state text NOT NULL CHECK (state IN ('standing', 'withdrawn')),
  by_member uuid NOT NULL,
  at timestamptz NOT NULL,
  first_at timestamptz NOT NULL,
  arrived_at timestamptz NOT NULL,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 2000),
  title text NOT NULL DEFAULT '' CHECK (length(title) <= 600),
  -- Null once it was withdrawn, or the space wound down.
  content jsonb,
  handling jsonb NOT NULL,
  evaluation text NOT NULL CHECK (evaluation ~ '^[ABCX][1-4]$'),
  originator text NOT NULL CHECK (originator ~ '^[a-z]{2}$'),
  digest bytea NOT NULL CHECK (length(digest) = 32),
  -- Ours alone: whose case it was put in from.
  case_id uuid,
  ours boolean NOT NULL,
  PRIMARY KEY (space_id, id)
);
CREATE INDEX joint_things_newest ON simpul.joint_things (space_id, kind, arrived_at DESC, id DESC);
CREATE INDEX joint_things_any ON simpul.joint_things (space_id, arrived_at DESC, id DESC);

-- What a correction replaced.
CREATE TABLE simpul.joint_before (
  space_id uuid NOT NULL,
  thing_id uuid NOT NULL,
  version integer NOT NULL,
  at timestamptz NOT NULL,
  content jsonb,
  digest bytea NOT NULL,
  PRIMARY KEY (space_id, thing_id, version)
);

-- What has to go to a party; many go in one letter. Written with the change itself.
CREATE TABLE simpul.joint_waiting (
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  space_id uuid NOT NULL,
  thing_id uuid NOT NULL,
  -- In a letter of its own, so that it holds up nothing else.
  alone boolean NOT NULL DEFAULT false,
  at timestamptz NOT NULL,
  PRIMARY KEY (party, space_id, thing_id)
);
CREATE INDEX joint_waiting_next ON simpul.joint_waiting (space_id, party, at, thing_id);

CREATE TABLE simpul.joint_refused (
  space_id uuid NOT NULL,
  thing_id uuid NOT NULL,
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  version integer NOT NULL,
  code text NOT NULL CHECK (length(code) <= 60),
  at timestamptz NOT NULL,
  PRIMARY KEY (space_id, thing_id, party)
);

CREATE TABLE simpul.joint_confirmed (
  space_id uuid NOT NULL,
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  officer text NOT NULL CHECK (length(officer) <= 300),
  at timestamptz NOT NULL,
  things integer NOT NULL CHECK (things >= 0),
  signed text NOT NULL CHECK (length(signed) <= 4194304),
  PRIMARY KEY (space_id, party)
);

-- The full agreement beside the note (JIT-1): a file as it was signed, and the node's signature over its digest.
CREATE TABLE simpul.joint_documents (
  space_id uuid NOT NULL,
  id uuid NOT NULL,
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  says jsonb NOT NULL,
  signed text NOT NULL CHECK (length(signed) <= 65536),
  bytes bytea NOT NULL CHECK (octet_length(bytes) <= 1500000),
  at timestamptz NOT NULL,
  PRIMARY KEY (space_id, id)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['joint_spaces', 'joint_notes', 'joint_approvals', 'joint_endings', 'joint_members', 'joint_things',
    'joint_before', 'joint_waiting', 'joint_refused', 'joint_confirmed', 'joint_documents'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
  END LOOP;
END
$$;

-- JIT-3, JIT-5: the contact point, and whoever is a member now and works; a peer where the note names it.
CREATE FUNCTION simpul.joint_seen() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT s.id FROM simpul.joint_spaces s
  WHERE simpul.is_job() OR simpul.is_contact_point()
     OR (simpul.works_cases() AND EXISTS (SELECT 1 FROM simpul.joint_members m
           WHERE m.space_id = s.id AND m.officer_id = simpul.officer() AND m.ended_at IS NULL))
     OR (simpul.actor_kind() = 'peer' AND EXISTS (SELECT 1 FROM simpul.joint_notes n
           WHERE n.space_id = s.id AND n.note -> 'parties' ? simpul.peer()))
$$;
GRANT EXECUTE ON FUNCTION simpul.joint_seen() TO simpul_app;

CREATE POLICY seen ON simpul.joint_spaces FOR SELECT TO simpul_app USING (id IN (SELECT simpul.joint_seen()));
CREATE POLICY made ON simpul.joint_spaces FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.is_contact_point()) OR (SELECT simpul.actor_kind() = 'peer'));
CREATE POLICY changed ON simpul.joint_spaces FOR UPDATE TO simpul_app USING (id IN (SELECT simpul.joint_seen()));
GRANT SELECT, INSERT ON simpul.joint_spaces TO simpul_app;
GRANT UPDATE (title, agency_id, changed_at, closed_at, purged_at) ON simpul.joint_spaces TO simpul_app;

CREATE POLICY seen ON simpul.joint_notes FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY made ON simpul.joint_notes FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_contact_point())
  OR ((SELECT simpul.actor_kind() = 'peer') AND signed IS NOT NULL AND note -> 'parties' ? (SELECT simpul.peer())));
-- A note that was sent never changes.
CREATE POLICY drafted ON simpul.joint_notes FOR UPDATE TO simpul_app
  USING (signed IS NULL AND (SELECT simpul.is_contact_point())) WITH CHECK ((SELECT simpul.is_contact_point()));
GRANT SELECT, INSERT ON simpul.joint_notes TO simpul_app;
GRANT UPDATE (note, digest, signed, at) ON simpul.joint_notes TO simpul_app;

CREATE POLICY seen ON simpul.joint_approvals FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY made ON simpul.joint_approvals FOR INSERT TO simpul_app WITH CHECK (
  ((SELECT simpul.is_contact_point()) AND officer_id = (SELECT simpul.officer()))
  OR ((SELECT simpul.actor_kind() = 'peer') AND officer_id IS NULL));
GRANT SELECT, INSERT ON simpul.joint_approvals TO simpul_app;

CREATE POLICY seen ON simpul.joint_endings FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY made ON simpul.joint_endings FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_contact_point()) OR ((SELECT simpul.actor_kind() = 'peer') AND by_party = (SELECT simpul.peer())));
GRANT SELECT, INSERT ON simpul.joint_endings TO simpul_app;

CREATE POLICY seen ON simpul.joint_members FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY kept ON simpul.joint_members FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_contact_point())
  OR ((SELECT simpul.actor_kind() = 'peer') AND party = (SELECT simpul.peer()) AND officer_id IS NULL));
CREATE POLICY changed ON simpul.joint_members FOR UPDATE TO simpul_app USING (
  ((SELECT simpul.is_contact_point()) AND officer_id IS NOT NULL)
  OR ((SELECT simpul.actor_kind() = 'peer') AND party = (SELECT simpul.peer())));
GRANT SELECT, INSERT ON simpul.joint_members TO simpul_app;
GRANT UPDATE (name, office, role, ended_at) ON simpul.joint_members TO simpul_app;

CREATE POLICY seen ON simpul.joint_things FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY put ON simpul.joint_things FOR INSERT TO simpul_app WITH CHECK (
  space_id IN (SELECT simpul.joint_seen())
  AND ((ours AND (SELECT simpul.actor_kind() = 'officer'))
    OR (NOT ours AND case_id IS NULL AND (SELECT simpul.actor_kind() = 'peer') AND party = (SELECT simpul.peer()))));
-- One writer each; winding down is a job of this node.
CREATE POLICY changed ON simpul.joint_things FOR UPDATE TO simpul_app USING (
  space_id IN (SELECT simpul.joint_seen())
  AND ((SELECT simpul.is_job()) OR (ours AND (SELECT simpul.actor_kind() = 'officer'))
    OR ((SELECT simpul.actor_kind() = 'peer') AND party = (SELECT simpul.peer()))));
GRANT SELECT, INSERT ON simpul.joint_things TO simpul_app;
GRANT UPDATE (version, state, by_member, at, arrived_at, reason, title, content, handling, evaluation, originator, digest)
  ON simpul.joint_things TO simpul_app;

CREATE POLICY seen ON simpul.joint_before FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY kept ON simpul.joint_before FOR INSERT TO simpul_app WITH CHECK (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY purged ON simpul.joint_before FOR DELETE TO simpul_app USING ((SELECT simpul.is_job()));
GRANT SELECT, INSERT, DELETE ON simpul.joint_before TO simpul_app;

CREATE POLICY seen ON simpul.joint_waiting FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY put ON simpul.joint_waiting FOR INSERT TO simpul_app WITH CHECK (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY changed ON simpul.joint_waiting FOR UPDATE TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY gone ON simpul.joint_waiting FOR DELETE TO simpul_app USING ((SELECT simpul.is_job()));
GRANT SELECT, INSERT, DELETE ON simpul.joint_waiting TO simpul_app;
GRANT UPDATE (alone, at) ON simpul.joint_waiting TO simpul_app;

CREATE POLICY seen ON simpul.joint_refused FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY kept ON simpul.joint_refused FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()));
CREATE POLICY gone ON simpul.joint_refused FOR DELETE TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
GRANT SELECT, INSERT, DELETE ON simpul.joint_refused TO simpul_app;

CREATE POLICY seen ON simpul.joint_confirmed FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY made ON simpul.joint_confirmed FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_contact_point()) OR ((SELECT simpul.actor_kind() = 'peer') AND party = (SELECT simpul.peer())));
GRANT SELECT, INSERT ON simpul.joint_confirmed TO simpul_app;

CREATE POLICY seen ON simpul.joint_documents FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()));
CREATE POLICY made ON simpul.joint_documents FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_contact_point()) OR ((SELECT simpul.actor_kind() = 'peer') AND party = (SELECT simpul.peer())));
GRANT SELECT, INSERT ON simpul.joint_documents TO simpul_app;
