-- A translation made after its words had left goes after them, once to each state that has them.
CREATE TABLE simpul.translation_sendings (
  request_id uuid NOT NULL,
  translation_id uuid NOT NULL,
  thread_id uuid NOT NULL REFERENCES simpul.request_threads,
  sent_by uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (request_id, translation_id, thread_id),
  FOREIGN KEY (request_id, translation_id) REFERENCES simpul.request_translations ON DELETE CASCADE
);
ALTER TABLE simpul.translation_sendings ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.translation_sendings FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.translation_sendings FOR SELECT TO simpul_app
  USING ((SELECT simpul.actor_kind() IN ('officer', 'job')) AND simpul.sees_request(request_id));
CREATE POLICY made ON simpul.translation_sendings FOR INSERT TO simpul_app
  WITH CHECK (sent_by = (SELECT simpul.officer()) AND simpul.sees_request(request_id));
CREATE POLICY owner_takes_back ON simpul.translation_sendings FOR ALL TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON simpul.translation_sendings TO simpul_app;

-- Peers read no answers; what one says later of its own answer is held against the words that it sent.
CREATE FUNCTION simpul.words_from_peer(which uuid, of_thread uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT a.content -> 'narrative' FROM simpul.request_answers a JOIN simpul.request_threads t ON t.id = a.thread_id
  WHERE a.id = which AND t.id = of_thread AND a.direction = 'incoming'
    AND simpul.actor_kind() = 'peer' AND t.peer = simpul.peer()
$$;
REVOKE ALL ON FUNCTION simpul.words_from_peer(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.words_from_peer(uuid, uuid) TO simpul_app;
