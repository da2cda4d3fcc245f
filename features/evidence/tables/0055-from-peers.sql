-- Items that another state sealed: whose they are, and by which keys their story is checked.

CREATE TABLE simpul.evidence_origins (
  item_id uuid PRIMARY KEY REFERENCES simpul.evidence_items,
  node text NOT NULL CHECK (node ~ '^[a-z]{2}$'),
  -- The state that handed it to us; the originator's own node, or one that was permitted to pass it on.
  from_node text NOT NULL CHECK (from_node ~ '^[a-z]{2}$'),
  -- Ed25519 keys, raw: of the nodes in its chain, by code, and of the device that acquired it.
  node_keys jsonb NOT NULL,
  device_key bytea NOT NULL CHECK (length(device_key) = 32),
  at timestamptz NOT NULL
);
ALTER TABLE simpul.evidence_origins ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.evidence_origins FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.evidence_origins FOR SELECT TO simpul_app USING (simpul.sees_item(item_id));
CREATE POLICY arrived ON simpul.evidence_origins FOR INSERT TO simpul_app WITH CHECK (simpul.is_job());
GRANT SELECT, INSERT ON simpul.evidence_origins TO simpul_app;

-- HC-3: what came under H2 without "this case" is for the agency that asked, whoever else is on the team.
ALTER TABLE simpul.evidence_items ADD COLUMN agency_only boolean NOT NULL DEFAULT false;
CREATE POLICY within_terms ON simpul.evidence_items AS RESTRICTIVE FOR SELECT TO simpul_app
  USING (NOT agency_only OR (SELECT simpul.is_job()) OR agency_id = (SELECT simpul.agency()));
CREATE OR REPLACE FUNCTION simpul.sees_item(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.evidence_items i
    WHERE i.id = which
      AND (simpul.is_job()
           OR (simpul.actor_kind() = 'officer'
               AND (NOT i.agency_only OR i.agency_id = simpul.agency())
               AND CASE WHEN i.case_id IS NOT NULL THEN simpul.sees_case(i.case_id)
                        ELSE i.taken_in_by = simpul.officer()
                             OR (i.desk_id = simpul.desk() AND simpul.has_role('supervisor')) END)))
$$;
