-- A translation that came with the words it translates: by an officer of the state that sent them, by name; ours keep theirs.
ALTER TABLE simpul.request_translations
  ALTER COLUMN officer_id DROP NOT NULL,
  ADD COLUMN from_node text CHECK (from_node ~ '^[a-z]{2}$'),
  ADD COLUMN from_officer text CHECK (length(from_officer) BETWEEN 1 AND 200),
  -- A machine's translation stays at home.
  ADD CONSTRAINT request_translations_whose CHECK (CASE WHEN from_node IS NULL
    THEN officer_id IS NOT NULL AND from_officer IS NULL
    ELSE officer_id IS NULL AND from_officer IS NOT NULL AND machine IS NULL END);
CREATE POLICY arrived ON simpul.request_translations FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.actor_kind() = 'peer') AND from_node = (SELECT simpul.peer())
    AND simpul.sees_request(request_id));
