-- Phases of a plan, the joint space it belongs to, the targets and cases it names by reference; keys of past months can be destroyed.

ALTER TABLE simpul.operations
  ADD COLUMN phases jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_array_length(phases) <= 20),
  -- The same id at every party of the space; who is no member of it learns no more than that there is one.
  ADD COLUMN space_id uuid;

-- By id alone: what a reader learns of it is what its own room shows her. They do not leave this state.
CREATE TABLE simpul.operation_refs (
  operation_id uuid NOT NULL REFERENCES simpul.operations,
  kind text NOT NULL CHECK (kind IN ('target', 'case')),
  ref uuid NOT NULL,
  by_officer uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (operation_id, kind, ref)
);
ALTER TABLE simpul.operation_refs ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.operation_refs FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.operation_refs FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.operation_refs FOR SELECT TO simpul_app
  USING (NOT (SELECT simpul.actor_kind() = 'peer') AND simpul.sees_operation(operation_id));
CREATE POLICY made ON simpul.operation_refs FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.actor_kind() = 'officer') AND simpul.sees_operation(operation_id));
CREATE POLICY dropped ON simpul.operation_refs FOR DELETE TO simpul_app
  USING ((SELECT simpul.actor_kind() = 'officer') AND simpul.sees_operation(operation_id));
GRANT SELECT, INSERT, DELETE ON simpul.operation_refs TO simpul_app;

-- Whether every target that the plan names still stands; whoever says go learns this and nothing else of them (VIC-2).
CREATE FUNCTION simpul.operation_targets_stand(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT NOT EXISTS (SELECT 1 FROM simpul.operation_refs r LEFT JOIN simpul.targets t ON t.id = r.ref
    WHERE r.operation_id = which AND r.kind = 'target' AND t.state IS DISTINCT FROM 'standing')
$$;
REVOKE ALL ON FUNCTION simpul.operation_targets_stand(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.operation_targets_stand(uuid) TO simpul_app;

-- The policy of jobs covers it.
GRANT DELETE ON simpul.operation_keys TO simpul_app;
