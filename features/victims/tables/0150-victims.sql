-- The compartment of possible victims (VIC-1): keys of the victim desk, people and entries that only an open desk reads.
-- In clear stand ids that say nothing, sizes in steps and times by the hour; never what it is about, who it is, or from whom.

CREATE FUNCTION simpul.at_victim_desk() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT simpul.actor_kind() = 'officer'
  AND (simpul.has_role('caseworker') OR simpul.has_role('supervisor'))
  AND simpul.purpose() IN ('victim-assistance', 'victim-identification')
  AND EXISTS (SELECT 1 FROM simpul.agencies a WHERE a.id = simpul.agency() AND a.kind = 'victim-services') $$;
GRANT EXECUTE ON FUNCTION simpul.at_victim_desk() TO simpul_app;

-- The public half, to which anybody seals. One is in force; an ended one is kept for what was sealed to it meanwhile.
CREATE TABLE simpul.victim_desk_keys (
  kid text PRIMARY KEY CHECK (kid ~ '^[A-Za-z0-9_-]{43}$'),
  public_key jsonb NOT NULL,
  since timestamptz NOT NULL,
  ended_at timestamptz,
  -- Its private half under the key that followed it.
  handed_on bytea CHECK (octet_length(handed_on) <= 200),
  CHECK ((ended_at IS NULL) = (handed_on IS NULL))
);
CREATE UNIQUE INDEX victim_desk_key_in_force ON simpul.victim_desk_keys ((ended_at IS NULL)) WHERE ended_at IS NULL;

-- An officer's own key pair: the desk key is sealed to its public half, so that a new desk key reaches her while she is away.
CREATE TABLE simpul.victim_officer_keys (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL,
  public_key jsonb NOT NULL,
  made_at timestamptz NOT NULL,
  -- Who let her in, and the desk's own mark over officer and key: a row put in by hand does not bear it.
  agreed_by uuid,
  agreed_at timestamptz,
  mark bytea CHECK (octet_length(mark) = 32),
  ended_at timestamptz,
  ended_by uuid
);
CREATE UNIQUE INDEX victim_officer_key_once ON simpul.victim_officer_keys (officer_id) WHERE ended_at IS NULL;

-- What opens her key: a passphrase, or a passkey of hers.
CREATE TABLE simpul.victim_openers (
  id uuid PRIMARY KEY,
  key_id uuid NOT NULL REFERENCES simpul.victim_officer_keys,
  officer_id uuid NOT NULL,
  how text NOT NULL CHECK (how IN ('passphrase', 'passkey')),
  salt bytea NOT NULL CHECK (octet_length(salt) = 32),
  -- Argon2id: KiB, passes, lanes. Null for a passkey, whose secret is random.
  cost integer[] CHECK (array_length(cost, 1) = 3),
  credential text CHECK (length(credential) <= 1400),
  wrapped bytea NOT NULL CHECK (octet_length(wrapped) <= 200),
  added_at timestamptz NOT NULL,
  ended_at timestamptz,
  CHECK ((how = 'passkey') = (credential IS NOT NULL)),
  CHECK ((how = 'passphrase') = (cost IS NOT NULL))
);
CREATE INDEX victim_openers_of ON simpul.victim_openers (officer_id) WHERE ended_at IS NULL;

-- A desk key sealed to an officer's key.
CREATE TABLE simpul.victim_grants (
  key_id uuid NOT NULL REFERENCES simpul.victim_officer_keys,
  kid text NOT NULL REFERENCES simpul.victim_desk_keys,
  sealed text NOT NULL CHECK (octet_length(sealed) <= 4000),
  PRIMARY KEY (key_id, kid)
);

-- A person: her record key, under the desk's. Without the row nothing of her can be read any more.
CREATE TABLE simpul.victim_people (
  id uuid PRIMARY KEY,
  kid text NOT NULL REFERENCES simpul.victim_desk_keys,
  wrapped bytea NOT NULL CHECK (octet_length(wrapped) <= 200),
  since timestamptz NOT NULL
);

CREATE TABLE simpul.victim_entries (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES simpul.victim_people ON DELETE CASCADE,
  sealed bytea NOT NULL CHECK (octet_length(sealed) <= 1100000),
  kept_at timestamptz NOT NULL
);
CREATE INDEX victim_entries_of ON simpul.victim_entries (person_id);

-- What came sealed from outside and waits for an open desk.
CREATE TABLE simpul.victim_intake (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL,
  kid text NOT NULL,
  sealed text NOT NULL CHECK (octet_length(sealed) <= 1500000),
  kept_at timestamptz NOT NULL
);
CREATE INDEX victim_intake_of ON simpul.victim_intake (person_id);

-- Forgotten: what comes late about her is not kept (COR-3).
CREATE TABLE simpul.victim_gone (
  id uuid PRIMARY KEY,
  gone_at timestamptz NOT NULL
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['victim_desk_keys', 'victim_officer_keys', 'victim_openers', 'victim_grants', 'victim_people',
    'victim_entries', 'victim_intake', 'victim_gone'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_keeps ON simpul.%I FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true)', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['victim_officer_keys', 'victim_grants', 'victim_people', 'victim_entries', 'victim_intake',
    'victim_gone'] LOOP
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING ((SELECT simpul.at_victim_desk()))', t);
    EXECUTE format('GRANT SELECT ON simpul.%I TO simpul_app', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['victim_desk_keys', 'victim_grants', 'victim_people', 'victim_entries', 'victim_gone'] LOOP
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.at_victim_desk()))', t);
    EXECUTE format('GRANT INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['victim_people', 'victim_intake', 'victim_grants'] LOOP
    EXECUTE format('CREATE POLICY taken_away ON simpul.%I FOR DELETE TO simpul_app USING ((SELECT simpul.at_victim_desk()))', t);
    EXECUTE format('GRANT DELETE ON simpul.%I TO simpul_app', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['victim_desk_keys', 'victim_officer_keys', 'victim_people'] LOOP
    EXECUTE format('CREATE POLICY changed ON simpul.%I FOR UPDATE TO simpul_app USING ((SELECT simpul.at_victim_desk()))', t);
  END LOOP;
END
$$;
-- The public half is everybody's.
CREATE POLICY seen ON simpul.victim_desk_keys FOR SELECT TO simpul_app USING (true);
GRANT SELECT ON simpul.victim_desk_keys TO simpul_app;
GRANT UPDATE (ended_at, handed_on) ON simpul.victim_desk_keys TO simpul_app;
CREATE POLICY her_own ON simpul.victim_officer_keys FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.at_victim_desk()) AND officer_id = (SELECT simpul.officer()));
GRANT INSERT ON simpul.victim_officer_keys TO simpul_app;
GRANT UPDATE (agreed_by, agreed_at, mark, ended_at, ended_by) ON simpul.victim_officer_keys TO simpul_app;
CREATE POLICY her_own ON simpul.victim_openers FOR ALL TO simpul_app
  USING ((SELECT simpul.at_victim_desk()) AND officer_id = (SELECT simpul.officer()))
  WITH CHECK ((SELECT simpul.at_victim_desk()) AND officer_id = (SELECT simpul.officer()));
GRANT SELECT, INSERT ON simpul.victim_openers TO simpul_app;
GRANT UPDATE (ended_at) ON simpul.victim_openers TO simpul_app;
GRANT UPDATE (kid, wrapped) ON simpul.victim_people TO simpul_app;

-- Anybody's door: an officer who identifies or assists, another state's victim desk, a job. It says whether this entry is
-- new, and shows nothing; what comes for a person who is forgotten is taken for known, and not kept.
CREATE FUNCTION simpul.leave_victim_entry(entry uuid, person uuid, key_id text, jwe text, at_hour timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF simpul.actor_kind() = 'officer' AND simpul.purpose() NOT IN ('victim-identification', 'victim-assistance') THEN
    RAISE EXCEPTION 'not for this purpose' USING ERRCODE = '42501';
  END IF;
  IF coalesce(simpul.actor_kind(), '') NOT IN ('officer', 'peer', 'job') THEN
    RAISE EXCEPTION 'nobody acts' USING ERRCODE = '42501';
  END IF;
  IF EXISTS (SELECT 1 FROM simpul.victim_entries e WHERE e.id = entry)
    OR EXISTS (SELECT 1 FROM simpul.victim_gone g WHERE g.id IN (person, entry)) THEN
    RETURN false;
  END IF;
  INSERT INTO simpul.victim_intake (id, person_id, kid, sealed, kept_at)
    VALUES (entry, person, key_id, jwe, date_trunc('hour', at_hour)) ON CONFLICT (id) DO NOTHING;
  RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION simpul.leave_victim_entry(uuid, uuid, text, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.leave_victim_entry(uuid, uuid, text, text, timestamptz) TO simpul_app;
