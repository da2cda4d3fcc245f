-- Passkeys, devices, sessions and proofs of officers. Secrets lie here only as SHA-256; private keys never come here.

CREATE TABLE simpul.passkeys (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES simpul.officers,
  -- base64url, as WebAuthn gives it.
  credential text NOT NULL UNIQUE CHECK (length(credential) BETWEEN 1 AND 1400),
  public_key bytea NOT NULL CHECK (length(public_key) <= 2048),
  counter bigint NOT NULL DEFAULT 0 CHECK (counter >= 0),
  transports text[] NOT NULL DEFAULT '{}' CHECK (cardinality(transports) <= 10),
  backed_up boolean NOT NULL DEFAULT false,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  added_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX passkeys_of_officer ON simpul.passkeys (officer_id) WHERE revoked_at IS NULL;

-- One-time codes by which an administrator lets an officer add her first passkey.
CREATE TABLE simpul.enrolments (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES simpul.officers,
  code_hash bytea NOT NULL UNIQUE CHECK (length(code_hash) = 32),
  made_by uuid,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX enrolments_open ON simpul.enrolments (officer_id) WHERE ended_at IS NULL;

CREATE TABLE simpul.devices (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES simpul.officers,
  kind text NOT NULL CHECK (kind IN ('browser', 'cli')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- Raw Ed25519; its private half stays on the device.
  public_key bytea NOT NULL CHECK (length(public_key) = 32),
  added_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz,
  UNIQUE (officer_id, public_key)
);

CREATE TABLE simpul.sessions (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES simpul.officers,
  token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  -- A browser's cookie opens no bearer door, and the other way round.
  door text NOT NULL CHECK (door IN ('browser', 'cli')),
  method text NOT NULL CHECK (method IN ('passkey', 'enrolment', 'device', 'exercise')),
  membership_id uuid NOT NULL REFERENCES simpul.memberships,
  purpose text NOT NULL,
  device_id uuid REFERENCES simpul.devices,
  language text NOT NULL CHECK (length(language) BETWEEN 2 AND 20),
  -- When the second factor was last shown in this session.
  proven_at timestamptz,
  started_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_because text CHECK (ended_because IN ('signed-out', 'revoked', 'left', 'membership-ended', 'device-revoked'))
);
CREATE INDEX sessions_of_officer ON simpul.sessions (officer_id, started_at DESC);

-- A second factor shown for one act on one record; spent once, in the transaction of the act.
CREATE TABLE simpul.proofs (
  officer_id uuid NOT NULL REFERENCES simpul.officers,
  id uuid NOT NULL,
  session_id uuid NOT NULL REFERENCES simpul.sessions,
  act text NOT NULL CHECK (length(act) BETWEEN 1 AND 60),
  record text NOT NULL CHECK (length(record) BETWEEN 1 AND 60),
  -- 'exercise' stands for a click, and only where the node runs an exercise.
  method text NOT NULL CHECK (method IN ('passkey', 'exercise')),
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  spent_at timestamptz,
  PRIMARY KEY (officer_id, id)
);
CREATE INDEX proofs_fresh ON simpul.proofs (officer_id, act, record) WHERE spent_at IS NULL;

-- An officer sees and ends what is hers; administrators end it too; jobs find a session by its hash.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['passkeys', 'devices', 'sessions'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON simpul.%I FOR SELECT TO simpul_app USING (officer_id = (SELECT simpul.officer()) OR (SELECT simpul.manages_access()))', t);
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK (officer_id = simpul.officer())', t);
    EXECUTE format('CREATE POLICY changed ON simpul.%I FOR UPDATE TO simpul_app USING (officer_id = (SELECT simpul.officer()) OR (SELECT simpul.manages_access()))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;

ALTER TABLE simpul.enrolments ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.enrolments FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON simpul.enrolments FOR SELECT TO simpul_app
  USING (officer_id = (SELECT simpul.officer()) OR (SELECT simpul.manages_access()));
CREATE POLICY made ON simpul.enrolments FOR INSERT TO simpul_app WITH CHECK (simpul.manages_access());
CREATE POLICY used ON simpul.enrolments FOR UPDATE TO simpul_app
  USING (officer_id = (SELECT simpul.officer()) OR (SELECT simpul.manages_access()));
GRANT SELECT, INSERT, UPDATE ON simpul.enrolments TO simpul_app;

ALTER TABLE simpul.proofs ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.proofs FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON simpul.proofs TO simpul_app USING (officer_id = (SELECT simpul.officer()));
GRANT SELECT, INSERT, UPDATE ON simpul.proofs TO simpul_app;

-- That a session was seen is bookkeeping, no act.
CREATE POLICY kept ON simpul.sessions FOR ALL TO simpul_chores USING (true);
GRANT SELECT ON simpul.sessions TO simpul_chores;
GRANT UPDATE (seen_at) ON simpul.sessions TO simpul_chores;
CREATE POLICY tidied ON simpul.proofs FOR ALL TO simpul_chores USING (true);
GRANT SELECT, DELETE ON simpul.proofs TO simpul_chores;
