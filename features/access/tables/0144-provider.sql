-- Signing in by the ministry's own provider (OpenID Connect): the same sessions, with what ends them from its side.
ALTER TABLE simpul.challenges DROP CONSTRAINT challenges_kind_check;
ALTER TABLE simpul.challenges ADD CONSTRAINT challenges_kind_check
  CHECK (kind IN ('sign-in', 'enrol', 'add-passkey', 'step-up', 'device', 'provider'));
-- PKCE's verifier and the nonce, for the minutes until she is back.
ALTER TABLE simpul.challenges ADD COLUMN verifier text CHECK (length(verifier) BETWEEN 43 AND 128);
ALTER TABLE simpul.challenges ADD COLUMN nonce text CHECK (length(nonce) BETWEEN 20 AND 100);
ALTER TABLE simpul.sessions DROP CONSTRAINT sessions_method_check;
ALTER TABLE simpul.sessions ADD CONSTRAINT sessions_method_check
  CHECK (method IN ('passkey', 'enrolment', 'device', 'exercise', 'provider'));
-- Who she is at the provider, and its own session: by these it ends ours.
ALTER TABLE simpul.sessions ADD COLUMN provider_subject text CHECK (length(provider_subject) <= 300);
ALTER TABLE simpul.sessions ADD COLUMN provider_session text CHECK (length(provider_session) <= 300);
CREATE INDEX sessions_of_provider ON simpul.sessions (provider_subject) WHERE ended_at IS NULL;
GRANT UPDATE (provider_subject, provider_session) ON simpul.sessions TO simpul_app;
