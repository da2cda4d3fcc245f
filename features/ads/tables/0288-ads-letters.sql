-- Requests to platforms and labour inspectorates leave as letters: written by one officer, let go by another, sent on paper.
ALTER TABLE simpul.ad_outcomes
  ADD COLUMN address text NOT NULL DEFAULT '' CHECK (length(address) <= 500),
  -- In which language the letter is, and in which the officer wrote.
  ADD COLUMN language text CHECK (length(language) <= 10),
  ADD COLUMN written_in text CHECK (length(written_in) <= 20),
  ADD COLUMN desk_id uuid,
  ADD COLUMN days integer CHECK (days BETWEEN 1 AND 60),
  -- What it says of the advert, fixed when it is written; null in a letter that takes an earlier one back, and once purged.
  ADD COLUMN said jsonb CHECK (octet_length(said::text) <= 65536),
  -- The earlier letter that this one takes back.
  ADD COLUMN corrects uuid,
  ADD COLUMN withdrawn_at timestamptz,
  DROP CONSTRAINT ad_outcomes_check,
  -- The clock of an answer runs from the day on which the letter was sent.
  ADD CONSTRAINT ad_outcomes_clock CHECK (due_at IS NULL OR kind IN ('platform', 'labour'));
CREATE INDEX ad_outcomes_unsent ON simpul.ad_outcomes (agency_id, at)
  WHERE kind IN ('platform', 'labour') AND due_at IS NULL AND withdrawn_at IS NULL;
GRANT UPDATE (due_at, said, asked, answered, withdrawn_at) ON simpul.ad_outcomes TO simpul_app;

-- Its id is the outcome's.
CREATE TABLE simpul.ad_letters (
  agency_id uuid NOT NULL,
  id uuid NOT NULL,
  advert_id uuid NOT NULL REFERENCES simpul.ad_adverts (id),
  reference text NOT NULL UNIQUE CHECK (length(reference) <= 40),
  -- Byte for byte as it was let go; null once its advert was purged. The digests stay.
  paper bytea CHECK (length(paper) BETWEEN 100 AND 20000000),
  digest bytea NOT NULL CHECK (length(digest) = 32),
  said_digest bytea NOT NULL CHECK (length(said_digest) = 32),
  pages integer NOT NULL CHECK (pages BETWEEN 1 AND 40),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  posted_on date,
  channel text CHECK (channel IN ('diplomatic', 'courier', 'post', 'fax', 'email', 'hand')),
  sent_note text NOT NULL DEFAULT '' CHECK (length(sent_note) <= 300),
  PRIMARY KEY (agency_id, id),
  CHECK ((posted_on IS NULL) = (channel IS NULL))
);
CREATE INDEX ad_letters_of_advert ON simpul.ad_letters (advert_id);
-- One row of numbers for the whole node, so that two agencies never give the same.
CREATE TABLE simpul.ad_serials (year integer PRIMARY KEY, last integer NOT NULL);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['ad_letters', 'ad_serials'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY of_agency ON simpul.ad_letters FOR ALL TO simpul_app USING (simpul.reads_adverts(agency_id))
  WITH CHECK (simpul.reads_adverts(agency_id));
CREATE POLICY counts ON simpul.ad_serials FOR ALL TO simpul_app USING ((SELECT simpul.actor_kind() = 'officer'));
GRANT UPDATE (posted_on, channel, sent_note, paper) ON simpul.ad_letters TO simpul_app;
GRANT UPDATE (last) ON simpul.ad_serials TO simpul_app;
