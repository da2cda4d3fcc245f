-- Feeds by their address: an officer asks for one with its legal basis, an administrator switches it on; a job fetches it.
CREATE TABLE simpul.ad_feeds (
  agency_id uuid NOT NULL,
  source_id uuid NOT NULL UNIQUE REFERENCES simpul.ad_sources (id),
  -- As the source is called, for an administrator, who sees no adverts.
  name text NOT NULL CHECK (length(name) BETWEEN 2 AND 200),
  address text NOT NULL CHECK (address ~ '^https://' AND length(address) <= 1000),
  legal_basis text NOT NULL CHECK (length(legal_basis) BETWEEN 2 AND 500),
  minutes integer NOT NULL CHECK (minutes BETWEEN 15 AND 10080),
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  -- Off until an administrator says otherwise; she is the last who switched it.
  switched_on boolean NOT NULL DEFAULT false,
  switched_by uuid,
  switched_at timestamptz,
  next_at timestamptz,
  -- What the other side said of its last answer.
  etag text CHECK (length(etag) <= 200),
  modified text CHECK (length(modified) <= 200),
  fetched_at timestamptz,
  taken integer NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0,
  fault text CHECK (length(fault) <= 60),
  PRIMARY KEY (agency_id, source_id)
);
CREATE INDEX ad_feeds_due ON simpul.ad_feeds (next_at) WHERE switched_on;
-- Entries that came, by a digest of their own name in the feed: none comes twice, also when its text changed a little.
CREATE TABLE simpul.ad_feed_entries (
  source_id uuid NOT NULL REFERENCES simpul.ad_sources (id),
  entry bytea NOT NULL CHECK (length(entry) = 32),
  PRIMARY KEY (source_id, entry)
);
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['ad_feeds', 'ad_feed_entries'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY of_agency ON simpul.ad_feeds FOR ALL TO simpul_app USING (simpul.reads_adverts(agency_id)
  OR (simpul.actor_kind() = 'officer' AND simpul.has_role('administrator')));
CREATE POLICY of_source ON simpul.ad_feed_entries FOR ALL TO simpul_app USING (simpul.is_job());
GRANT UPDATE (address, legal_basis, minutes, asked_by, asked_at, switched_on, switched_by, switched_at, next_at, etag,
  modified, fetched_at, taken, failures, fault) ON simpul.ad_feeds TO simpul_app;
