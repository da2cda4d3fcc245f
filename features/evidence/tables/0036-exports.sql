-- Bundles that left, or are being made: who sent what to whom, on what reason, and until when the file can be fetched.
CREATE TABLE simpul.evidence_exports (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  case_number text NOT NULL,
  officer_id uuid NOT NULL,
  agency_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  purpose text NOT NULL,
  recipient text NOT NULL CHECK (length(recipient) BETWEEN 3 AND 300),
  -- ISO 3166 code of the state it goes to; the own one for a court at home.
  recipient_state text NOT NULL CHECK (recipient_state ~ '^[a-z]{2}$'),
  reason text NOT NULL CHECK (length(reason) BETWEEN 3 AND 2000),
  -- The chosen items in order, each with the number of the last statement that goes along.
  items jsonb NOT NULL CHECK (octet_length(items::text) <= 1048576),
  -- Names of the concealed fields that are shown.
  fields jsonb NOT NULL,
  -- Why it leaves before other states cosigned; null: it waits for them.
  unproven text CHECK (length(unproven) BETWEEN 3 AND 2000),
  state text NOT NULL CHECK (state IN ('waiting', 'packing', 'ready', 'failed', 'given-up', 'swept')),
  progress real NOT NULL DEFAULT 0,
  failure jsonb,
  -- Of the finished zip, as the recipient gets it.
  size bigint,
  digest bytea CHECK (length(digest) = 32),
  proven boolean,
  -- The zip under a key of its own in the evidence store; both are gone once it is swept.
  blob bytea CHECK (length(blob) = 32),
  blob_size bigint,
  wrapped bytea CHECK (length(wrapped) <= 400),
  started_at timestamptz NOT NULL,
  ready_at timestamptz,
  changed_at timestamptz NOT NULL
);
CREATE INDEX evidence_exports_of_case ON simpul.evidence_exports (case_id, started_at DESC);
CREATE INDEX evidence_exports_of_officer ON simpul.evidence_exports (officer_id, started_at DESC);
CREATE INDEX evidence_exports_kept ON simpul.evidence_exports (ready_at) WHERE state = 'ready';
ALTER TABLE simpul.evidence_exports ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.evidence_exports FORCE ROW LEVEL SECURITY;
-- AUD-2: oversight sees every bundle that left, also of cases that it does not see.
CREATE POLICY seen ON simpul.evidence_exports FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR officer_id = (SELECT simpul.officer())
  OR ((SELECT simpul.actor_kind() = 'officer') AND ((SELECT simpul.has_role('oversight')) OR simpul.sees_case(case_id)))
);
CREATE POLICY asked ON simpul.evidence_exports FOR INSERT TO simpul_app
  WITH CHECK (officer_id = (SELECT simpul.officer()) AND simpul.sees_case(case_id));
CREATE POLICY changed ON simpul.evidence_exports FOR UPDATE TO simpul_app
  USING ((SELECT simpul.is_job()) OR officer_id = (SELECT simpul.officer()));
GRANT SELECT, INSERT ON simpul.evidence_exports TO simpul_app;
GRANT UPDATE (unproven, state, progress, failure, size, digest, proven, blob, blob_size, wrapped, ready_at, changed_at)
  ON simpul.evidence_exports TO simpul_app;
-- How far the packing is, is the node's own business and leaves no leaf.
CREATE POLICY progressed ON simpul.evidence_exports FOR ALL TO simpul_chores USING (true);
GRANT SELECT (id, state, progress, changed_at), UPDATE (state, progress, changed_at)
  ON simpul.evidence_exports TO simpul_chores;
