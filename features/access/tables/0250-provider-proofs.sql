-- The ministry's sign-in may confirm an act, and is told when she signs out here.
ALTER TABLE simpul.proofs DROP CONSTRAINT proofs_method_check;
ALTER TABLE simpul.proofs ADD CONSTRAINT proofs_method_check CHECK (method IN ('passkey', 'exercise', 'provider'));
-- The word by which her session began there: shown back once, when she signs out, and gone with the session.
ALTER TABLE simpul.sessions ADD COLUMN provider_word text CHECK (length(provider_word) <= 8000);
CREATE FUNCTION simpul.forget_provider_word() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  NEW.provider_word := NULL;
  RETURN NEW;
END
$$;
CREATE TRIGGER forget_provider_word BEFORE UPDATE OF ended_at ON simpul.sessions
  FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL) EXECUTE FUNCTION simpul.forget_provider_word();
