-- The private search between victim desks (HIT-10): what we ask, what others ask us. About whom it is stands inside what is
-- sealed to an open desk; in clear stand states, times, and how many elements were worked on.

CREATE TABLE simpul.victim_searches (
  id uuid PRIMARY KEY,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  state text NOT NULL CHECK (state IN ('proposed', 'asked', 'answered', 'over', 'declined')),
  -- About whom, why, and later what was answered: one size for every search.
  sealed bytea NOT NULL CHECK (octet_length(sealed) <= 70000),
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL,
  agreed_by uuid CHECK (agreed_by <> proposed_by),
  agreed_at timestamptz,
  -- When the other desk's answer comes, whatever it is.
  answer_at timestamptz,
  -- The seed of this search's key, wrapped; gone with the answer.
  seed bytea CHECK (octet_length(seed) <= 200),
  evaluated integer NOT NULL DEFAULT 0 CHECK (evaluated >= 0),
  answer text CHECK (octet_length(answer) <= 100000),
  CHECK ((agreed_by IS NULL) = (agreed_at IS NULL)),
  CHECK (state <> 'asked' OR seed IS NOT NULL)
);
CREATE INDEX victim_searches_newest ON simpul.victim_searches (proposed_at DESC);

CREATE TABLE simpul.victim_questions (
  id uuid NOT NULL,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  -- Sealed to our desk by theirs.
  question text NOT NULL CHECK (octet_length(question) <= 400000),
  arrived_at timestamptz NOT NULL,
  answer_at timestamptz NOT NULL,
  -- What our open desk found, and what leaves when its time comes: written anew for all at once, in one size each.
  work bytea CHECK (octet_length(work) <= 70000),
  reply text CHECK (octet_length(reply) <= 100000),
  sent_at timestamptz,
  PRIMARY KEY (peer, id)
);
CREATE INDEX victim_questions_due ON simpul.victim_questions (answer_at) WHERE sent_at IS NULL;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['victim_searches', 'victim_questions'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY desk ON simpul.%I FOR ALL TO simpul_app
      USING ((SELECT simpul.at_victim_desk())) WITH CHECK ((SELECT simpul.at_victim_desk()))', t);
    EXECUTE format('CREATE POLICY jobs ON simpul.%I FOR ALL TO simpul_app
      USING ((SELECT simpul.is_job())) WITH CHECK ((SELECT simpul.is_job()))', t);
    -- The other state's node reaches what is between it and us, and nothing else.
    EXECUTE format('CREATE POLICY theirs ON simpul.%I FOR ALL TO simpul_app
      USING (peer = (SELECT simpul.peer())) WITH CHECK (peer = (SELECT simpul.peer()))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
GRANT UPDATE (state, sealed, agreed_by, agreed_at, answer_at, seed, evaluated, answer) ON simpul.victim_searches TO simpul_app;
GRANT UPDATE (work, reply, sent_at) ON simpul.victim_questions TO simpul_app;
