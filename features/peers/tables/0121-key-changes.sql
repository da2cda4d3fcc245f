-- Changes of this node's keys: one person proposes, another confirms; the statement that was signed stands with it.

CREATE TABLE simpul.key_changes (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('change', 'stolen')),
  because text NOT NULL CHECK (length(because) BETWEEN 3 AND 500),
  -- Stolen: since when.
  since timestamptz,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'done', 'dropped')),
  ended_by text,
  ended_at timestamptz,
  -- The number of the statement, and the statement.
  number integer CHECK (number >= 1),
  signed text CHECK (octet_length(signed) <= 262144),
  CHECK ((kind = 'stolen') = (since IS NOT NULL)),
  CHECK ((state = 'done') = (signed IS NOT NULL)),
  CHECK (state <> 'done' OR ended_by IS DISTINCT FROM proposed_by)
);
CREATE UNIQUE INDEX key_changes_one ON simpul.key_changes ((true)) WHERE state = 'proposed';
CREATE UNIQUE INDEX key_changes_number ON simpul.key_changes (number) WHERE number IS NOT NULL;

ALTER TABLE simpul.key_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.key_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.key_changes FOR SELECT TO simpul_app USING ((SELECT simpul.watches_peers()));
CREATE POLICY proposed ON simpul.key_changes FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('administrator'))
);
CREATE POLICY ended ON simpul.key_changes FOR UPDATE TO simpul_app USING (
  (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('administrator'))
);
GRANT SELECT, INSERT, UPDATE ON simpul.key_changes TO simpul_app;
