-- Letters about something that went, or came, by an earlier letter: a recall, or a question for permission. They have no
-- thread of their own, so how they stand is kept here.
ALTER TABLE simpul.letters
  ADD COLUMN about text NOT NULL DEFAULT 'request' CHECK (about IN ('request', 'recall', 'permission')),
  ADD COLUMN about_id uuid,
  -- The thread by which the thing went or came.
  ADD COLUMN thread_id uuid,
  -- Exactly what it is written from, byte for byte: its digest is in the ledger.
  ADD COLUMN said json,
  ADD COLUMN standing text CHECK (standing IN ('queued', 'posted', 'delivered', 'answered', 'withdrawn')),
  ADD COLUMN outcome text CHECK (length(outcome) <= 40),
  ADD COLUMN clock jsonb,
  ADD COLUMN due_at timestamptz,
  ADD COLUMN changed_at timestamptz,
  -- Nobody approves what the node must pass on: its originator has signed it.
  ALTER COLUMN made_by DROP NOT NULL,
  ADD CONSTRAINT letters_about CHECK (CASE WHEN about = 'request'
    THEN about_id IS NULL AND said IS NULL AND standing IS NULL AND made_by IS NOT NULL
    ELSE about_id IS NOT NULL AND thread_id IS NOT NULL AND said IS NOT NULL AND standing IS NOT NULL
      AND changed_at IS NOT NULL END);
CREATE INDEX letters_about_of ON simpul.letters (about_id) WHERE about_id IS NOT NULL;
CREATE UNIQUE INDEX letters_once ON simpul.letters (about_id, (correspondent ->> 'code')) WHERE about_id IS NOT NULL;
GRANT UPDATE (standing, outcome, clock, due_at, changed_at) ON simpul.letters TO simpul_app;
CREATE POLICY passed_on ON simpul.letters FOR INSERT TO simpul_app
  WITH CHECK (about = 'recall' AND made_by IS NULL AND (SELECT simpul.is_job()));
CREATE POLICY owner_reads ON simpul.letters FOR SELECT TO CURRENT_USER USING (true);

-- An answer to such a letter is none of its request.
ALTER TABLE simpul.letter_answers ADD COLUMN content jsonb, ADD COLUMN shared jsonb,
  ADD CONSTRAINT letter_answers_own CHECK ((content IS NULL) = (shared IS NULL));

-- Every letter by which any version of these went to that state, whichever desk wrote it: a recall reaches every holder.
CREATE FUNCTION simpul.letters_with(records uuid[], state text)
RETURNS TABLE (thread_id uuid, request_id uuid, reference text, correspondent jsonb, posted_on text, record_id uuid,
  version bytea, what text, place integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT l.id, l.request_id, l.reference, l.correspondent, l.posted_on::text, s.record_id, s.version, s.what, s.place
  FROM simpul.shares s JOIN simpul.letters l ON l.id = s.thread_id
  WHERE s.record_id = ANY (records) AND s.to_node = state AND l.about = 'request'
    AND simpul.actor_kind() IN ('officer', 'job')
  ORDER BY l.made_at, l.id, s.what, s.record_id
$$;
REVOKE ALL ON FUNCTION simpul.letters_with(uuid[], text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.letters_with(uuid[], text) TO simpul_app;
