-- Exercises: runs of a script over several states, what was let in and when, which act ended each step, notes afterwards.
-- Everything in it is invented, and a node of live work has no door that reaches these tables.

CREATE TABLE simpul.exercise_runs (
  id uuid PRIMARY KEY,
  -- The state that directs it.
  lead text NOT NULL CHECK (lead ~ '^[a-z]{2}$'),
  -- The script as it was sent, so that every state plays by the same words.
  script jsonb NOT NULL CHECK (octet_length(script::text) <= 400000),
  script_id text NOT NULL CHECK (length(script_id) <= 40),
  states text[] NOT NULL CHECK (cardinality(states) BETWEEN 1 AND 12 AND lead = ANY (states)),
  -- Which state plays which role.
  assigned jsonb NOT NULL,
  starts_at timestamptz NOT NULL,
  -- What the director changed since: rests, steps let in before their time, steps left out; each change is one version.
  version integer NOT NULL CHECK (version BETWEEN 1 AND 10000),
  rests jsonb NOT NULL,
  opened jsonb NOT NULL,
  skipped jsonb NOT NULL,
  ended_at timestamptz,
  -- The named officer who directs, at the node that leads.
  director uuid,
  made_at timestamptz NOT NULL
);
CREATE INDEX exercise_runs_newest ON simpul.exercise_runs (made_at DESC);
CREATE INDEX exercise_runs_open ON simpul.exercise_runs (starts_at) WHERE ended_at IS NULL;

-- At the node that leads: which state was told, or why it would not hear.
CREATE TABLE simpul.exercise_parties (
  run_id uuid NOT NULL REFERENCES simpul.exercise_runs,
  node text NOT NULL CHECK (node ~ '^[a-z]{2}$'),
  told_at timestamptz,
  refused text CHECK (length(refused) <= 40),
  PRIMARY KEY (run_id, node)
);

-- Its desk first opened it.
CREATE TABLE simpul.exercise_seats (
  run_id uuid NOT NULL REFERENCES simpul.exercise_runs,
  role text NOT NULL CHECK (length(role) <= 40),
  node text NOT NULL CHECK (node ~ '^[a-z]{2}$'),
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (run_id, role)
);

-- What is let in: one line per step, made once and ended once.
CREATE TABLE simpul.exercise_injects (
  run_id uuid NOT NULL REFERENCES simpul.exercise_runs,
  step text NOT NULL CHECK (length(step) <= 40),
  node text NOT NULL CHECK (node ~ '^[a-z]{2}$'),
  due_at timestamptz NOT NULL,
  entered_at timestamptz,
  stuck text CHECK (length(stuck) <= 40),
  PRIMARY KEY (run_id, step)
);

-- The act that ended a step: its kind and time, never who did it.
CREATE TABLE simpul.exercise_acts (
  run_id uuid NOT NULL REFERENCES simpul.exercise_runs,
  step text NOT NULL CHECK (length(step) <= 40),
  node text NOT NULL CHECK (node ~ '^[a-z]{2}$'),
  kind text NOT NULL CHECK (length(kind) <= 80),
  at timestamptz NOT NULL,
  -- Of this node's own log, so that one act ends one step.
  leaf uuid,
  PRIMARY KEY (run_id, step)
);

CREATE TABLE simpul.exercise_notes (
  run_id uuid NOT NULL REFERENCES simpul.exercise_runs,
  id uuid NOT NULL,
  node text NOT NULL CHECK (node ~ '^[a-z]{2}$'),
  role text NOT NULL CHECK (length(role) <= 40),
  text text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
  by_officer uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (run_id, id)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['exercise_runs', 'exercise_parties', 'exercise_seats', 'exercise_injects', 'exercise_acts',
    'exercise_notes'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON simpul.%I TO simpul_app', t);
    EXECUTE format('CREATE POLICY jobs ON simpul.%I FOR ALL TO simpul_app USING ((SELECT simpul.is_job()))', t);
  END LOOP;
END
$$;

-- Officers of an exercise may all know of it; its acts decide what each is shown, for what is still to come is a secret.
CREATE POLICY known ON simpul.exercise_runs FOR SELECT TO simpul_app USING ((SELECT simpul.actor_kind() = 'officer')
  OR ((SELECT simpul.actor_kind() = 'peer') AND (SELECT simpul.peer()) = ANY (states)));
CREATE POLICY made ON simpul.exercise_runs FOR INSERT TO simpul_app WITH CHECK (
  CASE WHEN (SELECT simpul.actor_kind() = 'peer') THEN lead = (SELECT simpul.peer())
    ELSE director = (SELECT simpul.officer()) END);
CREATE POLICY changed ON simpul.exercise_runs FOR UPDATE TO simpul_app USING (
  CASE WHEN (SELECT simpul.actor_kind() = 'peer') THEN lead = (SELECT simpul.peer())
    ELSE director IS NOT NULL AND (simpul.has_role('supervisor') OR simpul.has_role('liaison')) END);

DO $$
DECLARE t text;
BEGIN
  -- A state speaks for itself.
  FOREACH t IN ARRAY ARRAY['exercise_parties', 'exercise_seats', 'exercise_injects', 'exercise_acts', 'exercise_notes'] LOOP
    EXECUTE format('CREATE POLICY known ON simpul.%I FOR SELECT TO simpul_app USING (
      (SELECT simpul.actor_kind() = ''officer'') OR node = (SELECT simpul.peer()))', t);
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK (
      (SELECT simpul.actor_kind() = ''officer'') OR node = (SELECT simpul.peer()))', t);
    EXECUTE format('CREATE POLICY changed ON simpul.%I FOR UPDATE TO simpul_app USING (
      (SELECT simpul.actor_kind() = ''officer'') OR node = (SELECT simpul.peer()))', t);
  END LOOP;
END
$$;
