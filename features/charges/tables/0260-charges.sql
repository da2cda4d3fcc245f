-- Charges: the accused of a case, what must be proven by which exhibit, what is missing, witnesses, and what the court does;
-- outcomes told to and by other states; gaps of the law by kind alone.

CREATE TABLE simpul.charges (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES simpul.cases,
  subject_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('person', 'organisation')),
  -- As the case named it then.
  name jsonb NOT NULL CHECK (octet_length(name::text) <= 4096),
  birth text CHECK (length(birth) <= 10),
  offences jsonb NOT NULL CHECK (octet_length(offences::text) <= 4096),
  began date NOT NULL,
  ended date NOT NULL,
  place text NOT NULL CHECK (length(place) <= 300),
  facts text NOT NULL CHECK (length(facts) BETWEEN 10 AND 8000),
  law_version text NOT NULL CHECK (length(law_version) <= 40),
  -- The legal review of VIC-2: of every person, of no organisation.
  review_id uuid,
  prepared_by uuid NOT NULL,
  prepared_at timestamptz NOT NULL,
  agency_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('prepared', 'filed', 'ended', 'withdrawn')),
  court text NOT NULL DEFAULT '' CHECK (length(court) <= 300),
  -- How it was established that the accused was of age, or under which procedure a child is tried.
  age_basis text NOT NULL DEFAULT '' CHECK (length(age_basis) <= 1000),
  -- Why this is not the act that was charged in another state.
  same_act text NOT NULL DEFAULT '' CHECK (length(same_act) <= 2000),
  filed_by uuid,
  filed_at timestamptz,
  CHECK ((kind = 'person') = (review_id IS NOT NULL)),
  CHECK ((filed_by IS NULL) = (filed_at IS NULL)),
  CHECK (state NOT IN ('filed', 'ended') OR filed_by IS NOT NULL),
  CHECK (began <= ended)
);
CREATE INDEX charges_newest ON simpul.charges (prepared_at DESC, id);
CREATE INDEX charges_of_subject ON simpul.charges (case_id, subject_id);

CREATE TABLE simpul.charge_exhibits (
  charge_id uuid NOT NULL REFERENCES simpul.charges,
  id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  kind text NOT NULL CHECK (kind IN ('item', 'record')),
  of_id uuid NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  disclosure text NOT NULL CHECK (disclosure IN ('disclosable', 'sensitive', 'unused')),
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (charge_id, id),
  UNIQUE (charge_id, of_id),
  CHECK (disclosure = 'disclosable' OR length(reason) >= 3)
);

CREATE TABLE simpul.charge_proofs (
  charge_id uuid NOT NULL REFERENCES simpul.charges,
  id uuid NOT NULL,
  exhibit_id uuid NOT NULL,
  offence text NOT NULL CHECK (length(offence) <= 40),
  element text NOT NULL CHECK (length(element) <= 40),
  says text NOT NULL CHECK (length(says) BETWEEN 3 AND 1000),
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (charge_id, id),
  FOREIGN KEY (charge_id, exhibit_id) REFERENCES simpul.charge_exhibits (charge_id, id)
);

-- What is not proven yet, and who is asked for it: a desk here, by a task of the case; or a state.
CREATE TABLE simpul.charge_gaps (
  charge_id uuid NOT NULL REFERENCES simpul.charges,
  id uuid NOT NULL,
  offence text NOT NULL CHECK (length(offence) <= 40),
  element text NOT NULL CHECK (length(element) <= 40),
  text text NOT NULL CHECK (length(text) BETWEEN 3 AND 1000),
  to_state text CHECK (to_state ~ '^[a-z]{2}$'),
  task_id uuid,
  due date NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (charge_id, id),
  CHECK ((to_state IS NULL) <> (task_id IS NULL))
);

-- Nobody is named here: a victim or witness stands under the word by which the case knows her.
CREATE TABLE simpul.charge_witnesses (
  charge_id uuid NOT NULL REFERENCES simpul.charges,
  id uuid NOT NULL,
  label text NOT NULL CHECK (length(label) BETWEEN 1 AND 100),
  kind text NOT NULL CHECK (kind IN ('victim', 'witness', 'expert', 'officer')),
  way text NOT NULL CHECK (way IN ('live', 'video', 'early-testimony', 'statement')),
  state text CHECK (state ~ '^[a-z]{2}$'),
  language text NOT NULL CHECK (language ~ '^[a-z]{2,3}$'),
  protection text NOT NULL DEFAULT '' CHECK (length(protection) <= 1000),
  proves text NOT NULL DEFAULT '' CHECK (length(proves) <= 1000),
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (charge_id, id),
  CHECK (kind <> 'victim' OR length(protection) >= 3)
);

-- What the court did, or is to do by a day; a wrong one is followed by another, never changed.
CREATE TABLE simpul.charge_events (
  charge_id uuid NOT NULL REFERENCES simpul.charges,
  id uuid NOT NULL,
  event text NOT NULL CHECK (event IN ('deadline', 'hearing', 'detention', 'travel-ban', 'freezing', 'confiscation',
    'convicted', 'acquitted', 'sentenced', 'appealed', 'compensated', 'died', 'closed')),
  on_day date NOT NULL,
  until_day date,
  text text NOT NULL DEFAULT '' CHECK (length(text) <= 2000),
  amount text NOT NULL DEFAULT '' CHECK (length(amount) <= 100),
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (charge_id, id),
  CHECK (until_day IS NULL OR until_day >= on_day)
);
CREATE INDEX charge_events_due ON simpul.charge_events (on_day) WHERE event IN ('deadline', 'hearing');

-- To whom an outcome went, by which request.
CREATE TABLE simpul.charge_told (
  charge_id uuid NOT NULL REFERENCES simpul.charges,
  id uuid NOT NULL,
  thread_id uuid NOT NULL,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  reference text NOT NULL CHECK (length(reference) <= 40),
  outcome text NOT NULL CHECK (length(outcome) <= 40),
  at timestamptz NOT NULL,
  PRIMARY KEY (charge_id, id)
);

-- What another state told became of a request between us.
CREATE TABLE simpul.outcomes_arrived (
  id uuid PRIMARY KEY,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  thread_id uuid NOT NULL,
  outcome text NOT NULL CHECK (length(outcome) <= 40),
  offences jsonb NOT NULL CHECK (octet_length(offences::text) <= 1024),
  began date NOT NULL,
  ended date NOT NULL,
  on_day date NOT NULL,
  at timestamptz NOT NULL,
  seen_by uuid,
  seen_at timestamptz
);
CREATE INDEX outcomes_arrived_newest ON simpul.outcomes_arrived (at DESC, id);

-- A step that stopped because the law of a state lacks something: its kind and month, never a case or a person.
CREATE TABLE simpul.legal_gaps (
  id uuid PRIMARY KEY,
  state text NOT NULL CHECK (state ~ '^[a-z]{2}$'),
  kind text NOT NULL CHECK (length(kind) <= 40),
  step text NOT NULL CHECK (length(step) <= 40),
  month date NOT NULL CHECK (extract(day FROM month) = 1)
);
CREATE INDEX legal_gaps_by_month ON simpul.legal_gaps (month, state, kind);

ALTER TABLE simpul.charges ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.charges FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.charges FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.charges FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR simpul.sees_case(case_id));
CREATE POLICY prepared ON simpul.charges FOR INSERT TO simpul_app WITH CHECK (
  prepared_by = simpul.officer() AND desk_id = simpul.desk() AND agency_id = simpul.agency()
  AND simpul.sees_case(case_id));
CREATE POLICY went_on ON simpul.charges FOR UPDATE TO simpul_app USING (simpul.sees_case(case_id));
GRANT SELECT, INSERT ON simpul.charges TO simpul_app;
GRANT UPDATE (state, court, age_basis, same_act, filed_by, filed_at) ON simpul.charges TO simpul_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['charge_exhibits', 'charge_proofs', 'charge_gaps', 'charge_witnesses', 'charge_events',
      'charge_told'] LOOP
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
CREATE POLICY marked ON simpul.charge_exhibits FOR UPDATE TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.charges c WHERE c.id = charge_id));
GRANT UPDATE (disclosure, reason) ON simpul.charge_exhibits TO simpul_app;
CREATE POLICY removed ON simpul.charge_proofs FOR UPDATE TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.charges c WHERE c.id = charge_id));
GRANT UPDATE (removed_at) ON simpul.charge_proofs TO simpul_app;

ALTER TABLE simpul.outcomes_arrived ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.outcomes_arrived FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.outcomes_arrived FOR SELECT TO CURRENT_USER USING (true);
-- Whoever sees the request sees what became of it.
CREATE POLICY seen ON simpul.outcomes_arrived FOR SELECT TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.id = thread_id));
CREATE POLICY arrived ON simpul.outcomes_arrived FOR INSERT TO simpul_app WITH CHECK (
  peer = (SELECT simpul.peer()) AND EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.id = thread_id));
CREATE POLICY noticed ON simpul.outcomes_arrived FOR UPDATE TO simpul_app USING (
  (SELECT simpul.actor_kind()) = 'officer' AND EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.id = thread_id));
GRANT SELECT, INSERT ON simpul.outcomes_arrived TO simpul_app;
GRANT UPDATE (seen_by, seen_at) ON simpul.outcomes_arrived TO simpul_app;

ALTER TABLE simpul.legal_gaps ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.legal_gaps FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.legal_gaps FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY counted ON simpul.legal_gaps FOR SELECT TO simpul_app USING (
  (SELECT simpul.actor_kind()) IN ('officer', 'job'));
CREATE POLICY noted ON simpul.legal_gaps FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.actor_kind()) = 'officer');
GRANT SELECT, INSERT ON simpul.legal_gaps TO simpul_app;

-- Requests between states that gave something to a case, or were answered out of it: of use to whoever works on the case, also
-- where a request lies at another desk. SECURITY DEFINER for that; who does not see the case gets nothing.
CREATE FUNCTION simpul.requests_of_case(which uuid)
RETURNS TABLE (thread_id uuid, peer text, reference text, on_paper boolean, created_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.id, t.peer, t.reference, t.correspondent IS NOT NULL, t.created_at
  FROM simpul.cases c
  JOIN simpul.request_threads t ON EXISTS (
      SELECT 1 FROM simpul.requests r WHERE r.id = t.request_id AND r.case_id = c.id AND t.outcome IN ('full', 'partial'))
    OR EXISTS (SELECT 1 FROM simpul.request_answers a WHERE a.thread_id = t.id AND a.direction = 'outgoing'
      AND a.released_at IS NOT NULL AND a.content ->> 'case' IN (c.id::text, c.number))
  WHERE c.id = which AND simpul.actor_kind() = 'officer' AND simpul.sees_case(which)
  ORDER BY t.created_at, t.id LIMIT 200
$$;
-- What other states charged in the matter of a case: a prosecutor must not miss it because the request is another desk's.
CREATE FUNCTION simpul.charged_elsewhere(which uuid)
RETURNS TABLE (peer text, outcome text, offences jsonb, began date, ended date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT o.peer, o.outcome, o.offences, o.began, o.ended
  FROM simpul.cases c
  JOIN simpul.outcomes_arrived o ON EXISTS (SELECT 1 FROM simpul.request_threads t
      JOIN simpul.requests r ON r.id = t.request_id WHERE t.id = o.thread_id AND r.case_id = c.id)
    OR EXISTS (SELECT 1 FROM simpul.request_answers a WHERE a.thread_id = o.thread_id AND a.direction = 'outgoing'
      AND a.content ->> 'case' IN (c.id::text, c.number))
  WHERE c.id = which AND simpul.actor_kind() = 'officer' AND simpul.sees_case(which)
  ORDER BY o.at LIMIT 500
$$;
GRANT EXECUTE ON FUNCTION simpul.requests_of_case(uuid), simpul.charged_elsewhere(uuid) TO simpul_app;
