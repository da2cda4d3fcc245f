-- What a court asks of each exhibit and how it was met; which exhibits stood in the file as filed; gaps that another state's refusal shows.

-- Never changed: the newest line about an exhibit, a court and a need counts.
CREATE TABLE simpul.charge_admissions (
  charge_id uuid NOT NULL REFERENCES simpul.charges,
  id uuid NOT NULL,
  exhibit_id uuid NOT NULL,
  court text NOT NULL CHECK (court ~ '^[a-z]{2}$'),
  need text NOT NULL CHECK (length(need) <= 40),
  stands text NOT NULL CHECK (stands IN ('met', 'not-asked', 'asked', 'no-law')),
  says text NOT NULL CHECK (length(says) BETWEEN 3 AND 1000),
  -- Who is asked for it: a desk here, by a task of the case; or a state.
  to_state text CHECK (to_state ~ '^[a-z]{2}$'),
  task_id uuid,
  due date,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (charge_id, id),
  FOREIGN KEY (charge_id, exhibit_id) REFERENCES simpul.charge_exhibits (charge_id, id),
  CHECK ((stands = 'asked') = (due IS NOT NULL)),
  CHECK ((stands = 'asked') = ((to_state IS NULL) <> (task_id IS NULL)))
);

-- As the court received it: an exhibit that is stopped later is told to the court by this digest.
CREATE TABLE simpul.charge_filed (
  charge_id uuid NOT NULL REFERENCES simpul.charges,
  id uuid NOT NULL,
  exhibit_id uuid NOT NULL,
  digest text CHECK (length(digest) <= 80),
  at timestamptz NOT NULL,
  PRIMARY KEY (charge_id, id),
  UNIQUE (charge_id, exhibit_id),
  FOREIGN KEY (charge_id, exhibit_id) REFERENCES simpul.charge_exhibits (charge_id, id)
);

-- The court was told that an exhibit of its file may not be used any more.
ALTER TABLE simpul.charge_events ADD COLUMN exhibit_id uuid;
ALTER TABLE simpul.charge_events DROP CONSTRAINT charge_events_event_check;
ALTER TABLE simpul.charge_events ADD CONSTRAINT charge_events_event_check CHECK (event IN ('deadline', 'hearing',
  'detention', 'travel-ban', 'freezing', 'confiscation', 'convicted', 'acquitted', 'sentenced', 'appealed', 'compensated',
  'died', 'closed', 'notice'));
ALTER TABLE simpul.charge_events ADD CONSTRAINT charge_events_exhibit CHECK ((event = 'notice') = (exhibit_id IS NOT NULL));

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['charge_admissions', 'charge_filed'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING (
      EXISTS (SELECT 1 FROM simpul.charges c WHERE c.id = charge_id))', t);
    EXECUTE format('CREATE POLICY written ON simpul.%I FOR INSERT TO simpul_app WITH CHECK (
      EXISTS (SELECT 1 FROM simpul.charges c WHERE c.id = charge_id))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;

-- A state that refuses because of its own law says so itself; of no other state's law.
CREATE POLICY told ON simpul.legal_gaps FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.actor_kind()) = 'peer' AND state = (SELECT simpul.peer()));
