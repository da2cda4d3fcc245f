-- Wording learned on this node: labelled sets that officers took in, models trained from them, and which one is in use.

CREATE TABLE simpul.ad_label_sets (
  agency_id uuid NOT NULL,
  id uuid NOT NULL UNIQUE,
  name text NOT NULL CHECK (length(name) BETWEEN 2 AND 200),
  origin text NOT NULL CHECK (length(origin) BETWEEN 2 AND 500),
  licence text NOT NULL CHECK (length(licence) BETWEEN 2 AND 300),
  -- Whose adverts these are; then they say what a margin means there.
  source_id uuid REFERENCES simpul.ad_sources (id),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  size integer NOT NULL CHECK (size BETWEEN 1 AND 33554432),
  digest bytea CHECK (length(digest) = 32),
  -- Which columns are what, and which words mean false and honest.
  mapping jsonb NOT NULL CHECK (octet_length(mapping::text) <= 8192),
  state text NOT NULL CHECK (state IN ('open', 'reading', 'ready', 'refused', 'withdrawn')),
  refusal text CHECK (length(refusal) <= 60),
  yes integer NOT NULL DEFAULT 0,
  no integer NOT NULL DEFAULT 0,
  left_out integer NOT NULL DEFAULT 0,
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  PRIMARY KEY (agency_id, id)
);
CREATE TABLE simpul.ad_label_parts (
  set_id uuid NOT NULL REFERENCES simpul.ad_label_sets (id),
  part integer NOT NULL CHECK (part BETWEEN 0 AND 63),
  bytes bytea NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
  PRIMARY KEY (set_id, part)
);
CREATE TABLE simpul.ad_label_texts (
  set_id uuid NOT NULL REFERENCES simpul.ad_label_sets (id),
  number integer NOT NULL,
  body text NOT NULL CHECK (length(body) BETWEEN 1 AND 20000),
  digest bytea NOT NULL CHECK (length(digest) = 32),
  yes boolean NOT NULL,
  PRIMARY KEY (set_id, number),
  UNIQUE (set_id, digest)
);

CREATE TABLE simpul.ad_wording_models (
  agency_id uuid NOT NULL,
  id uuid NOT NULL UNIQUE,
  version integer NOT NULL CHECK (version > 0),
  state text NOT NULL CHECK (state IN ('training', 'ready', 'failed')),
  refusal text CHECK (length(refusal) <= 60),
  -- What it learned from: sets by name, own decisions, reviewers with their weights.
  learned jsonb NOT NULL CHECK (octet_length(learned::text) <= 65536),
  figures jsonb CHECK (octet_length(figures::text) <= 262144),
  -- Packed weights of word and letter groups; no text stands in it.
  bytes bytea CHECK (octet_length(bytes) <= 33554432),
  digest bytea CHECK (length(digest) = 32),
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (agency_id, id),
  UNIQUE (agency_id, version),
  CHECK ((state = 'ready') = (bytes IS NOT NULL AND digest IS NOT NULL AND figures IS NOT NULL))
);
-- What a model learns from, frozen when it was asked for: a broken training goes on with the same.
CREATE TABLE simpul.ad_wording_examples (
  model_id uuid NOT NULL REFERENCES simpul.ad_wording_models (id),
  number integer NOT NULL,
  set_id uuid,
  text_number integer,
  advert_id uuid,
  source_id uuid,
  yes boolean NOT NULL,
  weight real NOT NULL CHECK (weight BETWEEN 0 AND 1),
  -- Cross validation: by a model that learned from none of its near-duplicates.
  fold smallint,
  margin real,
  PRIMARY KEY (model_id, number),
  CHECK ((advert_id IS NULL) = (set_id IS NOT NULL AND text_number IS NOT NULL))
);
-- Which model is in use: the newest row says it; null is none. Going back is a row more.
CREATE TABLE simpul.ad_wording_uses (
  agency_id uuid NOT NULL,
  id uuid NOT NULL,
  serial bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  model_id uuid REFERENCES simpul.ad_wording_models (id),
  reason text NOT NULL CHECK (length(reason) BETWEEN 3 AND 1000),
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  -- Adverts that waited are ranked anew by a job, up to here.
  ranked_to bigint NOT NULL DEFAULT 0,
  ranked integer NOT NULL DEFAULT 0,
  ranked_at timestamptz,
  PRIMARY KEY (agency_id, id)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['ad_label_sets', 'ad_wording_models', 'ad_wording_uses'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('CREATE POLICY of_agency ON simpul.%I FOR ALL TO simpul_app USING (simpul.reads_adverts(agency_id))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['ad_label_parts', 'ad_label_texts', 'ad_wording_examples'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY of_set ON simpul.ad_label_parts FOR ALL TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.ad_label_sets s WHERE s.id = set_id));
CREATE POLICY of_set ON simpul.ad_label_texts FOR ALL TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.ad_label_sets s WHERE s.id = set_id));
CREATE POLICY of_model ON simpul.ad_wording_examples FOR ALL TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.ad_wording_models m WHERE m.id = model_id));
GRANT UPDATE (digest, state, refusal, yes, no, left_out, withdrawn_by, withdrawn_at) ON simpul.ad_label_sets TO simpul_app;
GRANT UPDATE (state, refusal, figures, bytes, digest, ended_at) ON simpul.ad_wording_models TO simpul_app;
GRANT UPDATE (fold, margin) ON simpul.ad_wording_examples TO simpul_app;
GRANT UPDATE (ranked_to, ranked, ranked_at) ON simpul.ad_wording_uses TO simpul_app;
CREATE INDEX ad_wording_uses_newest ON simpul.ad_wording_uses (agency_id, serial DESC);
