-- Translations beside a free text: each a record of its own, bound to the exact words it translates; the original is never
-- changed and prevails.
CREATE TABLE simpul.request_translations (
  request_id uuid NOT NULL REFERENCES simpul.requests,
  id uuid NOT NULL,
  -- The request itself, or the answer in which the text stands.
  about_id uuid NOT NULL,
  field text NOT NULL CHECK (field ~ '^[a-zA-Z]{1,40}(\.[0-9]{1,3})?$'),
  -- SHA-256 of the original's words: where they change, this is no translation of them.
  original bytea NOT NULL CHECK (length(original) = 32),
  language text NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
  into_language text NOT NULL CHECK (length(into_language) BETWEEN 2 AND 35),
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 16000),
  -- The service by its host, where a machine made it; an officer answers for any other by her name.
  machine text CHECK (length(machine) <= 255),
  officer_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (request_id, id)
);
CREATE INDEX request_translations_of ON simpul.request_translations (about_id, field);
ALTER TABLE simpul.request_translations ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.request_translations FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.request_translations FOR SELECT TO simpul_app
  USING ((SELECT simpul.actor_kind() IN ('officer', 'job')) AND simpul.sees_request(request_id));
CREATE POLICY made ON simpul.request_translations FOR INSERT TO simpul_app
  WITH CHECK (officer_id = (SELECT simpul.officer()) AND simpul.sees_request(request_id));
CREATE POLICY owner_takes_back ON simpul.request_translations FOR ALL TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON simpul.request_translations TO simpul_app;

-- What its originator called back goes with its translations, in the same moment (COR-2).
CREATE FUNCTION simpul.translations_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  DELETE FROM simpul.request_translations t WHERE t.about_id = NEW.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER translations_follow AFTER UPDATE OF content ON simpul.request_answers
  FOR EACH ROW WHEN (OLD.direction = 'incoming' AND OLD.content -> 'narrative' IS DISTINCT FROM NEW.content -> 'narrative')
  EXECUTE FUNCTION simpul.translations_follow();
