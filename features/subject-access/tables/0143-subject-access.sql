-- AUD-3: a person asks what this node holds about her. Her identity was checked by somebody named; two persons let the
-- search happen; each record found is told or held back on a ground of the law; the letter says both.
CREATE TABLE simpul.subject_accesses (
  id uuid PRIMARY KEY,
  -- What she gave: names, day of birth, identifiers; what finds her, and where to write to.
  names jsonb NOT NULL CHECK (octet_length(names::text) <= 8192),
  birth text CHECK (length(birth) <= 10),
  identifiers jsonb NOT NULL CHECK (octet_length(identifiers::text) <= 16384),
  language text NOT NULL CHECK (length(language) BETWEEN 2 AND 5),
  contact text NOT NULL CHECK (length(contact) BETWEEN 3 AND 500),
  asked_on date NOT NULL,
  -- How it was known that it is she, and by whom.
  checked_how text NOT NULL CHECK (length(checked_how) BETWEEN 10 AND 500),
  checked_by text NOT NULL CHECK (length(checked_by) BETWEEN 2 AND 200),
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  agreed_by uuid CHECK (agreed_by <> entered_by),
  agreed_at timestamptz,
  answered_by uuid,
  answered_at timestamptz,
  CHECK (answered_at IS NULL OR agreed_at IS NOT NULL)
);
CREATE INDEX subject_accesses_newest ON simpul.subject_accesses (entered_at DESC);

CREATE TABLE simpul.subject_hits (
  access_id uuid NOT NULL REFERENCES simpul.subject_accesses,
  nth integer NOT NULL CHECK (nth BETWEEN 0 AND 999),
  kind text NOT NULL CHECK (kind IN ('subject', 'selector', 'received')),
  record_id uuid NOT NULL,
  case_id uuid,
  -- By what it was found: `name`, or a type of identifier.
  found_by text NOT NULL CHECK (length(found_by) <= 40),
  -- Null where one of both days of birth is unknown.
  birth_fits boolean,
  role text,
  since timestamptz NOT NULL,
  -- The states that hold it from us, and the one it came from.
  recipients text[] NOT NULL,
  originator text,
  -- A victim's, a witness's or a family's record: the victim desk alone sees it and answers (VIC-1).
  protected boolean NOT NULL,
  PRIMARY KEY (access_id, nth)
);
CREATE TABLE simpul.subject_decisions (
  id uuid PRIMARY KEY,
  access_id uuid NOT NULL,
  nth integer NOT NULL,
  decision text NOT NULL CHECK (decision IN ('tell', 'hold-back', 'not-hers')),
  ground text CHECK (ground IN ('investigation', 'safety', 'others', 'other-state', 'security')),
  note text NOT NULL CHECK (length(note) <= 2000),
  decided_by uuid NOT NULL,
  decided_at timestamptz NOT NULL,
  FOREIGN KEY (access_id, nth) REFERENCES simpul.subject_hits,
  CHECK ((decision = 'hold-back') = (ground IS NOT NULL))
);
CREATE INDEX subject_decisions_of ON simpul.subject_decisions (access_id, nth, decided_at DESC);

CREATE FUNCTION simpul.protects_victims() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('caseworker') AND EXISTS (
  SELECT 1 FROM simpul.agencies a WHERE a.id = simpul.agency() AND a.kind = 'victim-services') $$;
GRANT EXECUTE ON FUNCTION simpul.protects_victims() TO simpul_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['subject_accesses', 'subject_hits', 'subject_decisions'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY owner_reads ON simpul.subject_hits FOR SELECT TO CURRENT_USER USING (true);
-- The victim desk reads of an access only where something protected was found for it.
CREATE FUNCTION simpul.access_touches_protected(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT 1 FROM simpul.subject_hits h WHERE h.access_id = which AND h.protected) $$;
GRANT EXECUTE ON FUNCTION simpul.access_touches_protected(uuid) TO simpul_app;

CREATE POLICY seen ON simpul.subject_accesses FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.agrees_with_oversight())
  OR ((SELECT simpul.protects_victims()) AND simpul.access_touches_protected(id)));
CREATE POLICY entered ON simpul.subject_accesses FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.oversees()) AND entered_by = (SELECT simpul.officer()));
CREATE POLICY moved ON simpul.subject_accesses FOR UPDATE TO simpul_app USING ((SELECT simpul.agrees_with_oversight()));
GRANT UPDATE (agreed_by, agreed_at, answered_by, answered_at) ON simpul.subject_accesses TO simpul_app;
-- Oversight never learns that a protected record was found, not even by a count.
CREATE POLICY seen ON simpul.subject_hits FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR ((SELECT simpul.oversees()) AND NOT protected)
  OR ((SELECT simpul.protects_victims()) AND protected));
CREATE POLICY found ON simpul.subject_hits FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()));
CREATE POLICY seen ON simpul.subject_decisions FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.oversees()));
CREATE POLICY decided ON simpul.subject_decisions FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.oversees()) AND decided_by = (SELECT simpul.officer())
  AND EXISTS (SELECT 1 FROM simpul.subject_hits h WHERE h.access_id = subject_decisions.access_id
    AND h.nth = subject_decisions.nth));
