-- Keys of peers over time: what they signed about changing their keys, and the keys of before.

ALTER TABLE simpul.peers
  -- Statements about its keys that led to those that stand here; 0 for the keys of its first card.
  ADD COLUMN keys_number integer NOT NULL DEFAULT 0 CHECK (keys_number >= 0),
  -- Since when these keys stand here; of those before 0120 it is when they were confirmed.
  ADD COLUMN keys_since timestamptz,
  -- The last statement about our keys that it acknowledged, and the last whose overlap it was told is over.
  ADD COLUMN knows_ours integer NOT NULL DEFAULT 0 CHECK (knows_ours >= 0),
  ADD COLUMN knew_ours_at timestamptz,
  ADD COLUMN settled_ours integer NOT NULL DEFAULT 0 CHECK (settled_ours >= 0),
  -- Its keys of now were declared stolen: what they signed from then on is not believed.
  ADD COLUMN revoked_since timestamptz,
  ADD COLUMN revoked_at timestamptz,
  -- What was wrong with the last statement about its keys that it brought.
  ADD COLUMN keys_fault text CHECK (length(keys_fault) <= 200),
  ADD COLUMN keys_fault_at timestamptz;
UPDATE simpul.peers SET keys_since = confirmed_at;

CREATE TABLE simpul.key_statements (
  node text NOT NULL CHECK (node ~ '^[a-z]{2}$'),
  number integer NOT NULL CHECK (number >= 1),
  kind text NOT NULL CHECK (kind IN ('changed', 'revoked')),
  -- The DSSE statement as it came.
  signed text NOT NULL CHECK (octet_length(signed) <= 262144),
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  taken_at timestamptz NOT NULL,
  PRIMARY KEY (node, number)
);
ALTER TABLE simpul.key_statements ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.key_statements FORCE ROW LEVEL SECURITY;
-- Public keys are no secret; only the exchange writes them down.
CREATE POLICY seen ON simpul.key_statements FOR SELECT TO simpul_app USING (true);
CREATE POLICY taken ON simpul.key_statements FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()));
CREATE POLICY kept ON simpul.key_statements FOR SELECT TO simpul_chores USING (true);
GRANT SELECT, INSERT ON simpul.key_statements TO simpul_app;
GRANT SELECT ON simpul.key_statements TO simpul_chores;

CREATE TABLE simpul.peer_keys (
  node text NOT NULL REFERENCES simpul.peers (node),
  -- Statements that came before these keys.
  number integer NOT NULL CHECK (number >= 0),
  pin text NOT NULL CHECK (pin ~ '^[0-9a-f]{64}$'),
  signing text NOT NULL CHECK (signing ~ '^[A-Za-z0-9_-]{43}$'),
  agencies jsonb NOT NULL CHECK (jsonb_typeof(agencies) = 'array' AND octet_length(agencies::text) <= 262144),
  since timestamptz,
  -- When others took their place.
  ended_at timestamptz NOT NULL,
  -- Until then they are still taken on the line.
  until timestamptz NOT NULL,
  revoked_since timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (node, signing)
);
ALTER TABLE simpul.peer_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.peer_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.peer_keys FOR SELECT TO simpul_app USING (true);
CREATE POLICY kept ON simpul.peer_keys FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_job()) OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('administrator'))
);
CREATE POLICY ended ON simpul.peer_keys FOR UPDATE TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('administrator'))
);
CREATE POLICY watched ON simpul.peer_keys FOR SELECT TO simpul_chores USING (true);
GRANT SELECT, INSERT, UPDATE ON simpul.peer_keys TO simpul_app;
GRANT SELECT ON simpul.peer_keys TO simpul_chores;
GRANT UPDATE (knows_ours, knew_ours_at, settled_ours, keys_fault, keys_fault_at) ON simpul.peers TO simpul_chores;
