-- The directory of those who help: kept by the victim desk, for nobody else to read (a shelter's address is a secret).
CREATE TABLE simpul.services (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kinds text[] NOT NULL CHECK (cardinality(kinds) BETWEEN 1 AND 7),
  languages text[] NOT NULL DEFAULT '{}' CHECK (cardinality(languages) <= 40),
  serves text[] NOT NULL DEFAULT '{}' CHECK (cardinality(serves) <= 6),
  capacity integer CHECK (capacity BETWEEN 0 AND 100000),
  place text NOT NULL DEFAULT '' CHECK (length(place) <= 300),
  contact text NOT NULL DEFAULT '' CHECK (length(contact) <= 300),
  way text NOT NULL CHECK (way IN ('link', 'hand')),
  vetted_by uuid,
  vetted_at timestamptz,
  vetted_until date,
  active boolean NOT NULL DEFAULT true,
  changed_at timestamptz NOT NULL
);
ALTER TABLE simpul.services ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.services FORCE ROW LEVEL SECURITY;
CREATE POLICY kept ON simpul.services FOR ALL TO simpul_app USING ((SELECT simpul.helps_victims()))
  WITH CHECK ((SELECT simpul.helps_victims()));
GRANT SELECT, INSERT, UPDATE ON simpul.services TO simpul_app;
