-- Pictures of adverts: the original as it came, what was read in it, what an officer made of that, and the advert it became.
CREATE TABLE simpul.ad_pictures (
  agency_id uuid NOT NULL,
  id uuid NOT NULL UNIQUE,
  source_id uuid NOT NULL REFERENCES simpul.ad_sources (id),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  size integer NOT NULL CHECK (size BETWEEN 1 AND 12582912),
  -- Codes of languages; none: tried one after the other.
  languages text[] NOT NULL CHECK (cardinality(languages) <= 12),
  origin text NOT NULL DEFAULT '' CHECK (length(origin) <= 1000),
  -- SHA-256 of the picture as it came.
  digest bytea CHECK (length(digest) = 32),
  state text NOT NULL CHECK (state IN ('open', 'waiting', 'read', 'refused', 'judged', 'gone')),
  refusal text CHECK (length(refusal) <= 60),
  -- Drawn anew without what cameras write into a file; what pages show.
  preview bytea CHECK (octet_length(preview) <= 4194304),
  -- Text, languages, how sure, and which words are not.
  read jsonb CHECK (octet_length(read::text) <= 1048576),
  -- As the officer let it stand, beside what was read.
  text text CHECK (length(text) <= 20000),
  judged_by uuid,
  judged_at timestamptz,
  advert_id uuid REFERENCES simpul.ad_adverts (id),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (agency_id, id),
  CHECK ((state = 'judged') = (advert_id IS NOT NULL AND judged_by IS NOT NULL AND judged_at IS NOT NULL AND text IS NOT NULL))
);
CREATE INDEX ad_pictures_newest ON simpul.ad_pictures (agency_id, made_at DESC);
CREATE INDEX ad_pictures_of_advert ON simpul.ad_pictures (advert_id) WHERE advert_id IS NOT NULL;
CREATE TABLE simpul.ad_picture_parts (
  picture_id uuid NOT NULL REFERENCES simpul.ad_pictures (id),
  part integer NOT NULL CHECK (part BETWEEN 0 AND 23),
  bytes bytea NOT NULL CHECK (length(bytes) BETWEEN 1 AND 524288),
  PRIMARY KEY (picture_id, part)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['ad_pictures', 'ad_picture_parts'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY of_agency ON simpul.ad_pictures FOR ALL TO simpul_app USING (simpul.reads_adverts(agency_id));
CREATE POLICY of_picture ON simpul.ad_picture_parts FOR ALL TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.ad_pictures p WHERE p.id = picture_id));
GRANT UPDATE (digest, state, refusal, preview, read, text, judged_by, judged_at, advert_id) ON simpul.ad_pictures TO simpul_app;
GRANT DELETE ON simpul.ad_picture_parts TO simpul_app;
