-- A node restored from a backup does not know what it signed afterwards. Until a cosigner has said what it knows, the
-- node signs nothing: a head signed too early would be a second history.
ALTER TABLE simpul.logs ADD COLUMN restored_at timestamptz;
