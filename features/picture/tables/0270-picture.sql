-- The picture: tables that were counted and protected here, who let them go, what every state published, and what peers said
-- to ours. No count is kept before it is protected.

CREATE TABLE simpul.picture_drafts (
  id uuid PRIMARY KEY,
  month text NOT NULL CHECK (month ~ '^20\d\d-(0[1-9]|1[0-2])$'),
  figure text NOT NULL CHECK (figure ~ '^[a-z0-9-]{1,40}$'),
  definition integer NOT NULL CHECK (definition BETWEEN 1 AND 9999),
  number integer NOT NULL CHECK (number BETWEEN 1 AND 50),
  unit text NOT NULL CHECK (unit IN ('event', 'victim', 'perpetrator', 'entity')),
  -- The protected table, as it would be published.
  published jsonb NOT NULL CHECK (octet_length(published::text) <= 400000),
  withheld integer NOT NULL CHECK (withheld >= 0),
  -- Of the budget, in thousandths of epsilon: spent when the noise was drawn, whatever becomes of it.
  spent integer NOT NULL CHECK (spent BETWEEN 0 AND 1000000),
  -- By an open victim desk, which hands over nothing else (VIC-1).
  by_desk boolean NOT NULL,
  made_by uuid,
  made_at timestamptz NOT NULL,
  -- Why an earlier one is corrected.
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
  proposal_id uuid,
  dropped_at timestamptz,
  CHECK (NOT by_desk OR made_by IS NOT NULL),
  CHECK ((number = 1) = (reason = ''))
);
CREATE UNIQUE INDEX picture_drafts_once ON simpul.picture_drafts (figure, definition, month, number)
  WHERE dropped_at IS NULL;
CREATE INDEX picture_drafts_of_month ON simpul.picture_drafts (month, figure);
CREATE INDEX picture_drafts_of_proposal ON simpul.picture_drafts (proposal_id);

-- One person looked at the tables and proposes them; another lets them go.
CREATE TABLE simpul.picture_proposals (
  id uuid PRIMARY KEY,
  month text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'released', 'returned')),
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL,
  decided_by uuid CHECK (decided_by <> proposed_by OR state = 'returned'),
  decided_at timestamptz,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
  CHECK ((state = 'proposed') = (decided_by IS NULL)),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL))
);
CREATE INDEX picture_proposals_open ON simpul.picture_proposals (proposed_at) WHERE state = 'proposed';

-- What a state published: ours, and what came. A later number takes the place of an earlier one.
CREATE TABLE simpul.picture_releases (
  id uuid NOT NULL,
  state text NOT NULL CHECK (state ~ '^[a-z]{2}$'),
  month text NOT NULL CHECK (month ~ '^20\d\d-(0[1-9]|1[0-2])$'),
  figure text NOT NULL CHECK (figure ~ '^[a-z0-9-]{1,40}$'),
  definition integer NOT NULL,
  number integer NOT NULL CHECK (number BETWEEN 1 AND 50),
  published jsonb NOT NULL CHECK (octet_length(published::text) <= 400000),
  at timestamptz NOT NULL,
  -- Ours: the two who let it go. Null of another state.
  proposed_by uuid,
  released_by uuid,
  kept_at timestamptz NOT NULL,
  ended_at timestamptz,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
  -- Another state's id is its own to choose.
  PRIMARY KEY (state, id),
  UNIQUE (state, figure, definition, month, number),
  CHECK ((proposed_by IS NULL) = (released_by IS NULL)),
  CHECK (proposed_by IS DISTINCT FROM released_by OR proposed_by IS NULL)
);
CREATE UNIQUE INDEX picture_releases_stand ON simpul.picture_releases (state, figure, definition, month)
  WHERE ended_at IS NULL;
CREATE INDEX picture_releases_of_figure ON simpul.picture_releases (figure, month);

-- What a peer said to a letter about one of ours: taken, or refused by which code.
CREATE TABLE simpul.picture_told (
  release_id uuid NOT NULL,
  peer text NOT NULL CHECK (peer ~ '^[a-z]{2}$'),
  sent_at timestamptz NOT NULL,
  answered_at timestamptz,
  refused text CHECK (length(refused) <= 40),
  PRIMARY KEY (release_id, peer)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['picture_drafts', 'picture_proposals', 'picture_releases', 'picture_told'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;

-- The contact point lets figures go; the victim desk sees what it handed over, and nothing else of this.
CREATE POLICY seen ON simpul.picture_drafts FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.is_contact_point()) OR (by_desk AND (SELECT simpul.at_victim_desk())));
CREATE POLICY made ON simpul.picture_drafts FOR INSERT TO simpul_app WITH CHECK (
  CASE WHEN by_desk THEN (SELECT simpul.at_victim_desk()) AND made_by = (SELECT simpul.officer())
    ELSE (SELECT simpul.is_job()) OR ((SELECT simpul.is_contact_point()) AND made_by = (SELECT simpul.officer())) END);
CREATE POLICY changed ON simpul.picture_drafts FOR UPDATE TO simpul_app USING ((SELECT simpul.is_contact_point()));
GRANT UPDATE (proposal_id, dropped_at) ON simpul.picture_drafts TO simpul_app;

CREATE POLICY seen ON simpul.picture_proposals FOR SELECT TO simpul_app USING ((SELECT simpul.is_contact_point()));
CREATE POLICY made ON simpul.picture_proposals FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_contact_point()) AND proposed_by = (SELECT simpul.officer()) AND state = 'proposed');
CREATE POLICY decided ON simpul.picture_proposals FOR UPDATE TO simpul_app USING ((SELECT simpul.is_contact_point()));
GRANT UPDATE (state, decided_by, decided_at, reason) ON simpul.picture_proposals TO simpul_app;

-- Published is published: every officer reads it. A peer writes its own and sees no other's.
CREATE POLICY seen ON simpul.picture_releases FOR SELECT TO simpul_app USING (
  CASE WHEN (SELECT simpul.actor_kind() = 'peer') THEN state = (SELECT simpul.peer()) ELSE true END);
CREATE POLICY made ON simpul.picture_releases FOR INSERT TO simpul_app WITH CHECK (
  CASE WHEN (SELECT simpul.actor_kind() = 'peer') THEN state = (SELECT simpul.peer()) AND released_by IS NULL
    ELSE (SELECT simpul.is_contact_point()) AND released_by = (SELECT simpul.officer()) END);
CREATE POLICY ended ON simpul.picture_releases FOR UPDATE TO simpul_app USING (
  CASE WHEN (SELECT simpul.actor_kind() = 'peer') THEN state = (SELECT simpul.peer())
    ELSE (SELECT simpul.is_contact_point()) AND released_by IS NOT NULL END);
GRANT UPDATE (ended_at, reason) ON simpul.picture_releases TO simpul_app;

CREATE POLICY seen ON simpul.picture_told FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.is_contact_point()) OR peer = (SELECT simpul.peer()));
CREATE POLICY made ON simpul.picture_told FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_contact_point()));
CREATE POLICY answered ON simpul.picture_told FOR UPDATE TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.is_contact_point()) OR peer = (SELECT simpul.peer()));
GRANT UPDATE (sent_at, answered_at, refused) ON simpul.picture_told TO simpul_app;
