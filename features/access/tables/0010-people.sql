-- Agencies, their desks, officers, and who works at which desk in which roles.

CREATE TABLE simpul.agencies (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('police', 'immigration', 'cyber-crime', 'prosecutor', 'victim-services',
                                     'consular', 'liaison', 'oversight')),
  -- In its own script; romanised beside where that is another.
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  name_latin text CHECK (length(name_latin) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL
);

CREATE TABLE simpul.desks (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL REFERENCES simpul.agencies,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  name_latin text CHECK (length(name_latin) BETWEEN 1 AND 200),
  created_at timestamptz NOT NULL
);
CREATE INDEX desks_of_agency ON simpul.desks (agency_id);

CREATE TABLE simpul.officers (
  id uuid PRIMARY KEY,
  -- Her service number, as her state writes it.
  number text NOT NULL UNIQUE CHECK (number ~ '^[A-Za-z0-9./-]{1,40}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  name_latin text CHECK (length(name_latin) BETWEEN 1 AND 200),
  language text NOT NULL CHECK (length(language) BETWEEN 2 AND 20),
  created_at timestamptz NOT NULL,
  -- She left the service; from this moment no session of hers lives.
  left_at timestamptz
);

-- A membership ends; it is never erased.
CREATE TABLE simpul.memberships (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES simpul.officers,
  desk_id uuid NOT NULL REFERENCES simpul.desks,
  roles text[] NOT NULL CHECK (cardinality(roles) BETWEEN 1 AND 8 AND roles <@ ARRAY['investigator', 'analyst',
    'supervisor', 'liaison', 'prosecutor', 'caseworker', 'oversight', 'administrator']),
  since timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE UNIQUE INDEX memberships_once ON simpul.memberships (officer_id, desk_id) WHERE ended_at IS NULL;
CREATE INDEX memberships_of_desk ON simpul.memberships (desk_id) WHERE ended_at IS NULL;

CREATE FUNCTION simpul.manages_access() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT simpul.is_job() OR (simpul.actor_kind() = 'officer' AND simpul.has_role('administrator')) $$;
CREATE FUNCTION simpul.is_colleague() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT simpul.is_job() OR simpul.actor_kind() = 'officer' $$;
GRANT EXECUTE ON FUNCTION simpul.manages_access(), simpul.is_colleague() TO simpul_app;

-- Colleagues of the own node know each other's names and desks: a team is made of them. Peers see none of it.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['agencies', 'desks', 'officers', 'memberships'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY known ON simpul.%I FOR SELECT TO simpul_app USING ((SELECT simpul.is_colleague()))', t);
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK (simpul.manages_access())', t);
    EXECUTE format('CREATE POLICY managed ON simpul.%I FOR UPDATE TO simpul_app USING (simpul.manages_access())', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
