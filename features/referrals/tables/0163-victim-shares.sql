-- What victim desks pass on: in the clear stand only ids that say nothing, states and clocks. Who it is about, what was
-- given and why is sealed, and never in these columns.

CREATE TABLE simpul.victim_shares (
  id uuid PRIMARY KEY,
  -- Ours: we gave it. Otherwise it came from a peer.
  ours boolean NOT NULL,
  what text NOT NULL CHECK (what IN ('referral', 'transfer', 'proposal', 'missing', 'nationality')),
  -- What belongs together between two desks; made at random.
  thread uuid NOT NULL,
  way text NOT NULL CHECK (way IN ('link', 'hand', 'peer')),
  peer text CHECK (peer ~ '^[a-z]{2}$'),
  state text NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected', 'done', 'revoked', 'returned', 'withdrawn')),
  made_at timestamptz NOT NULL,
  due_at timestamptz,
  changed_at timestamptz NOT NULL,
  crossed boolean NOT NULL DEFAULT false,
  opened_at timestamptz,
  -- What was answered, sealed: to our desk key (JWE), or under the key of a link.
  answer text CHECK (octet_length(answer) <= 1400000),
  -- Somebody at the desk took note that it was called back, returned or answered.
  seen_at timestamptz,
  CHECK ((way = 'peer') = (peer IS NOT NULL)),
  CHECK (ours OR way = 'peer')
);
CREATE INDEX victim_shares_newest ON simpul.victim_shares (made_at DESC, id DESC);
CREATE INDEX victim_shares_due ON simpul.victim_shares (due_at) WHERE state = 'pending';
CREATE INDEX victim_shares_of_thread ON simpul.victim_shares (thread);

-- What came, sealed to our desk key; destroyed when it is called back, also while no desk is open.
CREATE TABLE simpul.victim_share_contents (
  share_id uuid PRIMARY KEY REFERENCES simpul.victim_shares,
  jwe text NOT NULL CHECK (octet_length(jwe) <= 3200000)
);

-- For a service without a node: what it may read, under a key that stands in the link alone.
CREATE TABLE simpul.victim_share_links (
  share_id uuid PRIMARY KEY REFERENCES simpul.victim_shares,
  box text NOT NULL CHECK (octet_length(box) <= 200000),
  -- SHA-256 of a proof that only the key can make.
  proof bytea NOT NULL CHECK (length(proof) = 32),
  tries integer NOT NULL DEFAULT 0
);

-- Ours that stand on what another desk gave us: called back with it.
CREATE TABLE simpul.victim_share_onward (
  parent uuid NOT NULL REFERENCES simpul.victim_shares,
  child uuid NOT NULL REFERENCES simpul.victim_shares,
  PRIMARY KEY (parent, child)
);
CREATE INDEX victim_share_onward_of ON simpul.victim_share_onward (child);

-- Who holds it, as far down as it went (COR-1).
CREATE TABLE simpul.victim_share_holders (
  root uuid NOT NULL REFERENCES simpul.victim_shares,
  share uuid NOT NULL,
  via uuid,
  state text CHECK (state ~ '^[a-z]{2}$'),
  way text NOT NULL CHECK (way IN ('link', 'hand', 'peer')),
  told_at timestamptz,
  closed_at timestamptz,
  PRIMARY KEY (root, share)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['victim_shares', 'victim_share_contents', 'victim_share_links', 'victim_share_onward', 'victim_share_holders'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
  END LOOP;
END
$$;

-- The desk, the jobs that keep the clocks, and a peer for what passed between it and us or hangs on it.
CREATE FUNCTION simpul.reaches_share(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH RECURSIVE below AS (
    SELECT s.id FROM simpul.victim_shares s WHERE simpul.actor_kind() = 'peer' AND s.peer = simpul.peer()
    UNION SELECT o.child FROM simpul.victim_share_onward o JOIN below b ON b.id = o.parent
  ), above AS (
    SELECT id FROM below UNION SELECT o.parent FROM simpul.victim_share_onward o JOIN above a ON a.id = o.child
  )
  SELECT simpul.is_job() OR simpul.helps_victims() OR EXISTS (SELECT 1 FROM above WHERE id = which)
$$;
GRANT EXECUTE ON FUNCTION simpul.reaches_share(uuid) TO simpul_app;

CREATE POLICY seen ON simpul.victim_shares FOR SELECT TO simpul_app USING (simpul.reaches_share(id) OR peer = (SELECT simpul.peer()));
CREATE POLICY made ON simpul.victim_shares FOR INSERT TO simpul_app WITH CHECK (
  (ours AND (SELECT simpul.helps_victims())) OR (NOT ours AND peer = (SELECT simpul.peer())));
CREATE POLICY moved ON simpul.victim_shares FOR UPDATE TO simpul_app USING (simpul.reaches_share(id));
GRANT SELECT, INSERT ON simpul.victim_shares TO simpul_app;
GRANT UPDATE (state, due_at, changed_at, crossed, opened_at, answer, seen_at) ON simpul.victim_shares TO simpul_app;

CREATE POLICY seen ON simpul.victim_share_contents FOR SELECT TO simpul_app USING (
  (SELECT simpul.helps_victims()) OR (SELECT simpul.is_job()));
CREATE POLICY left_here ON simpul.victim_share_contents FOR INSERT TO simpul_app WITH CHECK (simpul.reaches_share(share_id));
GRANT SELECT, INSERT ON simpul.victim_share_contents TO simpul_app;

CREATE POLICY seen ON simpul.victim_share_links FOR SELECT TO simpul_app USING (
  (SELECT simpul.helps_victims()) OR (SELECT simpul.is_job()));
CREATE POLICY made ON simpul.victim_share_links FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.helps_victims()));
CREATE POLICY tried ON simpul.victim_share_links FOR UPDATE TO simpul_app USING ((SELECT simpul.is_job()));
GRANT SELECT, INSERT ON simpul.victim_share_links TO simpul_app;
GRANT UPDATE (tries) ON simpul.victim_share_links TO simpul_app;

CREATE POLICY seen ON simpul.victim_share_onward FOR SELECT TO simpul_app USING (simpul.reaches_share(parent));
CREATE POLICY made ON simpul.victim_share_onward FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.helps_victims()));
GRANT SELECT, INSERT ON simpul.victim_share_onward TO simpul_app;

CREATE POLICY seen ON simpul.victim_share_holders FOR SELECT TO simpul_app USING (simpul.reaches_share(root));
CREATE POLICY made ON simpul.victim_share_holders FOR INSERT TO simpul_app WITH CHECK (simpul.reaches_share(root));
CREATE POLICY told ON simpul.victim_share_holders FOR UPDATE TO simpul_app USING (simpul.reaches_share(root));
GRANT SELECT, INSERT ON simpul.victim_share_holders TO simpul_app;
GRANT UPDATE (told_at, closed_at) ON simpul.victim_share_holders TO simpul_app;

-- Destroys what is held of a share, for whoever reaches it; a row cannot be deleted in any other way.
CREATE FUNCTION simpul.destroy_share(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT simpul.reaches_share(which) THEN RETURN; END IF;
  DELETE FROM simpul.victim_share_contents WHERE share_id = which;
  DELETE FROM simpul.victim_share_links WHERE share_id = which;
END
$$;
CREATE POLICY owner_deletes ON simpul.victim_share_contents FOR DELETE TO CURRENT_USER USING (true);
CREATE POLICY owner_deletes ON simpul.victim_share_links FOR DELETE TO CURRENT_USER USING (true);
REVOKE ALL ON FUNCTION simpul.destroy_share(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.destroy_share(uuid) TO simpul_app;
