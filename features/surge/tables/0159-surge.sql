-- Lists of many people and what embassies are told: sealed to the victim desk; in clear stand only counts and who works on it.

CREATE TABLE simpul.surge_lists (
  id uuid PRIMARY KEY,
  -- JWE to the desk key: the list as it came and as it was read.
  sealed text NOT NULL CHECK (octet_length(sealed) <= 64000000),
  rows integer NOT NULL CHECK (rows BETWEEN 1 AND 20000),
  -- Rows that are people by now; a change of it commits with them.
  done integer NOT NULL DEFAULT 0 CHECK (done <= rows),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL
);

CREATE TABLE simpul.surge_papers (
  id uuid PRIMARY KEY,
  -- JWE to the desk key: for which state, and who is on it with what.
  sealed text NOT NULL CHECK (octet_length(sealed) <= 64000000),
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  agreed_by uuid CHECK (agreed_by <> asked_by),
  agreed_at timestamptz,
  dropped_at timestamptz
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['surge_lists', 'surge_papers'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING ((SELECT simpul.at_victim_desk()))', t);
    EXECUTE format('CREATE POLICY changed ON simpul.%I FOR UPDATE TO simpul_app USING ((SELECT simpul.at_victim_desk()))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY made ON simpul.surge_lists FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.at_victim_desk()) AND made_by = (SELECT simpul.officer()));
CREATE POLICY made ON simpul.surge_papers FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.at_victim_desk()) AND asked_by = (SELECT simpul.officer()));
GRANT UPDATE (done) ON simpul.surge_lists TO simpul_app;
GRANT UPDATE (sealed, agreed_by, agreed_at, dropped_at) ON simpul.surge_papers TO simpul_app;
