-- Items of other states that are called back: closed at once, tightened at their originator's word, destroyed by their key.

CREATE POLICY not_called_back ON simpul.evidence_items AS RESTRICTIVE FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR origin = 'here' OR NOT simpul.is_called_back(id, digest));
CREATE OR REPLACE FUNCTION simpul.sees_item(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.evidence_items i
    WHERE i.id = which
      AND (simpul.is_job()
           OR (simpul.actor_kind() = 'officer'
               AND (NOT i.agency_only OR i.agency_id = simpul.agency())
               AND (i.origin = 'here' OR NOT simpul.is_called_back(i.id, i.digest))
               AND CASE WHEN i.case_id IS NOT NULL THEN simpul.sees_case(i.case_id)
                        ELSE i.taken_in_by = simpul.officer()
                             OR (i.desk_id = simpul.desk() AND simpul.has_role('supervisor')) END)))
$$;

CREATE POLICY owner_takes_back ON simpul.evidence_items FOR UPDATE TO CURRENT_USER USING (true);
-- In the transaction in which the word arrives (HC-5, EV-5).
CREATE FUNCTION simpul.tighten_items(calls jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE call jsonb;
BEGIN
  IF NOT (simpul.is_job() OR simpul.actor_kind() = 'peer') THEN
    RAISE EXCEPTION 'only a peer or a job tightens';
  END IF;
  FOR call IN SELECT * FROM jsonb_array_elements(calls) LOOP
    UPDATE simpul.evidence_items i
      SET handling = CASE WHEN call ->> 'kind' = 'restrict' THEN call -> 'handling' ELSE i.handling END,
        evaluation = CASE WHEN call ->> 'kind' = 'regrade' THEN call ->> 'evaluation' ELSE i.evaluation END,
        agency_only = i.agency_only OR EXISTS (SELECT 1 FROM simpul.received_items r
          WHERE r.item_id = i.id AND NOT r.case_wide)
      WHERE i.id = (call ->> 'record')::uuid AND i.digest = decode(call ->> 'version', 'hex') AND i.origin = 'peer'
        AND call ->> 'what' = 'item' AND call ->> 'kind' IN ('restrict', 'regrade');
  END LOOP;
END
$$;
REVOKE ALL ON FUNCTION simpul.tighten_items(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.tighten_items(jsonb) TO simpul_app;

-- Which of these are called back, for saying so instead of "not found" to whoever would otherwise see them.
CREATE FUNCTION simpul.called_back_items(items uuid[]) RETURNS TABLE (item_id uuid, recall_id uuid, originator text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT i.id, c.recall_id, c.originator, c.at
  FROM simpul.evidence_items i JOIN simpul.recall_closings c ON c.record_id = i.id AND c.version = i.digest
  WHERE i.id = ANY (items) AND i.origin = 'peer' AND c.kind IN ('withdraw', 'correct', 'destroy')
    AND (simpul.is_job() OR (simpul.actor_kind() = 'officer' AND i.case_id IS NOT NULL AND simpul.sees_case(i.case_id)
      AND (NOT i.agency_only OR i.agency_id = simpul.agency())))
  ORDER BY c.at
$$;
REVOKE ALL ON FUNCTION simpul.called_back_items(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.called_back_items(uuid[]) TO simpul_app;

-- Destroying: its keys, what was found in it, what it was called. The chain, the digests and the leaves stay.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['evidence_keys', 'evidence_findings', 'evidence_decisions'] LOOP
    EXECUTE format('CREATE POLICY destroyed ON simpul.%I FOR DELETE TO simpul_app USING ((SELECT simpul.is_job()))', t);
    EXECUTE format('GRANT DELETE ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
CREATE POLICY job_reads ON simpul.evidence_decisions FOR SELECT TO simpul_app USING ((SELECT simpul.is_job()));
GRANT UPDATE (file_name, disclosures) ON simpul.evidence_items TO simpul_app;
