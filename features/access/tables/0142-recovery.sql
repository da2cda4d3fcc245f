-- An officer who lost every passkey comes back by two persons who saw her: each says how, and the second one's word
-- ends what she had and makes a code of half an hour.
CREATE TABLE simpul.recoveries (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL REFERENCES simpul.officers,
  first_by uuid NOT NULL CHECK (first_by <> officer_id),
  first_desk uuid NOT NULL,
  first_saw text NOT NULL CHECK (length(first_saw) BETWEEN 10 AND 500),
  first_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  second_by uuid CHECK (second_by <> officer_id AND second_by <> first_by),
  second_saw text CHECK (length(second_saw) BETWEEN 10 AND 500),
  second_at timestamptz,
  dropped_at timestamptz
);
CREATE UNIQUE INDEX recoveries_open ON simpul.recoveries (officer_id) WHERE second_at IS NULL AND dropped_at IS NULL;
CREATE INDEX recoveries_newest ON simpul.recoveries (first_at DESC);
ALTER TABLE simpul.recoveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.recoveries FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.recoveries FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.recoveries FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR officer_id = (SELECT simpul.officer())
  OR (SELECT simpul.actor_kind() = 'officer' AND (simpul.has_role('administrator') OR simpul.has_role('supervisor')
      OR simpul.has_role('oversight') OR simpul.has_role('liaison'))));
CREATE POLICY vouched ON simpul.recoveries FOR INSERT TO simpul_app
  WITH CHECK (first_by = (SELECT simpul.officer()) AND second_by IS NULL);
CREATE POLICY vouched_again ON simpul.recoveries FOR UPDATE TO simpul_app
  USING ((SELECT simpul.actor_kind() = 'officer') AND officer_id <> (SELECT simpul.officer()))
  WITH CHECK (second_by IS NULL OR second_by = (SELECT simpul.officer()));
GRANT SELECT, INSERT ON simpul.recoveries TO simpul_app;
GRANT UPDATE (second_by, second_saw, second_at, dropped_at) ON simpul.recoveries TO simpul_app;

-- What two persons together may do and neither alone: end all that she had, and give her one code.
CREATE POLICY owner_recovers ON simpul.passkeys TO CURRENT_USER USING (true);
CREATE POLICY owner_recovers ON simpul.devices TO CURRENT_USER USING (true);
CREATE POLICY owner_recovers ON simpul.sessions TO CURRENT_USER USING (true);
CREATE POLICY owner_recovers ON simpul.enrolments TO CURRENT_USER USING (true) WITH CHECK (true);
ALTER TABLE simpul.sessions DROP CONSTRAINT sessions_ended_because_check;
ALTER TABLE simpul.sessions ADD CHECK (ended_because IN ('signed-out', 'revoked', 'left', 'membership-ended',
  'device-revoked', 'recovered', 'provider'));
CREATE FUNCTION simpul.recover_officer(which uuid, enrolment uuid, code bytea, moment timestamptz, until timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE whose uuid;
BEGIN
  SELECT r.officer_id INTO whose FROM simpul.recoveries r
  WHERE r.id = which AND r.second_by = simpul.officer() AND r.second_at = moment AND r.first_by <> r.second_by;
  IF whose IS NULL THEN RAISE EXCEPTION 'no two persons'; END IF;
  UPDATE simpul.passkeys SET revoked_at = moment WHERE officer_id = whose AND revoked_at IS NULL;
  UPDATE simpul.devices SET revoked_at = moment WHERE officer_id = whose AND revoked_at IS NULL;
  UPDATE simpul.sessions SET ended_at = moment, ended_because = 'recovered'
    WHERE officer_id = whose AND ended_at IS NULL;
  UPDATE simpul.enrolments SET ended_at = moment WHERE officer_id = whose AND ended_at IS NULL;
  INSERT INTO simpul.enrolments (id, officer_id, code_hash, made_by, made_at, expires_at)
    VALUES (enrolment, whose, code, simpul.officer(), moment, until);
END
$$;
GRANT EXECUTE ON FUNCTION simpul.recover_officer(uuid, uuid, bytea, timestamptz, timestamptz) TO simpul_app;
