-- Outbox: envelopes to other states, written with the change that caused them and sent afterwards by exchange.

CREATE TABLE simpul.outbox (
  -- The recipient first: each peer's rows are read, locked and given up on apart from the others'.
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  id uuid NOT NULL,
  kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 80),
  body jsonb NOT NULL CHECK (octet_length(body::text) <= 4194304),
  -- SHA-256 of the plain bytes, in hex.
  attachments text[] NOT NULL DEFAULT '{}' CHECK (cardinality(attachments) <= 1000),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'receipted', 'refused', 'dead')),
  created_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_try timestamptz NOT NULL,
  last_error text CHECK (length(last_error) <= 2000),
  -- The gap-free number towards this peer, given when it is first sent.
  sequence bigint,
  -- The sealed bytes as first sent: a second try sends the very same.
  sealed bytea,
  lease uuid,
  leased_until timestamptz,
  -- The peer's signed answer, as it came.
  receipt jsonb,
  ended_at timestamptz,
  PRIMARY KEY (peer, id),
  CHECK ((state = 'sending') = (lease IS NOT NULL))
);
CREATE UNIQUE INDEX outbox_sequence ON simpul.outbox (peer, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX outbox_waiting ON simpul.outbox (peer, next_try, id) WHERE state = 'waiting';
CREATE INDEX outbox_sending ON simpul.outbox (leased_until) WHERE state = 'sending';
CREATE INDEX outbox_dead ON simpul.outbox (peer, ended_at) WHERE state IN ('refused', 'dead');

ALTER TABLE simpul.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY posted ON simpul.outbox FOR INSERT TO simpul_app WITH CHECK (state = 'waiting');
CREATE POLICY looked_at ON simpul.outbox FOR SELECT TO simpul_app USING ((SELECT simpul.is_job()));
CREATE POLICY sent ON simpul.outbox FOR ALL TO simpul_chores USING (true);
GRANT SELECT, INSERT ON simpul.outbox TO simpul_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.outbox TO simpul_chores;

-- The last number given towards each peer: locked while one is given, so that no number is lost.
CREATE TABLE simpul.outbox_heads (
  peer text PRIMARY KEY CHECK (peer ~ '^[a-z]{2}$'),
  last bigint NOT NULL CHECK (last >= 1)
);
GRANT SELECT, INSERT, UPDATE ON simpul.outbox_heads TO simpul_chores;
GRANT SELECT ON simpul.outbox_heads TO simpul_app;
