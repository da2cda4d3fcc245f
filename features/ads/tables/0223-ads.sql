-- Adverts by which people are recruited: where they come from, what was read in them, the day's queue, what officers decided.

CREATE FUNCTION simpul.reads_adverts(of uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT simpul.is_job() OR (simpul.actor_kind() = 'officer' AND of = simpul.agency()
    AND (simpul.has_role('investigator') OR simpul.has_role('analyst') OR simpul.has_role('supervisor')
         OR simpul.has_role('liaison')))
$$;
GRANT EXECUTE ON FUNCTION simpul.reads_adverts(uuid) TO simpul_app;

CREATE TABLE simpul.ad_sources (
  agency_id uuid NOT NULL,
  id uuid NOT NULL UNIQUE,
  name text NOT NULL CHECK (length(name) BETWEEN 2 AND 200),
  kind text NOT NULL CHECK (kind IN ('pasted', 'file', 'telegram', 'feed', 'hotline', 'form')),
  origin text NOT NULL CHECK (length(origin) BETWEEN 2 AND 500),
  legal_basis text NOT NULL CHECK (length(legal_basis) BETWEEN 2 AND 500),
  given_by text NOT NULL CHECK (length(given_by) BETWEEN 2 AND 300),
  -- Where numbers without a country come from (ISO 3166-1 alpha-2).
  region text CHECK (region ~ '^[A-Z]{2}$'),
  -- Which column or field of a file is what.
  mapping jsonb NOT NULL DEFAULT '{}' CHECK (octet_length(mapping::text) <= 4096),
  -- Adverts taken in a day at most: one source cannot bury the others.
  daily integer NOT NULL CHECK (daily BETWEEN 1 AND 100000),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  closed_at timestamptz,
  PRIMARY KEY (agency_id, id)
);

-- A file on its way in, in parts; when it is whole a job turns it into adverts, portion by portion.
CREATE TABLE simpul.ad_imports (
  agency_id uuid NOT NULL,
  id uuid NOT NULL UNIQUE,
  source_id uuid NOT NULL REFERENCES simpul.ad_sources (id),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  size integer NOT NULL CHECK (size BETWEEN 1 AND 33554432),
  digest bytea CHECK (length(digest) = 32),
  state text NOT NULL CHECK (state IN ('open', 'reading', 'waiting', 'done', 'refused')),
  refusal text CHECK (length(refusal) <= 60),
  records integer NOT NULL DEFAULT 0,
  done integer NOT NULL DEFAULT 0,
  taken integer NOT NULL DEFAULT 0,
  -- Why single records were left out, by code.
  skipped jsonb NOT NULL DEFAULT '{}' CHECK (octet_length(skipped::text) <= 2048),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (agency_id, id)
);
CREATE INDEX ad_imports_newest ON simpul.ad_imports (agency_id, made_at DESC);
CREATE TABLE simpul.ad_import_parts (
  import_id uuid NOT NULL REFERENCES simpul.ad_imports (id),
  part integer NOT NULL CHECK (part BETWEEN 0 AND 63),
  bytes bytea NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
  PRIMARY KEY (import_id, part)
);

CREATE TABLE simpul.ad_campaigns (
  agency_id uuid NOT NULL,
  id uuid NOT NULL UNIQUE,
  -- The campaign that this one became part of.
  into_id uuid,
  founded_at timestamptz NOT NULL,
  found text CHECK (found IN ('recruitment', 'other-fraud', 'legitimate', 'unclear')),
  PRIMARY KEY (agency_id, id)
);

CREATE TABLE simpul.ad_adverts (
  agency_id uuid NOT NULL,
  id uuid NOT NULL UNIQUE,
  -- The order in which they came: campaigns are gathered in it, and can be gathered again.
  serial bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  source_id uuid NOT NULL REFERENCES simpul.ad_sources (id),
  import_id uuid,
  campaign_id uuid NOT NULL,
  -- Empty once it was purged.
  body text NOT NULL CHECK (length(body) <= 1000000),
  -- SHA-256 of the text as it came.
  digest bytea NOT NULL CHECK (length(digest) = 32),
  -- The node's signed statement: text, origin, time, legal basis (DSSE as JSON). Empty once it was purged.
  seal text NOT NULL CHECK (octet_length(seal) <= 16384),
  origin text NOT NULL DEFAULT '' CHECK (length(origin) <= 1000),
  posted_at timestamptz,
  taken_at timestamptz NOT NULL,
  taken_by uuid,
  -- How often the same text came from the same source.
  seen integer NOT NULL DEFAULT 1,
  last_seen timestamptz NOT NULL,
  language text NOT NULL CHECK (length(language) <= 10),
  zawgyi boolean NOT NULL DEFAULT false,
  flags jsonb NOT NULL,
  panels jsonb NOT NULL,
  score real NOT NULL,
  -- The score without wording where the source is not calibrated: what the queue goes by.
  telling real NOT NULL,
  turn text NOT NULL CHECK (turn IN ('now', 'later', 'archive')),
  -- What its source says it is, in the source's words; nobody here has found it so.
  said text CHECK (length(said) <= 60),
  found text CHECK (found IN ('recruitment', 'other-fraud', 'legitimate', 'unclear')),
  found_at timestamptz,
  purged_at timestamptz,
  PRIMARY KEY (agency_id, id)
);
CREATE UNIQUE INDEX ad_adverts_once ON simpul.ad_adverts (source_id, digest) WHERE purged_at IS NULL;
CREATE INDEX ad_adverts_waiting ON simpul.ad_adverts (agency_id, telling DESC, id) WHERE found IS NULL AND purged_at IS NULL;
CREATE INDEX ad_adverts_of_campaign ON simpul.ad_adverts (campaign_id, serial);
CREATE INDEX ad_adverts_of_day ON simpul.ad_adverts (source_id, taken_at);

-- What stands in an advert, with its place. Of a victim the value is not kept beside it, so that no index leads to her (VIC-1).
CREATE TABLE simpul.ad_selectors (
  advert_id uuid NOT NULL REFERENCES simpul.ad_adverts (id),
  number integer NOT NULL,
  type text NOT NULL,
  canonical text CHECK (length(canonical) <= 2000),
  start_at integer NOT NULL,
  end_at integer NOT NULL,
  valid boolean NOT NULL,
  role text NOT NULL CHECK (role IN ('suspect', 'facilitator', 'business', 'place', 'unknown', 'victim', 'witness', 'family')),
  PRIMARY KEY (advert_id, number),
  CHECK (role NOT IN ('victim', 'witness', 'family') OR canonical IS NULL)
);
CREATE INDEX ad_selectors_shared ON simpul.ad_selectors (type, canonical) WHERE canonical IS NOT NULL AND valid;
-- Marks of victims' values under a key of this node: when one comes again it is known as hers and not indexed.
CREATE TABLE simpul.ad_protected (
  agency_id uuid NOT NULL,
  mark bytea NOT NULL CHECK (length(mark) = 32),
  role text NOT NULL CHECK (role IN ('victim', 'witness', 'family')),
  PRIMARY KEY (agency_id, mark)
);

-- What a desk looks at today: drawn once, worked off; the drawn-by-lot ones say how much is missed.
CREATE TABLE simpul.ad_queue (
  agency_id uuid NOT NULL,
  day date NOT NULL,
  advert_id uuid NOT NULL REFERENCES simpul.ad_adverts (id),
  drawn boolean NOT NULL,
  place integer NOT NULL,
  PRIMARY KEY (agency_id, day, advert_id)
);
CREATE TABLE simpul.ad_settings (
  agency_id uuid PRIMARY KEY,
  capacity integer NOT NULL CHECK (capacity BETWEEN 1 AND 2000)
);

-- What an officer found, about one advert or a whole campaign; a second reader's stands beside the first. Never changed but undone.
CREATE TABLE simpul.ad_decisions (
  agency_id uuid NOT NULL,
  id uuid NOT NULL,
  advert_id uuid NOT NULL REFERENCES simpul.ad_adverts (id),
  -- Set where she decided over the whole campaign from this advert.
  campaign_id uuid,
  officer_id uuid NOT NULL,
  found text NOT NULL CHECK (found IN ('recruitment', 'other-fraud', 'legitimate', 'unclear')),
  second boolean NOT NULL DEFAULT false,
  drawn boolean NOT NULL DEFAULT false,
  -- As the advert was ranked when she decided; calibration learns from these.
  score real NOT NULL,
  telling real NOT NULL,
  source_id uuid NOT NULL,
  covered integer NOT NULL DEFAULT 1,
  at timestamptz NOT NULL,
  undone_at timestamptz,
  PRIMARY KEY (agency_id, id)
);
CREATE INDEX ad_decisions_of_advert ON simpul.ad_decisions (advert_id, at);
CREATE INDEX ad_decisions_of_source ON simpul.ad_decisions (agency_id, source_id, at) WHERE undone_at IS NULL;
CREATE INDEX ad_decisions_of_officer ON simpul.ad_decisions (officer_id, at) WHERE undone_at IS NULL;

-- What followed: a case, a warning, a request to a platform or a labour inspectorate with the clock of its answer.
CREATE TABLE simpul.ad_outcomes (
  agency_id uuid NOT NULL,
  id uuid NOT NULL,
  advert_id uuid NOT NULL REFERENCES simpul.ad_adverts (id),
  kind text NOT NULL CHECK (kind IN ('case', 'warning', 'platform', 'labour')),
  case_number text CHECK (length(case_number) <= 40),
  recipient text NOT NULL DEFAULT '' CHECK (length(recipient) <= 300),
  asked text NOT NULL DEFAULT '' CHECK (length(asked) <= 4000),
  basis text NOT NULL DEFAULT '' CHECK (length(basis) <= 500),
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  due_at timestamptz,
  answer text CHECK (answer IN ('done', 'partly', 'refused')),
  answered text NOT NULL DEFAULT '' CHECK (length(answered) <= 2000),
  answered_at timestamptz,
  PRIMARY KEY (agency_id, id),
  CHECK ((kind IN ('platform', 'labour')) = (due_at IS NOT NULL))
);
CREATE INDEX ad_outcomes_of_advert ON simpul.ad_outcomes (advert_id);
CREATE INDEX ad_outcomes_open ON simpul.ad_outcomes (agency_id, due_at) WHERE due_at IS NOT NULL AND answered_at IS NULL;

-- An employer says that an advert names it wrongly; a second officer decides, and may purge.
CREATE TABLE simpul.ad_disputes (
  agency_id uuid NOT NULL,
  id uuid NOT NULL,
  advert_id uuid NOT NULL REFERENCES simpul.ad_adverts (id),
  employer text NOT NULL CHECK (length(employer) BETWEEN 2 AND 300),
  reason text NOT NULL CHECK (length(reason) BETWEEN 10 AND 4000),
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'copied', 'purged', 'refused')),
  decided_by uuid,
  decided_at timestamptz,
  decision text NOT NULL DEFAULT '' CHECK (length(decision) <= 2000),
  PRIMARY KEY (agency_id, id),
  CHECK ((state = 'open') = (decided_at IS NULL)),
  CHECK (decided_by IS DISTINCT FROM by_id OR decided_by IS NULL)
);
CREATE INDEX ad_disputes_open ON simpul.ad_disputes (agency_id, due_at) WHERE state = 'open';

-- What was joined and parted, by whom and why.
CREATE TABLE simpul.ad_campaign_acts (
  agency_id uuid NOT NULL,
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  act text NOT NULL CHECK (act IN ('merged', 'split', 'gathered')),
  other_id uuid NOT NULL,
  adverts integer NOT NULL,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
  by_id uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (agency_id, id)
);
CREATE INDEX ad_campaign_acts_of ON simpul.ad_campaign_acts (campaign_id, at);
CREATE INDEX ad_campaign_acts_other ON simpul.ad_campaign_acts (other_id, at);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['ad_sources', 'ad_imports', 'ad_campaigns', 'ad_adverts', 'ad_protected', 'ad_queue',
    'ad_settings', 'ad_decisions', 'ad_outcomes', 'ad_disputes', 'ad_campaign_acts'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('CREATE POLICY of_agency ON simpul.%I FOR ALL TO simpul_app USING (simpul.reads_adverts(agency_id))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['ad_import_parts', 'ad_selectors'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY of_import ON simpul.ad_import_parts FOR ALL TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.ad_imports i WHERE i.id = import_id));
CREATE POLICY of_advert ON simpul.ad_selectors FOR ALL TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.ad_adverts a WHERE a.id = advert_id));
GRANT UPDATE (name, origin, legal_basis, given_by, region, mapping, daily, closed_at) ON simpul.ad_sources TO simpul_app;
GRANT UPDATE (state, refusal, digest, records, done, taken, skipped, ended_at) ON simpul.ad_imports TO simpul_app;
GRANT UPDATE (into_id, found) ON simpul.ad_campaigns TO simpul_app;
GRANT UPDATE (campaign_id, body, seal, origin, seen, last_seen, flags, panels, score, telling, turn, found, found_at,
  purged_at) ON simpul.ad_adverts TO simpul_app;
GRANT UPDATE (canonical, role) ON simpul.ad_selectors TO simpul_app;
GRANT DELETE, UPDATE (place, drawn) ON simpul.ad_queue TO simpul_app;
GRANT UPDATE (capacity) ON simpul.ad_settings TO simpul_app;
GRANT UPDATE (undone_at) ON simpul.ad_decisions TO simpul_app;
GRANT UPDATE (answer, answered, answered_at) ON simpul.ad_outcomes TO simpul_app;
GRANT UPDATE (state, decided_by, decided_at, decision) ON simpul.ad_disputes TO simpul_app;
