-- Cases, or parts of them, that go from one state to another: offered, accepted, and from then on the other state's.
CREATE TABLE simpul.hand_overs (
  id uuid PRIMARY KEY,
  direction text NOT NULL CHECK (direction IN ('outgoing', 'incoming')),
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  state text NOT NULL CHECK (state IN ('submitted', 'dropped', 'pending', 'accepting', 'handed', 'declined', 'taken-back',
    'returned', 'undelivered')),
  -- Ours: which is offered, or which was opened with what came; none before.
  case_id uuid,
  agency_id uuid,
  desk_id uuid,
  author_id uuid,
  approved_by uuid,
  lead_id uuid,
  reference text NOT NULL CHECK (length(reference) <= 40),
  -- What the other side reads before it decides; nothing where it was taken back before it came (COR-3).
  offer jsonb,
  -- What goes, as JSON text: its digest is signed with the offer. At the receiver, from the moment in which it came.
  content text CHECK (length(content) <= 4000000),
  -- Signed statements (DSSE): the offer, the acceptance, and that it is handed over.
  offered text,
  accepted text,
  handed text,
  answer jsonb,
  code text CHECK (length(code) <= 60),
  due_at timestamptz,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  CHECK (direction = 'incoming' OR case_id IS NOT NULL)
);
-- A case goes to one state at a time.
CREATE UNIQUE INDEX hand_overs_one ON simpul.hand_overs (case_id)
  WHERE direction = 'outgoing' AND state IN ('submitted', 'pending');
CREATE INDEX hand_overs_of_case ON simpul.hand_overs (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX hand_overs_newest ON simpul.hand_overs (direction, changed_at DESC, id DESC);
CREATE INDEX hand_overs_due ON simpul.hand_overs (due_at) WHERE state = 'pending';

CREATE TABLE simpul.hand_over_serials (
  peer text NOT NULL,
  year integer NOT NULL,
  last integer NOT NULL,
  PRIMARY KEY (peer, year)
);
GRANT SELECT, INSERT, UPDATE ON simpul.hand_over_serials TO simpul_app;

-- Files that went with it: their proof, and whether their bytes are sealed here.
CREATE TABLE simpul.hand_over_items (
  hand_over_id uuid NOT NULL REFERENCES simpul.hand_overs,
  item_id uuid NOT NULL,
  arriving jsonb NOT NULL,
  fetching jsonb,
  state text NOT NULL CHECK (state IN ('fetching', 'sealed', 'refused')),
  code text CHECK (length(code) <= 60),
  PRIMARY KEY (hand_over_id, item_id)
);

-- What the former owner learned since; the owner takes it or leaves it.
CREATE TABLE simpul.hand_over_proposals (
  hand_over_id uuid NOT NULL REFERENCES simpul.hand_overs,
  id uuid NOT NULL,
  ours boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'taken', 'left', 'undelivered')),
  text text NOT NULL CHECK (length(text) <= 8000),
  language text NOT NULL,
  by_officer uuid,
  at timestamptz NOT NULL,
  answer text NOT NULL DEFAULT '' CHECK (length(answer) <= 4000),
  answered_by uuid,
  answered_at timestamptz,
  PRIMARY KEY (hand_over_id, id)
);

-- Its case's readers, its desk, the contact point; the state it is with only while it acts here as a peer.
CREATE FUNCTION simpul.sees_hand_over(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.hand_overs h
    WHERE h.id = which
      AND (simpul.is_job()
           OR (simpul.actor_kind() = 'peer' AND h.peer = simpul.peer())
           OR (simpul.actor_kind() = 'officer'
               AND (simpul.is_contact_point()
                    OR (h.case_id IS NOT NULL AND simpul.sees_case(h.case_id))
                    OR (h.direction = 'incoming' AND h.desk_id = simpul.desk() AND simpul.works_cases())))))
$$;
GRANT EXECUTE ON FUNCTION simpul.sees_hand_over(uuid) TO simpul_app;

ALTER TABLE simpul.hand_overs ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.hand_overs FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.hand_overs FOR SELECT TO CURRENT_USER USING (true);
-- The rule of sees_hand_over, spelt with columns so that a list asks each question once.
CREATE POLICY seen ON simpul.hand_overs FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR (SELECT simpul.is_contact_point())
  OR ((SELECT simpul.actor_kind() = 'officer') AND case_id IS NOT NULL
      AND EXISTS (SELECT 1 FROM simpul.cases c WHERE c.id = case_id))
  OR (direction = 'incoming' AND desk_id = (SELECT simpul.desk()) AND (SELECT simpul.works_cases()))
  OR ((SELECT simpul.actor_kind() = 'peer') AND peer = (SELECT simpul.peer()))
);
CREATE POLICY made ON simpul.hand_overs FOR INSERT TO simpul_app WITH CHECK (
  (direction = 'outgoing' AND author_id = (SELECT simpul.officer()) AND simpul.sees_case(case_id))
  OR (direction = 'incoming' AND peer = (SELECT simpul.peer()))
);
CREATE POLICY changed ON simpul.hand_overs FOR UPDATE TO simpul_app
  USING (simpul.sees_hand_over(id)) WITH CHECK (simpul.actor_kind() IN ('officer', 'peer', 'job'));
GRANT SELECT, INSERT ON simpul.hand_overs TO simpul_app;
GRANT UPDATE (state, case_id, agency_id, desk_id, approved_by, lead_id, reference, offer, content, offered, accepted, handed,
  answer, code, due_at, changed_at) ON simpul.hand_overs TO simpul_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['hand_over_items', 'hand_over_proposals'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING (simpul.sees_hand_over(hand_over_id))', t);
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK (simpul.sees_hand_over(hand_over_id))', t);
    EXECUTE format('CREATE POLICY changed ON simpul.%I FOR UPDATE TO simpul_app USING (simpul.sees_hand_over(hand_over_id))', t);
  END LOOP;
END
$$;
GRANT SELECT, INSERT ON simpul.hand_over_items, simpul.hand_over_proposals TO simpul_app;
GRANT UPDATE (fetching, state, code) ON simpul.hand_over_items TO simpul_app;
GRANT UPDATE (state, answer, answered_by, answered_at) ON simpul.hand_over_proposals TO simpul_app;
