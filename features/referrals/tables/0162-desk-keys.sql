-- Keys of other states' victim desks, as their nodes signed them, and which of our own key each state was told.

-- Who helps: officers of a victim desk, while they act to help.
CREATE FUNCTION simpul.helps_victims() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.actor_kind() = 'officer' AND simpul.purpose() = 'victim-assistance'
    AND (simpul.has_role('caseworker') OR simpul.has_role('supervisor'))
    AND EXISTS (SELECT 1 FROM simpul.agencies a WHERE a.id = simpul.agency() AND a.kind = 'victim-services')
$$;
GRANT EXECUTE ON FUNCTION simpul.helps_victims() TO simpul_app;

CREATE TABLE simpul.peer_desk_keys (
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  kid text NOT NULL CHECK (length(kid) BETWEEN 1 AND 100),
  key jsonb NOT NULL CHECK (octet_length(key::text) <= 1000),
  -- Signed by its node (DSSE, JSON text): a proof that stays.
  statement text NOT NULL CHECK (octet_length(statement) <= 8192),
  -- The first key of a confirmed peer is trusted; another one waits until two persons compared it.
  state text NOT NULL CHECK (state IN ('trusted', 'changed', 'old')),
  at timestamptz NOT NULL,
  compared_by uuid,
  confirmed_by uuid,
  confirmed_at timestamptz,
  PRIMARY KEY (peer, kid),
  CHECK (compared_by IS DISTINCT FROM confirmed_by OR compared_by IS NULL)
);
CREATE UNIQUE INDEX peer_desk_keys_one ON simpul.peer_desk_keys (peer) WHERE state = 'trusted';

CREATE TABLE simpul.desk_key_told (
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  kid text NOT NULL CHECK (length(kid) BETWEEN 1 AND 100),
  at timestamptz NOT NULL,
  PRIMARY KEY (peer, kid)
);

ALTER TABLE simpul.peer_desk_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.peer_desk_keys FORCE ROW LEVEL SECURITY;
ALTER TABLE simpul.desk_key_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.desk_key_told FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.peer_desk_keys FOR SELECT TO CURRENT_USER USING (true);
-- A public key is no secret inside the node: whoever seals to a desk reads it.
CREATE POLICY seen ON simpul.peer_desk_keys FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_colleague()) OR peer = (SELECT simpul.peer()));
CREATE POLICY told ON simpul.peer_desk_keys FOR INSERT TO simpul_app WITH CHECK (peer = (SELECT simpul.peer()));
CREATE POLICY compared ON simpul.peer_desk_keys FOR UPDATE TO simpul_app USING (
  (SELECT simpul.helps_victims()) OR peer = (SELECT simpul.peer()));
GRANT SELECT, INSERT ON simpul.peer_desk_keys TO simpul_app;
GRANT UPDATE (state, statement, compared_by, confirmed_by, confirmed_at) ON simpul.peer_desk_keys TO simpul_app;
CREATE POLICY kept ON simpul.desk_key_told FOR ALL TO simpul_app USING ((SELECT simpul.is_job()))
  WITH CHECK ((SELECT simpul.is_job()));
GRANT SELECT, INSERT ON simpul.desk_key_told TO simpul_app;
