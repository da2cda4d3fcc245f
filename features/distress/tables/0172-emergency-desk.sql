-- The emergency desk: steps of the clock, whom to call, and what was told to other desks by decision of two officers.
CREATE TABLE simpul.distress_steps (
  message_id uuid NOT NULL REFERENCES simpul.distress_messages,
  level text NOT NULL CHECK (level IN ('duty', 'supervisor', 'phone')),
  at timestamptz NOT NULL,
  PRIMARY KEY (message_id, level)
);
-- Whom to call when nobody looks; officers' numbers, in order.
CREATE TABLE simpul.distress_phones (
  position integer PRIMARY KEY CHECK (position BETWEEN 0 AND 19),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  phone text NOT NULL CHECK (length(phone) BETWEEN 3 AND 60),
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL
);
-- What a desk of this state was told: what the emergency desk let go, and nothing that joins it to a message. What went
-- to another state's victim desk went sealed, and stands here without its text.
CREATE TABLE simpul.distress_told (
  id uuid PRIMARY KEY,
  desk_id uuid,
  state text CHECK (state ~ '^[a-z]{2}$'),
  text text CHECK (length(text) BETWEEN 10 AND 6000),
  given_by uuid NOT NULL,
  agreed_by uuid NOT NULL CHECK (agreed_by <> given_by),
  at timestamptz NOT NULL,
  seen_by uuid,
  seen_at timestamptz,
  answer text CHECK (length(answer) BETWEEN 1 AND 4000),
  answered_by uuid,
  answered_at timestamptz,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  CHECK ((answer IS NULL) = (answered_at IS NULL)),
  CHECK ((desk_id IS NULL) <> (state IS NULL)),
  CHECK ((desk_id IS NULL) = (text IS NULL))
);
CREATE INDEX distress_told_to ON simpul.distress_told (desk_id, at DESC) WHERE withdrawn_at IS NULL;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['distress_steps', 'distress_phones', 'distress_told'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY seen ON simpul.distress_steps FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.opens_distress()));
CREATE POLICY taken ON simpul.distress_steps FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()));

CREATE POLICY seen ON simpul.distress_phones FOR SELECT TO simpul_app USING ((SELECT simpul.at_victim_desk()));
CREATE POLICY kept ON simpul.distress_phones FOR ALL TO simpul_app
  USING ((SELECT simpul.at_victim_desk()) AND (SELECT simpul.has_role('supervisor')))
  WITH CHECK ((SELECT simpul.at_victim_desk()) AND (SELECT simpul.has_role('supervisor'))
    AND changed_by = (SELECT simpul.officer()));
GRANT DELETE ON simpul.distress_phones TO simpul_app;

-- The desk that was told, until it is withdrawn; and the emergency desk. Who administers or oversees reads none.
CREATE FUNCTION simpul.told_distress(desk uuid) RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT simpul.actor_kind() = 'officer' AND desk = simpul.desk()
  AND simpul.purpose() NOT IN ('oversight', 'administration') $$;
GRANT EXECUTE ON FUNCTION simpul.told_distress(uuid) TO simpul_app;
CREATE POLICY seen ON simpul.distress_told FOR SELECT TO simpul_app USING (
  (SELECT simpul.opens_distress()) OR (withdrawn_at IS NULL AND simpul.told_distress(desk_id))
  OR state = (SELECT simpul.peer()));
CREATE POLICY told ON simpul.distress_told FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.opens_distress()) AND agreed_by = (SELECT simpul.officer()));
CREATE POLICY moved ON simpul.distress_told FOR UPDATE TO simpul_app USING (
  (SELECT simpul.opens_distress()) OR (withdrawn_at IS NULL AND simpul.told_distress(desk_id))
  OR state = (SELECT simpul.peer()));
GRANT UPDATE (seen_by, seen_at, answer, answered_by, answered_at, withdrawn_by, withdrawn_at) ON simpul.distress_told TO simpul_app;
