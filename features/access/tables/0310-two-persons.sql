-- What this state has set about acts that take two persons, each version from when it was in force; a node keeps it at
-- the start that brings it.
CREATE TABLE simpul.two_person_settings (
  id uuid PRIMARY KEY,
  version text NOT NULL CHECK (length(version) BETWEEN 1 AND 40),
  rules jsonb NOT NULL,
  since timestamptz NOT NULL
);
CREATE INDEX two_person_settings_newest ON simpul.two_person_settings (since DESC);
ALTER TABLE simpul.two_person_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.two_person_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.two_person_settings FOR SELECT TO CURRENT_USER USING (true);
-- The rule of the house holds no case data: every officer may know by how many an act is done here.
CREATE POLICY seen ON simpul.two_person_settings FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR (SELECT simpul.actor_kind() = 'officer'));
CREATE POLICY kept ON simpul.two_person_settings FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()));
-- At a start the node compares what it was given with what was in force.
CREATE POLICY compared ON simpul.two_person_settings FOR SELECT TO simpul_chores USING (true);
GRANT SELECT, INSERT ON simpul.two_person_settings TO simpul_app;
GRANT SELECT ON simpul.two_person_settings TO simpul_chores;

-- An officer asks one colleague for her word on one act on one record; it is spent by the act, or over after a day.
CREATE TABLE simpul.second_asks (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL,
  act text NOT NULL CHECK (length(act) BETWEEN 1 AND 60),
  record text NOT NULL CHECK (length(record) BETWEEN 2 AND 60),
  page text NOT NULL CHECK (page ~ '^/' AND length(page) <= 500),
  reason text NOT NULL CHECK (length(reason) BETWEEN 3 AND 500),
  asked_of uuid NOT NULL CHECK (asked_of <> officer_id),
  asked_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended text CHECK (ended IN ('spent', 'dropped')),
  ended_at timestamptz,
  CHECK ((ended IS NULL) = (ended_at IS NULL))
);
CREATE UNIQUE INDEX second_asks_open ON simpul.second_asks (officer_id, act, record) WHERE ended IS NULL;
CREATE INDEX second_asks_asked ON simpul.second_asks (asked_of) WHERE ended IS NULL;
ALTER TABLE simpul.second_asks ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.second_asks FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.second_asks FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.second_asks FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR officer_id = (SELECT simpul.officer()) OR asked_of = (SELECT simpul.officer()));
CREATE POLICY asked ON simpul.second_asks FOR INSERT TO simpul_app
  WITH CHECK (officer_id = (SELECT simpul.officer()) AND ended IS NULL);
CREATE POLICY ended ON simpul.second_asks FOR UPDATE TO simpul_app
  USING (officer_id = (SELECT simpul.officer()) OR asked_of = (SELECT simpul.officer()))
  WITH CHECK (ended = 'dropped' OR (ended = 'spent' AND officer_id = (SELECT simpul.officer())));
GRANT SELECT, INSERT ON simpul.second_asks TO simpul_app;
GRANT UPDATE (ended, ended_at) ON simpul.second_asks TO simpul_app;

-- Her word, with how she stood when she gave it; nobody changes it.
CREATE TABLE simpul.second_words (
  ask_id uuid PRIMARY KEY REFERENCES simpul.second_asks,
  officer_id uuid NOT NULL,
  agency_id uuid NOT NULL,
  agency_kind text NOT NULL,
  desk_id uuid NOT NULL,
  roles text[] NOT NULL,
  purpose text NOT NULL,
  at timestamptz NOT NULL
);
ALTER TABLE simpul.second_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.second_words FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.second_words FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.second_words FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR EXISTS (SELECT 1 FROM simpul.second_asks a WHERE a.id = ask_id));
CREATE POLICY given ON simpul.second_words FOR INSERT TO simpul_app WITH CHECK (
  officer_id = (SELECT simpul.officer())
  AND EXISTS (SELECT 1 FROM simpul.second_asks a
    WHERE a.id = ask_id AND a.asked_of = (SELECT simpul.officer()) AND a.ended IS NULL AND a.expires_at > at));
GRANT SELECT, INSERT ON simpul.second_words TO simpul_app;
