-- Offered: files that a peer may fetch because an envelope to it names them, each under a key of its own.

CREATE TABLE simpul.offered (
  peer text NOT NULL,
  -- The envelope that names it.
  envelope uuid NOT NULL,
  -- SHA-256 of the plain bytes.
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  size bigint NOT NULL CHECK (size >= 0),
  -- The content key; the same one is inside the sealed envelope.
  key bytea NOT NULL CHECK (length(key) = 32),
  at timestamptz NOT NULL,
  fetched_at timestamptz,
  PRIMARY KEY (peer, envelope, digest)
);
ALTER TABLE simpul.offered ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.offered FORCE ROW LEVEL SECURITY;
CREATE POLICY kept ON simpul.offered FOR ALL TO simpul_chores USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.offered TO simpul_chores;
