-- Received: every envelope a peer ever numbered for us, with the signed receipt it was given, so that the same
-- envelope sent again gets the same answer and changes nothing.

CREATE TABLE simpul.received (
  peer text NOT NULL,
  id uuid NOT NULL,
  sequence bigint NOT NULL CHECK (sequence >= 1),
  -- SHA-256 of the sealed bytes.
  sealed text NOT NULL CHECK (sealed ~ '^[0-9a-f]{64}$'),
  -- Null when it could not be opened.
  type text CHECK (length(type) <= 80),
  at timestamptz NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('accepted', 'refused')),
  code text CHECK (length(code) <= 40),
  receipt text NOT NULL CHECK (length(receipt) <= 4096),
  PRIMARY KEY (peer, id),
  UNIQUE (peer, sequence),
  CHECK ((outcome = 'refused') = (code IS NOT NULL))
);
CREATE INDEX received_newest ON simpul.received (peer, at DESC);

ALTER TABLE simpul.received ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.received FORCE ROW LEVEL SECURITY;
CREATE POLICY taken ON simpul.received FOR INSERT TO simpul_app WITH CHECK (peer = (SELECT simpul.peer()));
CREATE POLICY seen ON simpul.received FOR SELECT TO simpul_app USING (
  peer = (SELECT simpul.peer()) OR (SELECT simpul.is_job())
  OR (SELECT simpul.actor_kind() = 'officer' AND (simpul.has_role('administrator') OR simpul.has_role('oversight')))
);
CREATE POLICY counted ON simpul.received FOR SELECT TO simpul_chores USING (true);
GRANT SELECT, INSERT ON simpul.received TO simpul_app;
GRANT SELECT ON simpul.received TO simpul_chores;
