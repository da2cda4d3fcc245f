-- Whose a lease is: a process that lives holds a lock under its name, so that what a killed one held is free at once.

-- True for a process that held its lock when it took something, and holds it no more. Null names nobody: only time tells.
CREATE FUNCTION simpul.process_gone(process uuid) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
RETURN process IS NOT NULL AND NOT EXISTS (
  SELECT FROM pg_locks
  WHERE locktype = 'advisory' AND objsubid = 2 AND classid = 7410::oid
    AND objid = (hashtext(process::text)::bigint & 4294967295)::oid
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
);

ALTER TABLE simpul.peer_lines ADD COLUMN leased_by uuid;
ALTER TABLE simpul.jobs ADD COLUMN leased_by uuid;
