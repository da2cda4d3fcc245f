-- What signing in needs for minutes only: challenges, codes that wait for approval, counted attempts. The node's own
-- books, kept as chores.

-- Handed out once, taken back once.
CREATE TABLE simpul.challenges (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('sign-in', 'enrol', 'add-passkey', 'step-up', 'device')),
  challenge text NOT NULL CHECK (length(challenge) BETWEEN 20 AND 200),
  -- Whom it was handed to, null before she is known.
  officer_id uuid,
  session_id uuid,
  -- The enrolment or device that it is about.
  about_id uuid,
  act text CHECK (length(act) <= 60),
  record text CHECK (length(record) <= 60),
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX challenges_old ON simpul.challenges (expires_at);

-- RFC 8628: a command line that waits until its officer says yes in the browser.
CREATE TABLE simpul.device_sign_ins (
  id uuid PRIMARY KEY,
  device_code_hash bytea NOT NULL UNIQUE CHECK (length(device_code_hash) = 32),
  user_code_hash bytea NOT NULL UNIQUE CHECK (length(user_code_hash) = 32),
  public_key bytea NOT NULL CHECK (length(public_key) = 32),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  from_address text NOT NULL CHECK (length(from_address) <= 100),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'approved', 'denied', 'used')),
  officer_id uuid,
  membership_id uuid,
  purpose text,
  language text,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  polled_at timestamptz,
  CHECK (state IN ('waiting', 'denied') OR (officer_id IS NOT NULL AND membership_id IS NOT NULL))
);
CREATE INDEX device_sign_ins_old ON simpul.device_sign_ins (expires_at);

-- How often something was tried in a window of time, by what is being guarded.
CREATE TABLE simpul.attempts (
  bucket text NOT NULL CHECK (length(bucket) BETWEEN 1 AND 200),
  since timestamptz NOT NULL,
  count integer NOT NULL CHECK (count > 0),
  PRIMARY KEY (bucket, since)
);

GRANT SELECT, INSERT, DELETE ON simpul.challenges TO simpul_chores;
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.device_sign_ins, simpul.attempts TO simpul_chores;

-- An officer who holds the code sees what waits and answers it in her own name, so that her answer leaves a leaf.
ALTER TABLE simpul.device_sign_ins ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.device_sign_ins FORCE ROW LEVEL SECURITY;
CREATE POLICY kept ON simpul.device_sign_ins FOR ALL TO simpul_chores USING (true);
CREATE POLICY waiting ON simpul.device_sign_ins FOR SELECT TO simpul_app
  USING (simpul.actor_kind() = 'officer' AND (state = 'waiting' OR officer_id = simpul.officer()));
CREATE POLICY answered ON simpul.device_sign_ins FOR UPDATE TO simpul_app
  USING (simpul.actor_kind() = 'officer' AND state = 'waiting') WITH CHECK (officer_id = simpul.officer());
GRANT SELECT ON simpul.device_sign_ins TO simpul_app;
GRANT UPDATE (state, officer_id, membership_id, purpose, language) ON simpul.device_sign_ins TO simpul_app;
