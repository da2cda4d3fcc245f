-- Targets: persons and organisations nominated by a named officer for firm action, followed to an outcome; freezes of
-- accounts and wallets with their clocks.

CREATE TABLE simpul.targets (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES simpul.cases,
  subject_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('person', 'organisation')),
  -- As the case named it then.
  name jsonb NOT NULL CHECK (octet_length(name::text) <= 4096),
  reasons text NOT NULL CHECK (length(reasons) BETWEEN 10 AND 4000),
  -- The legal review of VIC-2: of every person, of no organisation.
  review_id uuid,
  nominated_by uuid NOT NULL,
  nominated_at timestamptz NOT NULL,
  agency_id uuid NOT NULL,
  desk_id uuid NOT NULL,
  owner_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('under-review', 'standing', 'withdrawn', 'closed')),
  accepted_by uuid,
  accepted_at timestamptz,
  follow_up_on date,
  follow_up_text text NOT NULL DEFAULT '' CHECK (length(follow_up_text) <= 500),
  -- That its day passed went up to the supervisor; empty again with the next day.
  escalated_at timestamptz,
  CHECK ((kind = 'person') = (review_id IS NOT NULL)),
  CHECK ((accepted_by IS NULL) = (accepted_at IS NULL)),
  CHECK (state NOT IN ('standing', 'closed') OR kind = 'organisation' OR accepted_by IS NOT NULL),
  CHECK ((state IN ('under-review', 'standing')) = (follow_up_on IS NOT NULL))
);
CREATE UNIQUE INDEX targets_once ON simpul.targets (case_id, subject_id) WHERE state IN ('under-review', 'standing');
CREATE INDEX targets_newest ON simpul.targets (nominated_at DESC, id);
CREATE INDEX targets_of_owner ON simpul.targets (owner_id, follow_up_on) WHERE state IN ('under-review', 'standing');
CREATE INDEX targets_due ON simpul.targets (follow_up_on) WHERE escalated_at IS NULL AND state IN ('under-review', 'standing');

-- What was done, by whom; a wrong step is followed by another, never changed.
CREATE TABLE simpul.target_steps (
  target_id uuid NOT NULL REFERENCES simpul.targets,
  id uuid NOT NULL,
  step text NOT NULL CHECK (step IN ('located', 'wanted', 'arrested', 'released', 'charged', 'tried', 'convicted',
    'acquitted', 'assets', 'taken-over', 'withdrawn', 'closed')),
  on_day date NOT NULL,
  text text NOT NULL DEFAULT '' CHECK (length(text) <= 2000),
  -- The review that let a charge pass.
  review_id uuid,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (target_id, id)
);

CREATE TABLE simpul.target_freezes (
  target_id uuid NOT NULL REFERENCES simpul.targets,
  id uuid NOT NULL,
  selector_id uuid NOT NULL,
  type text NOT NULL CHECK (type IN ('account', 'wallet')),
  value text NOT NULL CHECK (length(value) BETWEEN 1 AND 2000),
  recipient text NOT NULL CHECK (length(recipient) BETWEEN 2 AND 300),
  basis text NOT NULL CHECK (length(basis) BETWEEN 2 AND 1000),
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'frozen', 'partly', 'refused')),
  answered_by uuid,
  answered_at timestamptz,
  answer text NOT NULL DEFAULT '' CHECK (length(answer) <= 2000),
  amount text NOT NULL DEFAULT '' CHECK (length(amount) <= 100),
  -- The day on which what is frozen comes free by itself.
  until_day date,
  escalated_at timestamptz,
  PRIMARY KEY (target_id, id),
  CHECK ((state = 'asked') = (answered_at IS NULL)),
  CHECK (due_at > asked_at)
);
CREATE INDEX target_freezes_open ON simpul.target_freezes (due_at) WHERE state = 'asked';
CREATE INDEX target_freezes_until ON simpul.target_freezes (until_day) WHERE state IN ('frozen', 'partly');

ALTER TABLE simpul.targets ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.targets FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.targets FOR SELECT TO CURRENT_USER USING (true);
-- Whoever sees the case; and prosecutors, who see every review of a person and say that it may go on.
CREATE POLICY seen ON simpul.targets FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR ((SELECT simpul.prosecutes()) AND review_id IS NOT NULL) OR simpul.sees_case(case_id));
CREATE POLICY nominated ON simpul.targets FOR INSERT TO simpul_app WITH CHECK (
  nominated_by = simpul.officer() AND desk_id = simpul.desk() AND agency_id = simpul.agency()
  AND simpul.sees_case(case_id));
CREATE POLICY followed ON simpul.targets FOR UPDATE TO simpul_app USING (
  (SELECT simpul.is_job()) OR ((SELECT simpul.prosecutes()) AND review_id IS NOT NULL) OR simpul.sees_case(case_id));
GRANT SELECT, INSERT ON simpul.targets TO simpul_app;
GRANT UPDATE (state, owner_id, accepted_by, accepted_at, follow_up_on, follow_up_text, escalated_at)
  ON simpul.targets TO simpul_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['target_steps', 'target_freezes'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING (
      EXISTS (SELECT 1 FROM simpul.targets g WHERE g.id = target_id))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY done ON simpul.target_steps FOR INSERT TO simpul_app WITH CHECK (
  by_id = simpul.officer() AND EXISTS (SELECT 1 FROM simpul.targets g WHERE g.id = target_id));
CREATE POLICY asked ON simpul.target_freezes FOR INSERT TO simpul_app WITH CHECK (
  asked_by = simpul.officer() AND EXISTS (SELECT 1 FROM simpul.targets g WHERE g.id = target_id));
CREATE POLICY answered ON simpul.target_freezes FOR UPDATE TO simpul_app USING (
  EXISTS (SELECT 1 FROM simpul.targets g WHERE g.id = target_id));
GRANT UPDATE (state, answered_by, answered_at, answer, amount, until_day, escalated_at)
  ON simpul.target_freezes TO simpul_app;
