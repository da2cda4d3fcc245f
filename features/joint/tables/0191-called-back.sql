-- What its originator calls back, or permits no more, leaves every space: closed in the moment its word arrives, told to all.

ALTER TABLE simpul.joint_things
  -- Why a version says nothing any more, where no person took it back.
  ADD COLUMN because text CHECK (because IN ('called-back', 'restricted', 'permission-ended')),
  -- Changed here by its originator's word; this node still owes the others a version that says so.
  ADD COLUMN called_at timestamptz;
GRANT UPDATE (because, called_at) ON simpul.joint_things TO simpul_app;
CREATE INDEX joint_things_by_id ON simpul.joint_things (id);
CREATE INDEX joint_things_of_others ON simpul.joint_things (space_id, id) WHERE ours AND originator <> party AND state = 'standing';

-- Which version of which record went to whom through a space, also after the space is wound down: a recall reaches them (COR-1).
CREATE TABLE simpul.joint_given (
  space_id uuid NOT NULL,
  record_id uuid NOT NULL,
  version bytea NOT NULL CHECK (length(version) = 32),
  what text NOT NULL CHECK (length(what) <= 20),
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  at timestamptz NOT NULL,
  PRIMARY KEY (record_id, version, party, space_id)
);
-- The version of the record that a thing holds; null for what is no record.
CREATE FUNCTION simpul.joint_version(content jsonb) RETURNS bytea LANGUAGE sql IMMUTABLE
AS $$ SELECT decode(coalesce(content #>> '{record,version}', content #>> '{item,digest}'), 'hex') $$;
GRANT EXECUTE ON FUNCTION simpul.joint_version(jsonb) TO simpul_app;

-- What left before this table was there.
INSERT INTO simpul.joint_given (space_id, record_id, version, what, party, at)
SELECT t.space_id, t.id, simpul.joint_version(t.content), CASE t.kind WHEN 'site' THEN 'place' ELSE t.kind END, a.party, t.at
FROM simpul.joint_things t JOIN simpul.joint_approvals a ON a.space_id = t.space_id
WHERE t.ours AND a.party <> t.party AND simpul.joint_version(t.content) IS NOT NULL
ON CONFLICT DO NOTHING;

ALTER TABLE simpul.joint_given ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.joint_given FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.joint_given FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.joint_given FOR SELECT TO simpul_app USING ((SELECT simpul.is_job()));
CREATE POLICY kept ON simpul.joint_given FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()));
GRANT SELECT, INSERT ON simpul.joint_given TO simpul_app;

CREATE FUNCTION simpul.joint_given_to(records uuid[])
RETURNS TABLE (record_id uuid, version bytea, what text, party text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT DISTINCT g.record_id, g.version, g.what, g.party FROM simpul.joint_given g
  WHERE g.record_id = ANY (records) AND simpul.actor_kind() IN ('officer', 'job')
$$;
REVOKE ALL ON FUNCTION simpul.joint_given_to(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.joint_given_to(uuid[]) TO simpul_app;

-- The node itself writes the version that says so; it puts nothing in.
CREATE POLICY renewed ON simpul.joint_things FOR INSERT TO simpul_app WITH CHECK (ours AND (SELECT simpul.is_job()));
CREATE POLICY owner_takes_back ON simpul.joint_things FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY owner_takes_back ON simpul.joint_before FOR UPDATE TO CURRENT_USER USING (true);

/*
 * In the transaction in which a recall arrives, and again in the job that follows it; a second time changes nothing.
 * `calls`: [{record, version, kind, handling, grade, evaluation, originator?}]. A version that is called back says
 * nothing any more. Stricter codes hold at once for what is its writer's own; what a third state put in is closed until
 * that state says whether it may still lie here (HC-5, HC-6).
 */
CREATE FUNCTION simpul.close_joint(calls jsonb, moment timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  call jsonb;
  thing simpul.joint_things;
  inside text;
  shut boolean;
BEGIN
  IF NOT (simpul.is_job() OR simpul.actor_kind() = 'peer') THEN
    RAISE EXCEPTION 'only a peer or a job closes what lies in a space';
  END IF;
  FOR call IN SELECT * FROM jsonb_array_elements(calls) LOOP
    IF call ->> 'kind' IN ('withdraw', 'correct', 'destroy') THEN
      UPDATE simpul.joint_before b SET content = NULL WHERE b.thing_id = (call ->> 'record')::uuid
        AND simpul.joint_version(b.content) = decode(call ->> 'version', 'hex');
    END IF;
    FOR thing IN SELECT * FROM simpul.joint_things t WHERE t.id = (call ->> 'record')::uuid AND t.state = 'standing'
        AND simpul.joint_version(t.content) = decode(call ->> 'version', 'hex')
        AND coalesce(call ->> 'originator', t.originator) = t.originator LOOP
      inside := CASE WHEN thing.content ? 'item' THEN 'item' ELSE 'record' END;
      shut := call ->> 'kind' IN ('withdraw', 'correct', 'destroy')
        OR (call ->> 'kind' = 'restrict' AND NOT thing.ours AND thing.originator <> thing.party);
      IF shut THEN
        UPDATE simpul.joint_things t SET state = 'withdrawn', content = NULL, title = '', reason = '',
          because = CASE call ->> 'kind' WHEN 'restrict' THEN 'restricted' ELSE 'called-back' END,
          called_at = CASE WHEN t.ours THEN moment END
          WHERE t.space_id = thing.space_id AND t.id = thing.id;
      ELSIF call ->> 'kind' = 'restrict' AND thing.handling IS DISTINCT FROM call -> 'handling' THEN
        UPDATE simpul.joint_things t SET handling = call -> 'handling',
          content = jsonb_set(t.content, ARRAY[inside, 'handling'], call -> 'handling'),
          called_at = CASE WHEN t.ours THEN moment END
          WHERE t.space_id = thing.space_id AND t.id = thing.id;
      ELSIF call ->> 'kind' = 'restrict' AND (call -> 'endsGrants')::boolean AND thing.ours THEN
        -- The same codes, but permissions are over: the job asks whether it may still lie here.
        UPDATE simpul.joint_things t SET called_at = moment
          WHERE t.space_id = thing.space_id AND t.id = thing.id AND t.originator <> t.party AND t.called_at IS NULL;
      ELSIF call ->> 'kind' = 'regrade' AND thing.evaluation <> call ->> 'grade' THEN
        UPDATE simpul.joint_things t SET evaluation = call ->> 'grade',
          content = jsonb_set(t.content, ARRAY[inside, 'evaluation'], call -> 'evaluation'),
          called_at = CASE WHEN t.ours THEN moment END
          WHERE t.space_id = thing.space_id AND t.id = thing.id;
      END IF;
    END LOOP;
  END LOOP;
END
$$;
REVOKE ALL ON FUNCTION simpul.close_joint(jsonb, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.close_joint(jsonb, timestamptz) TO simpul_app;

-- Did this state put the record into a space that we are in? Where its originator's key is not known here, it may call it back.
CREATE FUNCTION simpul.joint_given_by(record uuid, peer text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT bool_or(t.party = peer) FROM simpul.joint_things t WHERE t.id = record AND NOT t.ours $$;
REVOKE ALL ON FUNCTION simpul.joint_given_by(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.joint_given_by(uuid, text) TO simpul_app;

-- Letters that are settled keep no word of what was called back, nor of a space that was wound down (COR-3, JIT-8).
CREATE FUNCTION simpul.forget_joint(spaces uuid[], records uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT simpul.is_job() THEN RAISE EXCEPTION 'only a job forgets'; END IF;
  UPDATE simpul.outbox o SET body = '{}' WHERE o.kind = 'joint.put' AND o.state IN ('receipted', 'refused', 'dead')
    AND ((o.body ->> 'space')::uuid = ANY (spaces)
      OR EXISTS (SELECT 1 FROM jsonb_array_elements(o.body -> 'things') t WHERE (t ->> 'id')::uuid = ANY (records)));
END
$$;
REVOKE ALL ON FUNCTION simpul.forget_joint(uuid[], uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.forget_joint(uuid[], uuid[]) TO simpul_app;
