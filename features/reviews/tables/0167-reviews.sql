-- Legal reviews (VIC-2): what is under review and since when, alike for all; keys of those who read results; what the victim
-- desk found, and what prosecutors say, sealed between the two desks, in sizes and at times that tell nothing.

CREATE FUNCTION simpul.prosecutes() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('prosecutor')
  AND EXISTS (SELECT 1 FROM simpul.agencies a WHERE a.id = simpul.agency() AND a.kind = 'prosecutor') $$;
GRANT EXECUTE ON FUNCTION simpul.prosecutes() TO simpul_app;

CREATE TABLE simpul.legal_reviews (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('charge', 'target', 'immigration-penalty', 'extradition')),
  -- Null where an immigration officer works without a case.
  case_id uuid,
  subject_id uuid,
  -- As the officer knew her when it began.
  person jsonb NOT NULL CHECK (octet_length(person::text) <= 16384),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
  officer_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  law_version text NOT NULL CHECK (length(law_version) <= 40),
  withdrawn_at timestamptz,
  CHECK ((case_id IS NULL) = (subject_id IS NULL)),
  CHECK (due_at > opened_at)
);
CREATE INDEX legal_reviews_newest ON simpul.legal_reviews (opened_at DESC, id);
CREATE INDEX legal_reviews_of_case ON simpul.legal_reviews (case_id);

-- A prosecutor's own key: to its public half goes the secret under which results are sealed. Its private half opens by
-- her passphrase alone.
CREATE TABLE simpul.review_keys (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL,
  public_key jsonb NOT NULL CHECK (octet_length(public_key::text) <= 1000),
  salt bytea NOT NULL CHECK (octet_length(salt) = 32),
  -- Argon2id: KiB, passes, lanes.
  cost integer[] NOT NULL CHECK (array_length(cost, 1) = 3),
  wrapped bytea NOT NULL CHECK (octet_length(wrapped) <= 400),
  made_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE UNIQUE INDEX review_keys_once ON simpul.review_keys (officer_id) WHERE ended_at IS NULL;

-- The victim desk compared the key's letters with its owner, and sealed the secret to it.
CREATE TABLE simpul.review_grants (
  key_id uuid PRIMARY KEY REFERENCES simpul.review_keys,
  sealed text NOT NULL CHECK (octet_length(sealed) <= 4000),
  agreed_by uuid NOT NULL,
  agreed_at timestamptz NOT NULL
);

-- What was found about all reviews, in one piece: each time the desk compares, all of it is written anew, and its size
-- follows from the number of reviews.
CREATE TABLE simpul.review_books (
  id uuid PRIMARY KEY,
  sealed bytea NOT NULL,
  reviews integer NOT NULL CHECK (reviews >= 0),
  at timestamptz NOT NULL
);
CREATE INDEX review_books_newest ON simpul.review_books (at DESC);

-- What prosecutors said; about which review stands inside.
CREATE TABLE simpul.review_rulings (
  id uuid PRIMARY KEY,
  sealed bytea NOT NULL CHECK (octet_length(sealed) <= 8192),
  at timestamptz NOT NULL
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['legal_reviews', 'review_keys', 'review_grants', 'review_books', 'review_rulings'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;

-- Those who work on the case or at the desk, every prosecutor, and the victim desk, which compares.
CREATE POLICY seen ON simpul.legal_reviews FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.prosecutes()) OR (SELECT simpul.at_victim_desk())
  OR ((SELECT simpul.actor_kind()) = 'officer' AND CASE
    WHEN case_id IS NULL THEN desk_id = (SELECT simpul.desk()) ELSE simpul.sees_case(case_id) END));
CREATE POLICY opened ON simpul.legal_reviews FOR INSERT TO simpul_app WITH CHECK (
  officer_id = (SELECT simpul.officer()) AND desk_id = (SELECT simpul.desk())
  AND (case_id IS NULL OR simpul.sees_case(case_id)));
CREATE POLICY withdrawn ON simpul.legal_reviews FOR UPDATE TO simpul_app USING (desk_id = (SELECT simpul.desk()));
GRANT UPDATE (withdrawn_at) ON simpul.legal_reviews TO simpul_app;

CREATE POLICY seen ON simpul.review_keys FOR SELECT TO simpul_app USING (
  (SELECT simpul.at_victim_desk()) OR officer_id = (SELECT simpul.officer()));
CREATE POLICY made ON simpul.review_keys FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.prosecutes()) AND officer_id = (SELECT simpul.officer()));
CREATE POLICY ended ON simpul.review_keys FOR UPDATE TO simpul_app USING (
  (SELECT simpul.prosecutes()) AND officer_id = (SELECT simpul.officer()));
GRANT UPDATE (ended_at) ON simpul.review_keys TO simpul_app;

CREATE POLICY seen ON simpul.review_grants FOR SELECT TO simpul_app USING (
  (SELECT simpul.at_victim_desk()) OR EXISTS (SELECT 1 FROM simpul.review_keys k WHERE k.id = key_id));
CREATE POLICY made ON simpul.review_grants FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.at_victim_desk()) AND agreed_by = (SELECT simpul.officer()));

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['review_books', 'review_rulings'] LOOP
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING (
      (SELECT simpul.prosecutes()) OR (SELECT simpul.at_victim_desk()))', t);
  END LOOP;
END
$$;
CREATE POLICY written ON simpul.review_books FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.at_victim_desk()));
CREATE POLICY replaced ON simpul.review_books FOR DELETE TO simpul_app USING ((SELECT simpul.at_victim_desk()));
GRANT DELETE ON simpul.review_books TO simpul_app;
CREATE POLICY ruled ON simpul.review_rulings FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.prosecutes()));

-- When all pending reviews were compared last: the same moment for each of them.
CREATE FUNCTION simpul.reviews_compared_at() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT max(b.at) FROM simpul.review_books b $$;
REVOKE ALL ON FUNCTION simpul.reviews_compared_at() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.reviews_compared_at() TO simpul_app;
