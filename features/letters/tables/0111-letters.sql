-- Letters as they were approved, byte for byte, what became of them on paper, and what was answered.
CREATE TABLE simpul.letters (
  -- The thread of the request; the letter's id.
  id uuid PRIMARY KEY,
  request_id uuid NOT NULL,
  reference text NOT NULL CHECK (length(reference) <= 40),
  -- Who it went to, as the list said then, and which list.
  correspondent jsonb NOT NULL,
  list_version text NOT NULL CHECK (length(list_version) BETWEEN 1 AND 40),
  paper bytea NOT NULL CHECK (length(paper) BETWEEN 100 AND 20000000),
  digest bytea NOT NULL CHECK (length(digest) = 32),
  pages integer NOT NULL CHECK (pages BETWEEN 1 AND 40),
  filled integer NOT NULL,
  fields integer NOT NULL CHECK (fields >= filled),
  made_at timestamptz NOT NULL,
  made_by uuid NOT NULL,
  -- On paper: what an officer noted.
  posted_on date,
  channel text CHECK (channel IN ('diplomatic', 'courier', 'post', 'fax', 'email', 'hand')),
  sent_note text NOT NULL DEFAULT '' CHECK (length(sent_note) <= 300),
  acknowledged_on date,
  their_reference text NOT NULL DEFAULT '' CHECK (length(their_reference) <= 120),
  CHECK ((posted_on IS NULL) = (channel IS NULL))
);
CREATE INDEX letters_of ON simpul.letters (request_id);
CREATE INDEX letters_newest ON simpul.letters (made_at DESC, id DESC);

CREATE TABLE simpul.letter_answers (
  letter_id uuid NOT NULL REFERENCES simpul.letters,
  -- The answer at the request.
  id uuid NOT NULL,
  way text NOT NULL CHECK (way IN ('letter', 'email', 'phone', 'chat', 'meeting')),
  said_by text NOT NULL CHECK (length(said_by) BETWEEN 1 AND 300),
  said_at text NOT NULL CHECK (length(said_at) BETWEEN 10 AND 30),
  their_reference text NOT NULL DEFAULT '' CHECK (length(their_reference) <= 120),
  noted_by uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (letter_id, id)
);
-- A scan answers one letter.
CREATE TABLE simpul.letter_scans (
  item_id uuid PRIMARY KEY,
  letter_id uuid NOT NULL REFERENCES simpul.letters,
  answer_id uuid NOT NULL
);
CREATE INDEX letter_scans_of ON simpul.letter_scans (letter_id);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['letters', 'letter_answers', 'letter_scans'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
-- Who sees the request sees its letter; no state's node ever does.
CREATE POLICY seen ON simpul.letters FOR SELECT TO simpul_app
  USING ((SELECT simpul.actor_kind() IN ('officer', 'job')) AND simpul.sees_request(request_id));
CREATE POLICY made ON simpul.letters FOR INSERT TO simpul_app
  WITH CHECK (made_by = (SELECT simpul.officer()) AND simpul.sees_request(request_id));
CREATE POLICY noted ON simpul.letters FOR UPDATE TO simpul_app
  USING ((SELECT simpul.actor_kind() = 'officer') AND simpul.sees_request(request_id));
GRANT UPDATE (posted_on, channel, sent_note, acknowledged_on, their_reference) ON simpul.letters TO simpul_app;
CREATE POLICY seen ON simpul.letter_answers FOR SELECT TO simpul_app
  USING (EXISTS (SELECT 1 FROM simpul.letters l WHERE l.id = letter_id));
CREATE POLICY made ON simpul.letter_answers FOR INSERT TO simpul_app
  WITH CHECK (noted_by = (SELECT simpul.officer()) AND EXISTS (SELECT 1 FROM simpul.letters l WHERE l.id = letter_id));
CREATE POLICY seen ON simpul.letter_scans FOR SELECT TO simpul_app
  USING (EXISTS (SELECT 1 FROM simpul.letters l WHERE l.id = letter_id));
CREATE POLICY made ON simpul.letter_scans FOR INSERT TO simpul_app
  WITH CHECK (EXISTS (SELECT 1 FROM simpul.letters l WHERE l.id = letter_id));
