-- Leaves: what was done (log 'main') and what was read (log 'reads'), written with the act itself; the ledger gives
-- them their places later.

CREATE TABLE simpul.leaves (
  log text NOT NULL CHECK (log IN ('main', 'reads')),
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  -- officer:<id>, peer:<code> or job:<name>.
  actor text NOT NULL CHECK (length(actor) BETWEEN 1 AND 120),
  officer_id uuid,
  agency_id uuid,
  purpose text NOT NULL,
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$' AND length(kind) <= 80),
  case_id uuid,
  about_id uuid,
  -- The exact bytes that were hashed, as JSON text. Record and salt can be destroyed: the hash then proves that
  -- something was done, and no longer what (architecture: provable for ever, forgettable).
  record text CHECK (octet_length(record) <= 16384),
  salt bytea CHECK (length(salt) = 32),
  -- SHA-256(salt || SHA-256(record)).
  hash bytea NOT NULL CHECK (length(hash) = 32),
  -- The place in the log, from 0; null until the sequencer gave it.
  index bigint CHECK (index >= 0),
  PRIMARY KEY (log, id),
  CHECK ((record IS NULL) = (salt IS NULL))
);
CREATE UNIQUE INDEX leaves_place ON simpul.leaves (log, index);
CREATE INDEX leaves_waiting ON simpul.leaves (log, at, id) WHERE index IS NULL;
CREATE INDEX leaves_of_case ON simpul.leaves (case_id, at DESC, id DESC) WHERE case_id IS NOT NULL;
CREATE INDEX leaves_about ON simpul.leaves (about_id, at DESC, id DESC) WHERE about_id IS NOT NULL;
CREATE INDEX leaves_of_officer ON simpul.leaves (officer_id, at DESC, id DESC) WHERE officer_id IS NOT NULL;
CREATE INDEX leaves_newest ON simpul.leaves (log, at DESC, id DESC);

ALTER TABLE simpul.leaves ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.leaves FORCE ROW LEVEL SECURITY;
-- Jobs and oversight (AUD-2) see all; an officer her own acts. That she also sees the activity of a case she sees is
-- added where cases are known.
CREATE POLICY watched ON simpul.leaves FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('oversight'))
  OR officer_id = (SELECT simpul.officer())
);
-- Nobody notes in another's name.
CREATE POLICY noted ON simpul.leaves FOR INSERT TO simpul_app WITH CHECK (
  index IS NULL AND officer_id IS NOT DISTINCT FROM (SELECT simpul.officer())
);
GRANT SELECT, INSERT ON simpul.leaves TO simpul_app;

-- The sequencer places leaves; the content of a leaf never changes.
CREATE POLICY placed ON simpul.leaves FOR ALL TO simpul_chores USING (true);
GRANT SELECT ON simpul.leaves TO simpul_chores;
GRANT UPDATE (index) ON simpul.leaves TO simpul_chores;
