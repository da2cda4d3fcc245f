-- Border control: standing purposes (HIT-2), how many were checked, and what officers decided about whom a list named.

CREATE TABLE simpul.border_purposes (
  id uuid PRIMARY KEY,
  title text NOT NULL CHECK (length(title) BETWEEN 3 AND 200),
  legal_basis text NOT NULL CHECK (length(legal_basis) BETWEEN 3 AND 500),
  lists uuid[] NOT NULL CHECK (cardinality(lists) BETWEEN 1 AND 500),
  desks uuid[] NOT NULL CHECK (cardinality(desks) BETWEEN 1 AND 100),
  until timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'active', 'ended', 'dropped')),
  -- Other states see a commitment to the purpose, made with it.
  secret uuid NOT NULL DEFAULT gen_random_uuid(),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  agreed_by uuid CHECK (agreed_by <> made_by),
  agreed_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  CHECK (state <> 'active' OR agreed_at IS NOT NULL),
  CHECK ((state IN ('ended', 'dropped')) = (ended_at IS NOT NULL))
);

-- Of whom no list knows anything, only that one more was checked.
CREATE TABLE simpul.border_counts (
  purpose_id uuid NOT NULL REFERENCES simpul.border_purposes,
  desk_id uuid NOT NULL,
  day date NOT NULL,
  checked integer NOT NULL DEFAULT 0,
  compared integer NOT NULL DEFAULT 0,
  listed integer NOT NULL DEFAULT 0,
  PRIMARY KEY (purpose_id, desk_id, day)
);

-- HIT-7: a list named somebody; an officer looked, and decided whether it is that person.
CREATE TABLE simpul.border_hits (
  id uuid PRIMARY KEY,
  purpose_id uuid NOT NULL REFERENCES simpul.border_purposes,
  desk_id uuid NOT NULL,
  officer_id uuid NOT NULL,
  at timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('compare', 'listed')),
  list_id uuid NOT NULL,
  -- Null where the list stays with its state.
  entry_id uuid,
  found_by text NOT NULL CHECK (found_by IN ('document', 'name-birth')),
  decided text CHECK (decided IN ('same', 'other', 'unsure')),
  decided_by uuid,
  decided_at timestamptz,
  note text CHECK (length(note) <= 1000)
);
CREATE INDEX border_hits_open ON simpul.border_hits (desk_id, at DESC);

CREATE FUNCTION simpul.keeps_borders() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT simpul.oversees() OR simpul.is_contact_point()
  OR (simpul.works_cases() AND simpul.purpose() = 'border-control'
      AND EXISTS (SELECT 1 FROM simpul.agencies a WHERE a.id = simpul.agency() AND a.kind = 'immigration')) $$;
REVOKE ALL ON FUNCTION simpul.keeps_borders() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.keeps_borders() TO simpul_app;

ALTER TABLE simpul.border_purposes ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.border_purposes FORCE ROW LEVEL SECURITY;
ALTER TABLE simpul.border_counts ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.border_counts FORCE ROW LEVEL SECURITY;
ALTER TABLE simpul.border_hits ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.border_hits FORCE ROW LEVEL SECURITY;

CREATE POLICY seen ON simpul.border_purposes FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR (SELECT simpul.keeps_borders()));
CREATE POLICY made ON simpul.border_purposes FOR INSERT TO simpul_app WITH CHECK (
  state = 'proposed' AND (SELECT simpul.keeps_borders()) AND made_by = (SELECT simpul.officer())
);
CREATE POLICY changed ON simpul.border_purposes FOR UPDATE TO simpul_app USING ((SELECT simpul.keeps_borders()));
GRANT SELECT, INSERT ON simpul.border_purposes TO simpul_app;
GRANT UPDATE (state, agreed_by, agreed_at, ended_by, ended_at) ON simpul.border_purposes TO simpul_app;

CREATE POLICY seen ON simpul.border_counts FOR SELECT TO simpul_app USING ((SELECT simpul.keeps_borders()));
CREATE POLICY counted ON simpul.border_counts FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.keeps_borders()) AND desk_id = (SELECT simpul.desk()));
CREATE POLICY changed ON simpul.border_counts FOR UPDATE TO simpul_app
  USING ((SELECT simpul.keeps_borders()) AND desk_id = (SELECT simpul.desk()));
GRANT SELECT, INSERT ON simpul.border_counts TO simpul_app;
GRANT UPDATE (checked, compared, listed) ON simpul.border_counts TO simpul_app;

CREATE POLICY seen ON simpul.border_hits FOR SELECT TO simpul_app USING (
  (SELECT simpul.oversees()) OR ((SELECT simpul.keeps_borders()) AND desk_id = (SELECT simpul.desk()))
);
CREATE POLICY made ON simpul.border_hits FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.keeps_borders()) AND desk_id = (SELECT simpul.desk()) AND officer_id = (SELECT simpul.officer())
);
CREATE POLICY decided ON simpul.border_hits FOR UPDATE TO simpul_app
  USING ((SELECT simpul.keeps_borders()) AND desk_id = (SELECT simpul.desk()));
GRANT SELECT, INSERT ON simpul.border_hits TO simpul_app;
GRANT UPDATE (decided, decided_by, decided_at, note) ON simpul.border_hits TO simpul_app;
