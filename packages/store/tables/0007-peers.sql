-- Peers: the nodes of other states, what two persons confirmed about them, and how they are.

CREATE TABLE simpul.peers (
  node text PRIMARY KEY CHECK (node ~ '^[a-z]{2}$'),
  -- Host and port of its node-to-node door.
  address text NOT NULL CHECK (length(address) BETWEEN 3 AND 300),
  -- SHA-256 of the SubjectPublicKeyInfo of its certificate.
  pin text NOT NULL UNIQUE CHECK (pin ~ '^[0-9a-f]{64}$'),
  -- Raw public keys in base64url: Ed25519 for requests and receipts, X25519 for envelopes to it.
  signing text NOT NULL CHECK (signing ~ '^[A-Za-z0-9_-]{43}$'),
  sealing text NOT NULL CHECK (sealing ~ '^[A-Za-z0-9_-]{43}$'),
  -- [{ "agency": uuid, "key": Ed25519 }]
  agencies jsonb NOT NULL CHECK (jsonb_typeof(agencies) = 'array' AND octet_length(agencies::text) <= 262144),
  -- Its published keys for the private check, one per type and epoch.
  oprf jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(oprf) = 'array' AND octet_length(oprf::text) <= 262144),
  version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'confirmed', 'stopped')),
  -- Two persons confirm a pin: one enters it, another compares it over a second channel.
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  confirmed_by text,
  confirmed_at timestamptz,
  health text NOT NULL DEFAULT 'unknown'
    CHECK (health IN ('unknown', 'up', 'down', 'clock-off', 'refusing', 'behind')),
  heard_at timestamptz,
  last_error text CHECK (length(last_error) <= 500),
  failed_at timestamptz,
  CHECK (confirmed_by IS DISTINCT FROM proposed_by),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CHECK (state <> 'confirmed' OR confirmed_by IS NOT NULL)
);

ALTER TABLE simpul.peers ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.peers FORCE ROW LEVEL SECURITY;
-- Which states are connected is no secret inside the node; who connects them is an administrator.
CREATE POLICY seen ON simpul.peers FOR SELECT TO simpul_app USING (true);
CREATE POLICY entered ON simpul.peers FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_job()) OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('administrator'))
);
CREATE POLICY changed ON simpul.peers FOR UPDATE TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('administrator'))
);
CREATE POLICY watched ON simpul.peers FOR ALL TO simpul_chores USING (true);
GRANT SELECT, INSERT, UPDATE ON simpul.peers TO simpul_app;
GRANT SELECT ON simpul.peers TO simpul_chores;
GRANT UPDATE (health, heard_at, last_error, failed_at) ON simpul.peers TO simpul_chores;

-- The line to each peer: gap-free numbers in both directions, and which process is sending on it.
CREATE TABLE simpul.peer_lines (
  peer text PRIMARY KEY REFERENCES simpul.peers (node),
  -- The last number given to an envelope for this peer.
  sent bigint NOT NULL DEFAULT 0 CHECK (sent >= 0),
  -- The last number taken from it, with everything before it.
  received bigint NOT NULL DEFAULT 0 CHECK (received >= 0),
  lease uuid,
  leased_until timestamptz,
  failures integer NOT NULL DEFAULT 0,
  next_try timestamptz NOT NULL
);
ALTER TABLE simpul.peer_lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.peer_lines FORCE ROW LEVEL SECURITY;
CREATE POLICY opened ON simpul.peer_lines FOR INSERT TO simpul_app WITH CHECK (true);
-- What a peer sends moves its own line and no other.
CREATE POLICY own ON simpul.peer_lines FOR UPDATE TO simpul_app USING (peer = (SELECT simpul.peer()));
CREATE POLICY seen ON simpul.peer_lines FOR SELECT TO simpul_app USING (true);
CREATE POLICY kept ON simpul.peer_lines FOR ALL TO simpul_chores USING (true);
GRANT SELECT, INSERT ON simpul.peer_lines TO simpul_app;
GRANT UPDATE (received) ON simpul.peer_lines TO simpul_app;
GRANT SELECT, UPDATE ON simpul.peer_lines TO simpul_chores;

-- Signed requests already seen; they are of use for a minute, so these rows live for a few.
CREATE TABLE simpul.peer_nonces (
  peer text NOT NULL,
  nonce text NOT NULL CHECK (length(nonce) <= 64),
  at timestamptz NOT NULL,
  PRIMARY KEY (peer, nonce)
);
CREATE INDEX peer_nonces_old ON simpul.peer_nonces (at);
GRANT SELECT, INSERT, DELETE ON simpul.peer_nonces TO simpul_chores;
