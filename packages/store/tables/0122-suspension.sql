-- Exchange with a state rests: letters wait on both sides and none is lost, until two persons let it go on.

ALTER TABLE simpul.peers DROP CONSTRAINT peers_state_check;
ALTER TABLE simpul.peers ADD CONSTRAINT peers_state_check
  CHECK (state IN ('proposed', 'confirmed', 'suspended', 'stopped'));
ALTER TABLE simpul.peers DROP CONSTRAINT peers_health_check;
ALTER TABLE simpul.peers ADD CONSTRAINT peers_health_check
  CHECK (health IN ('unknown', 'up', 'down', 'clock-off', 'refusing', 'behind', 'suspended'));
ALTER TABLE simpul.peers
  ADD COLUMN suspended_by text,
  ADD COLUMN suspended_at timestamptz,
  ADD COLUMN suspended_because text CHECK (length(suspended_because) BETWEEN 3 AND 500),
  -- The first of the two who let it go on.
  ADD COLUMN resume_by text,
  ADD COLUMN resume_at timestamptz,
  ADD CONSTRAINT peers_suspended CHECK (state <> 'suspended' OR suspended_by IS NOT NULL);
