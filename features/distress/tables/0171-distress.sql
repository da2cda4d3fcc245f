-- Messages of people who are held, and calls to a hotline: sealed to the victim desk's key before they are written here.
-- In clear stand only the clock (the same for every message, rounded) and who of the desk took it.
CREATE TABLE simpul.distress_messages (
  id uuid PRIMARY KEY,
  jwe text NOT NULL CHECK (length(jwe) BETWEEN 200 AND 65536),
  -- The state whose victim desk passed it on, as its node signed; null for what was written or called in here.
  from_state text CHECK (from_state ~ '^[a-z]{2}$'),
  -- Rounded down to five minutes.
  clock_at timestamptz NOT NULL,
  taken_by uuid,
  -- Rounded down to the hour.
  taken_at timestamptz,
  -- While a call is written down: the digest of what lets the same form write over it. Null: it is as it is.
  token bytea CHECK (octet_length(token) = 32),
  CHECK ((taken_by IS NULL) = (taken_at IS NULL))
);
CREATE INDEX distress_waiting ON simpul.distress_messages (clock_at) WHERE taken_by IS NULL;

-- What the desk did with a message: sealed to its own key, one fact each, nothing is changed later.
CREATE TABLE simpul.distress_facts (
  id uuid PRIMARY KEY,
  message_id uuid NOT NULL REFERENCES simpul.distress_messages,
  jwe text NOT NULL CHECK (length(jwe) BETWEEN 200 AND 65536),
  hour timestamptz NOT NULL
);
CREATE INDEX distress_facts_of ON simpul.distress_facts (message_id, id);

-- What somebody finds with her number: sealed by a key that the number opens. The tag says nothing, and no row of this
-- database joins it to a message.
CREATE TABLE simpul.distress_replies (
  id uuid PRIMARY KEY,
  tag bytea NOT NULL CHECK (octet_length(tag) = 16),
  sealed bytea NOT NULL CHECK (octet_length(sealed) BETWEEN 64 AND 16384),
  day date NOT NULL
);
CREATE INDEX distress_replies_of ON simpul.distress_replies (tag, id);

-- Who may receive: desks of this state that open messages, and those that may be told something. Kept by two persons.
CREATE TABLE simpul.distress_places (
  id uuid PRIMARY KEY,
  use text NOT NULL CHECK (use IN ('opens', 'told')),
  desk_id uuid,
  state text CHECK (state ~ '^[a-z]{2}$'),
  why text NOT NULL CHECK (length(why) BETWEEN 10 AND 2000),
  put_by uuid NOT NULL,
  put_at timestamptz NOT NULL,
  agreed_by uuid,
  agreed_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  ended_why text CHECK (length(ended_why) BETWEEN 10 AND 2000),
  CHECK ((desk_id IS NULL) <> (state IS NULL)),
  CHECK (use = 'told' OR desk_id IS NOT NULL),
  CHECK (agreed_by <> put_by),
  CHECK ((agreed_by IS NULL) = (agreed_at IS NULL)),
  CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
-- A place stands once at a time.
CREATE UNIQUE INDEX distress_place_once ON simpul.distress_places (use, coalesce(desk_id::text, state)) WHERE ended_at IS NULL;

-- Whether she sits at a desk of the list that opens messages.
CREATE FUNCTION simpul.opens_distress() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT simpul.at_victim_desk() AND EXISTS (SELECT 1 FROM simpul.distress_places p
  WHERE p.use = 'opens' AND p.desk_id = simpul.desk() AND p.agreed_at IS NOT NULL AND p.ended_at IS NULL) $$;
GRANT EXECUTE ON FUNCTION simpul.opens_distress() TO simpul_app;

-- A call as it is written down, again and again from the same form: whoever has its token replaces what was sealed before.
CREATE FUNCTION simpul.keep_distress_call(which uuid, sealed text, given bytea, clock timestamptz, last boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF simpul.actor_kind() IS DISTINCT FROM 'officer'
    OR simpul.purpose() NOT IN ('victim-identification', 'victim-assistance') THEN
    RAISE EXCEPTION 'not for this purpose' USING ERRCODE = '42501';
  END IF;
  INSERT INTO simpul.distress_messages (id, jwe, clock_at, token)
    VALUES (which, sealed, clock, CASE WHEN last THEN NULL ELSE given END)
    ON CONFLICT (id) DO UPDATE SET jwe = excluded.jwe, token = excluded.token
      WHERE distress_messages.token = given;
  RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION simpul.keep_distress_call(uuid, text, bytea, timestamptz, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.keep_distress_call(uuid, text, bytea, timestamptz, boolean) TO simpul_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['distress_messages', 'distress_facts', 'distress_replies', 'distress_places'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY owner_reads ON simpul.distress_places FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_keeps ON simpul.distress_messages FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true);

CREATE POLICY seen ON simpul.distress_messages FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.opens_distress()));
-- The page (a job of the node), a hotline's officer, another state's victim desk.
CREATE POLICY left_here ON simpul.distress_messages FOR INSERT TO simpul_app WITH CHECK (taken_by IS NULL AND (
  ((SELECT simpul.actor_kind()) = 'job' AND from_state IS NULL) OR from_state = (SELECT simpul.peer())
  OR ((SELECT simpul.actor_kind()) = 'officer'
    AND (SELECT simpul.purpose()) IN ('victim-identification', 'victim-assistance'))));
CREATE POLICY taken ON simpul.distress_messages FOR UPDATE TO simpul_app
  USING ((SELECT simpul.opens_distress())) WITH CHECK (taken_by = (SELECT simpul.officer()));
GRANT UPDATE (taken_by, taken_at) ON simpul.distress_messages TO simpul_app;

CREATE POLICY seen ON simpul.distress_facts FOR SELECT TO simpul_app USING ((SELECT simpul.opens_distress()));
CREATE POLICY added ON simpul.distress_facts FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.opens_distress()));

CREATE POLICY seen ON simpul.distress_replies FOR SELECT TO simpul_app USING ((SELECT simpul.is_job()));
CREATE POLICY added ON simpul.distress_replies FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_job()) OR (SELECT simpul.opens_distress()));

CREATE POLICY seen ON simpul.distress_places FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.at_victim_desk()) OR (SELECT simpul.oversees()));
CREATE POLICY put ON simpul.distress_places FOR INSERT TO simpul_app WITH CHECK (
  agreed_by IS NULL AND ended_by IS NULL
  AND ((SELECT simpul.is_job()) OR ((SELECT simpul.at_victim_desk()) AND put_by = (SELECT simpul.officer()))));
CREATE POLICY moved ON simpul.distress_places FOR UPDATE TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.at_victim_desk()));
GRANT UPDATE (agreed_by, agreed_at, ended_by, ended_at, ended_why) ON simpul.distress_places TO simpul_app;
