-- Phones in the field: whose each is, its public key, when it was last in contact, how much it left; never what.

CREATE TABLE simpul.field_phones (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  officer_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  -- ECDSA P-256, as JWK.
  public_key jsonb NOT NULL CHECK (octet_length(public_key::text) <= 400),
  enrolled_at timestamptz NOT NULL,
  last_contact timestamptz,
  entries_left integer NOT NULL DEFAULT 0,
  today date,
  today_left integer NOT NULL DEFAULT 0,
  revoked_at timestamptz,
  revoked_by uuid,
  -- What came after it was revoked: sealed before, perhaps; the desk is told.
  left_after integer NOT NULL DEFAULT 0,
  wiped_at timestamptz
);
CREATE INDEX field_phones_of ON simpul.field_phones (officer_id) WHERE revoked_at IS NULL;

ALTER TABLE simpul.field_phones ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.field_phones FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.field_phones FOR SELECT TO CURRENT_USER USING (true);
-- The victim desk sees all phones that may leave entries with it; an officer her own.
CREATE POLICY seen ON simpul.field_phones FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.at_victim_desk()) OR officer_id = (SELECT simpul.officer()));
CREATE POLICY made ON simpul.field_phones FOR INSERT TO simpul_app WITH CHECK (
  officer_id = (SELECT simpul.officer()) AND desk_id = (SELECT simpul.desk())
  AND (SELECT simpul.purpose()) IN ('victim-identification', 'victim-assistance'));
CREATE POLICY changed ON simpul.field_phones FOR UPDATE TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.at_victim_desk()) OR officer_id = (SELECT simpul.officer()));
GRANT SELECT, INSERT ON simpul.field_phones TO simpul_app;
GRANT UPDATE (last_contact, entries_left, today, today_left, revoked_at, revoked_by, left_after, wiped_at)
  ON simpul.field_phones TO simpul_app;
