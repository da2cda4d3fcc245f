-- MSG-4: that what came was opened by its desk, or by nobody in the agreed time; signed where it came, kept by both.

-- The envelope in which it came, and until when somebody should open it; null once somebody did, or that was told.
ALTER TABLE simpul.request_threads ADD COLUMN letter uuid, ADD COLUMN open_by timestamptz;
ALTER TABLE simpul.request_answers ADD COLUMN letter uuid, ADD COLUMN open_by timestamptz;
CREATE INDEX request_threads_unopened ON simpul.request_threads (open_by) WHERE open_by IS NOT NULL;
CREATE INDEX request_answers_unopened ON simpul.request_answers (open_by) WHERE open_by IS NOT NULL;
GRANT UPDATE (open_by) ON simpul.request_threads, simpul.request_answers TO simpul_app;

CREATE TABLE simpul.request_evidences (
  thread_id uuid NOT NULL REFERENCES simpul.request_threads,
  -- The envelope that it is about.
  letter uuid NOT NULL,
  event text NOT NULL CHECK (event IN ('retrieved', 'not-retrieved')),
  -- Null: the envelope held the request itself.
  answer_id uuid,
  -- The state to which that envelope went.
  signed_by text NOT NULL CHECK (signed_by ~ '^[a-z]{2}$'),
  at timestamptz NOT NULL,
  -- DSSE as JSON, by the node of `signed_by`.
  signed text NOT NULL CHECK (octet_length(signed) <= 16384),
  -- The envelope that told it.
  carried_by uuid NOT NULL,
  -- Ours: the code with which the other node refused to be told; null while nothing speaks against it.
  untold text CHECK (length(untold) BETWEEN 1 AND 60),
  kept_at timestamptz NOT NULL,
  PRIMARY KEY (thread_id, letter, event)
);
CREATE UNIQUE INDEX request_evidences_carried ON simpul.request_evidences (carried_by);
ALTER TABLE simpul.request_evidences ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.request_evidences FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.request_evidences FOR SELECT TO simpul_app
  USING (EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.id = thread_id));
CREATE POLICY made ON simpul.request_evidences FOR INSERT TO simpul_app
  WITH CHECK (EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.id = thread_id)
    AND ((SELECT simpul.actor_kind() IN ('officer', 'job')) OR signed_by = (SELECT simpul.peer())));
CREATE POLICY told ON simpul.request_evidences FOR UPDATE TO simpul_app USING ((SELECT simpul.is_job()));
GRANT SELECT, INSERT, UPDATE (untold) ON simpul.request_evidences TO simpul_app;

-- Whether this node sent the asking peer that very letter of that thread; what a letter said may be forgotten by now.
CREATE FUNCTION simpul.gave_letter(of_thread uuid, of_answer uuid, given uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT 1 FROM simpul.outbox o JOIN simpul.request_threads t ON t.peer = o.peer
    WHERE o.peer = simpul.peer() AND o.id = given AND t.id = of_thread
      AND o.kind = CASE WHEN of_answer IS NULL THEN 'request.sent' ELSE 'answer.released' END
      AND t.direction = CASE WHEN of_answer IS NULL THEN 'outgoing' ELSE 'incoming' END
      AND (of_answer IS NULL OR EXISTS (SELECT 1 FROM simpul.request_answers a
        WHERE a.id = of_answer AND a.thread_id = of_thread AND a.direction = 'outgoing'))
      AND coalesce(o.body ->> 'thread', of_thread::text) = of_thread::text
      AND coalesce(o.body ->> 'answer', of_answer::text, '') = coalesce(of_answer::text, ''))
$$;
REVOKE ALL ON FUNCTION simpul.gave_letter(uuid, uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.gave_letter(uuid, uuid, uuid) TO simpul_app;
