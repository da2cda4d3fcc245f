-- AUD-2: each week some entries of both logs are drawn by a seed that nobody chooses, and oversight marks each; what
-- stands out is noticed in words, and a named officer decides about it.
CREATE TABLE simpul.oversight_samples (
  log text NOT NULL CHECK (log IN ('main', 'reads')),
  -- The Monday, UTC, on which the week began.
  week date NOT NULL,
  -- The entries of the week: places from `first` on, before `past`.
  first bigint NOT NULL CHECK (first >= 0),
  past bigint NOT NULL CHECK (past >= first),
  -- The cosigned head whose bytes are the seed.
  head_size bigint NOT NULL,
  head text NOT NULL CHECK (octet_length(head) <= 16384),
  seed bytea NOT NULL CHECK (length(seed) = 32),
  drawn_at timestamptz NOT NULL,
  PRIMARY KEY (log, week)
);
CREATE TABLE simpul.oversight_sample_entries (
  log text NOT NULL,
  week date NOT NULL,
  -- In the order of drawing.
  nth integer NOT NULL CHECK (nth BETWEEN 0 AND 999),
  leaf_id uuid NOT NULL,
  place bigint NOT NULL,
  PRIMARY KEY (log, week, nth),
  UNIQUE (log, week, leaf_id),
  FOREIGN KEY (log, week) REFERENCES simpul.oversight_samples
);
-- A mark stands beside the ones before it.
CREATE TABLE simpul.oversight_marks (
  id uuid PRIMARY KEY,
  log text NOT NULL,
  week date NOT NULL,
  nth integer NOT NULL,
  mark text NOT NULL CHECK (mark IN ('in-order', 'ask', 'not-in-order')),
  note text NOT NULL CHECK (length(note) <= 2000),
  marked_by uuid NOT NULL,
  marked_at timestamptz NOT NULL,
  FOREIGN KEY (log, week, nth) REFERENCES simpul.oversight_sample_entries
);
CREATE INDEX oversight_marks_of ON simpul.oversight_marks (log, week, nth, marked_at DESC);

CREATE TABLE simpul.oversight_notices (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('volume', 'hours', 'own-name', 'colleague', 'no-hits', 'late-export')),
  officer_id uuid NOT NULL,
  desk_id uuid,
  day date NOT NULL,
  -- The case it is about, where one is; then there is one notice for each.
  case_id uuid,
  -- The numbers that its words are made of.
  facts jsonb NOT NULL CHECK (octet_length(facts::text) <= 4096),
  noticed_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX oversight_notices_once ON simpul.oversight_notices
  (kind, officer_id, day, coalesce(case_id, '00000000-0000-0000-0000-000000000000'));
CREATE INDEX oversight_notices_newest ON simpul.oversight_notices (day DESC, id DESC);
CREATE TABLE simpul.oversight_decisions (
  notice_id uuid PRIMARY KEY REFERENCES simpul.oversight_notices,
  decision text NOT NULL CHECK (decision IN ('explained', 'follow')),
  note text NOT NULL CHECK (length(note) BETWEEN 3 AND 2000),
  decided_by uuid NOT NULL,
  decided_at timestamptz NOT NULL
);

-- Oversight reads all of it and adds her marks and decisions; jobs draw and notice; nobody changes any of it.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['oversight_samples', 'oversight_sample_entries', 'oversight_marks', 'oversight_notices',
                           'oversight_decisions'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app
      USING ((SELECT simpul.is_job()) OR (SELECT simpul.oversees()))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['oversight_samples', 'oversight_sample_entries', 'oversight_notices'] LOOP
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()))', t);
  END LOOP;
END
$$;
CREATE POLICY marked ON simpul.oversight_marks FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.oversees()) AND marked_by = (SELECT simpul.officer()));
-- Nobody decides about herself.
CREATE POLICY decided ON simpul.oversight_decisions FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.oversees()) AND decided_by = (SELECT simpul.officer()) AND NOT EXISTS (
    SELECT 1 FROM simpul.oversight_notices n WHERE n.id = notice_id AND n.officer_id = decided_by));

-- A search that names the searcher herself, or finds nothing, is a fact of its note; the words asked are kept nowhere.
