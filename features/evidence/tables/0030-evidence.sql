-- Items with their statements, keys, readings and findings, and files on their way in. Who sees the case sees its items.

-- A file on its way in: announced with the statement that the officer's device signed, until it is sealed.
CREATE TABLE simpul.evidence_intakes (
  -- Also the item's id, once it is one.
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL,
  agency_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  purpose text NOT NULL,
  case_id uuid,
  device_id uuid NOT NULL,
  -- SHA-256 of the bytes as her device saw them.
  digest bytea NOT NULL CHECK (length(digest) = 32),
  size bigint NOT NULL CHECK (size > 0),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  -- The signed acquisition (DSSE), with the device's signature alone.
  statement text NOT NULL CHECK (octet_length(statement) <= 131072),
  disclosures jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'sealing', 'sealed', 'refused', 'swept')),
  refusal jsonb,
  started_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX evidence_intakes_of_officer ON simpul.evidence_intakes (officer_id, started_at DESC);
CREATE INDEX evidence_intakes_waiting ON simpul.evidence_intakes (changed_at) WHERE state IN ('open', 'sealing', 'refused');
ALTER TABLE simpul.evidence_intakes ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.evidence_intakes FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON simpul.evidence_intakes FOR ALL TO simpul_app
  USING ((SELECT simpul.is_job()) OR officer_id = (SELECT simpul.officer()));
GRANT SELECT, INSERT, UPDATE ON simpul.evidence_intakes TO simpul_app;

CREATE TABLE simpul.evidence_items (
  id uuid PRIMARY KEY,
  case_id uuid,
  agency_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  taken_in_by uuid,
  origin text NOT NULL CHECK (origin IN ('here', 'peer')),
  state text NOT NULL CHECK (state IN ('sealed', 'key-destroyed')),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  media_type text NOT NULL,
  method text NOT NULL,
  size bigint NOT NULL,
  digest bytea NOT NULL CHECK (length(digest) = 32),
  -- The age file in the evidence store.
  sealed_digest bytea NOT NULL CHECK (length(sealed_digest) = 32),
  disclosures jsonb NOT NULL,
  taken_at timestamptz NOT NULL,
  sealed_at timestamptz NOT NULL,
  handling jsonb NOT NULL,
  evaluation text NOT NULL,
  -- How many statements its chain has, and the digest of the last: every event takes the next place here.
  chain integer NOT NULL CHECK (chain > 0),
  chain_head bytea NOT NULL CHECK (length(chain_head) = 32)
);
CREATE INDEX evidence_items_of_case ON simpul.evidence_items (case_id, sealed_at DESC, id DESC) WHERE case_id IS NOT NULL;
CREATE INDEX evidence_items_of_taker ON simpul.evidence_items (taken_in_by, sealed_at DESC) WHERE case_id IS NULL;
CREATE INDEX evidence_items_of_desk ON simpul.evidence_items (desk_id, sealed_at DESC) WHERE case_id IS NULL;
CREATE INDEX evidence_items_newest ON simpul.evidence_items (sealed_at DESC, id DESC);
CREATE INDEX evidence_items_same ON simpul.evidence_items (digest);
CREATE INDEX evidence_items_blob ON simpul.evidence_items (sealed_digest);

-- An item of a case follows the case; one in no case yet is seen by who took it in and by supervisors of her desk.
CREATE FUNCTION simpul.sees_item(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.evidence_items i
    WHERE i.id = which
      AND (simpul.is_job()
           OR (simpul.actor_kind() = 'officer'
               AND CASE WHEN i.case_id IS NOT NULL THEN simpul.sees_case(i.case_id)
                        ELSE i.taken_in_by = simpul.officer()
                             OR (i.desk_id = simpul.desk() AND simpul.has_role('supervisor')) END)))
$$;
GRANT EXECUTE ON FUNCTION simpul.sees_item(uuid) TO simpul_app;

ALTER TABLE simpul.evidence_items ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.evidence_items FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.evidence_items FOR SELECT TO CURRENT_USER USING (true);
-- The rule of sees_item, spelt with columns so that a list asks about a case, not about each item.
CREATE POLICY seen ON simpul.evidence_items FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR (case_id IS NOT NULL AND (SELECT simpul.actor_kind() = 'officer')
      AND EXISTS (SELECT 1 FROM simpul.cases c WHERE c.id = case_id))
  OR (case_id IS NULL AND (SELECT simpul.actor_kind() = 'officer') AND taken_in_by = (SELECT simpul.officer()))
  OR (case_id IS NULL AND (SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('supervisor'))
      AND desk_id = (SELECT simpul.desk()))
);
-- Only the node itself seals; peers' items arrive by a job as well.
CREATE POLICY sealed ON simpul.evidence_items FOR INSERT TO simpul_app WITH CHECK (simpul.is_job());
-- An item goes into a case whose sight may be narrower than hers, so only what she changes is asked about.
CREATE POLICY changed ON simpul.evidence_items FOR UPDATE TO simpul_app
  USING (simpul.sees_item(id)) WITH CHECK (simpul.is_job() OR simpul.actor_kind() = 'officer');
GRANT SELECT, INSERT ON simpul.evidence_items TO simpul_app;
GRANT UPDATE (case_id, state, handling, evaluation, chain, chain_head) ON simpul.evidence_items TO simpul_app;

-- The signed statements of an item: the acquisition at 0, then one per event. Never changed.
CREATE TABLE simpul.evidence_statements (
  item_id uuid NOT NULL REFERENCES simpul.evidence_items,
  number integer NOT NULL CHECK (number >= 0),
  event text NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  digest bytea NOT NULL CHECK (length(digest) = 32),
  -- DSSE as JSON.
  signed text NOT NULL CHECK (octet_length(signed) <= 131072),
  PRIMARY KEY (item_id, number)
);
ALTER TABLE simpul.evidence_statements ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.evidence_statements FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.evidence_statements FOR SELECT TO simpul_app USING (simpul.sees_item(item_id));
CREATE POLICY added ON simpul.evidence_statements FOR INSERT TO simpul_app WITH CHECK (simpul.sees_item(item_id));
GRANT SELECT, INSERT ON simpul.evidence_statements TO simpul_app;

-- The item's own key, wrapped once for each holder: `node`, `desk:<id>`. Destroying all of them destroys the item.
CREATE TABLE simpul.evidence_keys (
  item_id uuid NOT NULL REFERENCES simpul.evidence_items,
  holder text NOT NULL CHECK (length(holder) <= 60),
  wrapped bytea NOT NULL CHECK (length(wrapped) <= 400),
  PRIMARY KEY (item_id, holder)
);
ALTER TABLE simpul.evidence_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.evidence_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.evidence_keys FOR SELECT TO simpul_app USING (simpul.sees_item(item_id));
CREATE POLICY added ON simpul.evidence_keys FOR INSERT TO simpul_app WITH CHECK (simpul.is_job());
GRANT SELECT, INSERT ON simpul.evidence_keys TO simpul_app;

-- Who has looked, by session: one custody event for each viewing.
CREATE TABLE simpul.evidence_viewings (
  item_id uuid NOT NULL REFERENCES simpul.evidence_items,
  session_id uuid NOT NULL,
  officer_id uuid NOT NULL,
  began_at timestamptz NOT NULL,
  PRIMARY KEY (item_id, session_id)
);
ALTER TABLE simpul.evidence_viewings ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.evidence_viewings FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON simpul.evidence_viewings FOR ALL TO simpul_app
  USING (simpul.sees_item(item_id) AND officer_id = simpul.officer());
GRANT SELECT, INSERT, UPDATE ON simpul.evidence_viewings TO simpul_app;

-- What a reader made of an item: parts in packed segments, kept in the evidence store under the item's own key.
CREATE TABLE simpul.evidence_readings (
  item_id uuid PRIMARY KEY REFERENCES simpul.evidence_items,
  state text NOT NULL CHECK (state IN ('waiting', 'reading', 'ready', 'refused')),
  kind text,
  encoding text,
  parts integer NOT NULL DEFAULT 0,
  characters bigint NOT NULL DEFAULT 0,
  progress real NOT NULL DEFAULT 0,
  refusal jsonb,
  warnings jsonb NOT NULL DEFAULT '[]',
  blob bytea CHECK (length(blob) = 32),
  places jsonb NOT NULL DEFAULT '[]',
  detection text NOT NULL DEFAULT 'waiting' CHECK (detection IN ('waiting', 'done')),
  changed_at timestamptz NOT NULL
);
CREATE INDEX evidence_readings_blob ON simpul.evidence_readings (blob);
ALTER TABLE simpul.evidence_readings ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.evidence_readings FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.evidence_readings FOR SELECT TO simpul_app USING (simpul.sees_item(item_id));
CREATE POLICY made ON simpul.evidence_readings FOR INSERT TO simpul_app WITH CHECK (simpul.is_job());
CREATE POLICY kept ON simpul.evidence_readings FOR UPDATE TO simpul_app USING (simpul.is_job());
GRANT SELECT, INSERT, UPDATE ON simpul.evidence_readings TO simpul_app;
-- How far a reader is, is the node's own business and leaves no leaf.
CREATE POLICY progressed ON simpul.evidence_readings FOR ALL TO simpul_chores USING (true);
GRANT SELECT (item_id, state, progress, changed_at), UPDATE (state, progress, changed_at)
  ON simpul.evidence_readings TO simpul_chores;

-- What may be a selector, where it stands, and what an officer decided. Case data: row security like the item.
CREATE TABLE simpul.evidence_findings (
  item_id uuid NOT NULL REFERENCES simpul.evidence_items,
  id uuid NOT NULL,
  part integer NOT NULL,
  start_at integer NOT NULL,
  end_at integer NOT NULL,
  type text NOT NULL,
  written text NOT NULL CHECK (length(written) <= 4096),
  canonical text NOT NULL CHECK (length(canonical) <= 4096),
  profile text NOT NULL,
  valid boolean NOT NULL,
  doubt text,
  state text NOT NULL CHECK (state IN ('candidate', 'confirmed', 'corrected', 'rejected')),
  role text,
  -- Type and canonical form as they were found, where an officer corrected them.
  found jsonb,
  -- The act that decided last.
  act_id uuid,
  decided_by uuid,
  decided_at timestamptz,
  PRIMARY KEY (item_id, id),
  CHECK ((state IN ('confirmed', 'corrected')) = (role IS NOT NULL))
);
-- Searching again finds the same places and changes nothing, also where an officer corrected the type.
CREATE UNIQUE INDEX evidence_findings_place
  ON simpul.evidence_findings (item_id, part, start_at, end_at, (coalesce(found ->> 'type', type)));
CREATE INDEX evidence_findings_alike ON simpul.evidence_findings (item_id, type, md5(canonical));
ALTER TABLE simpul.evidence_findings ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.evidence_findings FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.evidence_findings FOR SELECT TO simpul_app USING (simpul.sees_item(item_id));
CREATE POLICY found ON simpul.evidence_findings FOR INSERT TO simpul_app WITH CHECK (simpul.is_job());
CREATE POLICY decided ON simpul.evidence_findings FOR UPDATE TO simpul_app USING (simpul.sees_item(item_id));
GRANT SELECT, INSERT ON simpul.evidence_findings TO simpul_app;
GRANT UPDATE (type, canonical, profile, valid, doubt, state, role, found, act_id, decided_by, decided_at)
  ON simpul.evidence_findings TO simpul_app;

-- Acts of deciding, with what stood before, so that one can be taken back.
CREATE TABLE simpul.evidence_decisions (
  item_id uuid NOT NULL REFERENCES simpul.evidence_items,
  id uuid NOT NULL,
  officer_id uuid NOT NULL,
  at timestamptz NOT NULL,
  decision text NOT NULL,
  before jsonb NOT NULL,
  undone_at timestamptz,
  PRIMARY KEY (item_id, id)
);
ALTER TABLE simpul.evidence_decisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.evidence_decisions FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON simpul.evidence_decisions FOR ALL TO simpul_app
  USING (simpul.sees_item(item_id) AND officer_id = simpul.officer());
GRANT SELECT, INSERT ON simpul.evidence_decisions TO simpul_app;
GRANT UPDATE (undone_at) ON simpul.evidence_decisions TO simpul_app;

-- Who sees an item also sees what was done with it (AUD-1).
CREATE POLICY of_seen_item ON simpul.leaves FOR SELECT TO simpul_app
  USING (about_id IS NOT NULL AND simpul.sees_item(about_id));
