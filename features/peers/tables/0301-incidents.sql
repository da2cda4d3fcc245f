-- MSG-4: once a day the evidences that both nodes hold of the letters between them are compared; what differs is an
-- incident, kept until a person closes it with a reason.
CREATE TABLE simpul.line_comparisons (
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  -- By UTC.
  day date NOT NULL,
  at timestamptz NOT NULL,
  letters integer NOT NULL CHECK (letters >= 0),
  -- False: its node is too old to be asked.
  able boolean NOT NULL,
  PRIMARY KEY (peer, day)
);
CREATE TABLE simpul.line_incidents (
  id uuid PRIMARY KEY,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  -- Whose letters.
  sender text NOT NULL CHECK (sender ~ '^[a-z]{2}$'),
  kind text NOT NULL CHECK (kind IN ('missing-here', 'missing-there', 'differs')),
  -- Numbers that follow each other, all of this kind.
  first_seq bigint NOT NULL CHECK (first_seq >= 1),
  last_seq bigint NOT NULL CHECK (last_seq >= first_seq),
  -- What each side held of the first of them: { seq, ours, theirs }, each { id, receipt, carried } or null.
  held jsonb NOT NULL,
  found_at timestamptz NOT NULL,
  closed_by uuid,
  closed_at timestamptz,
  because text CHECK (length(because) BETWEEN 3 AND 2000),
  CHECK ((closed_by IS NULL) = (closed_at IS NULL) AND (closed_at IS NULL) = (because IS NULL))
);
CREATE INDEX line_incidents_of ON simpul.line_incidents (peer, sender, first_seq);
CREATE INDEX line_incidents_open ON simpul.line_incidents (peer) WHERE closed_at IS NULL;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['line_comparisons', 'line_incidents'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING ((SELECT simpul.watches_peers()))', t);
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY closed ON simpul.line_incidents FOR UPDATE TO simpul_app
  USING ((SELECT simpul.is_contact_point()) AND closed_at IS NULL)
  WITH CHECK (closed_by = (SELECT simpul.officer()));
GRANT UPDATE (closed_by, closed_at, because) ON simpul.line_incidents TO simpul_app;
