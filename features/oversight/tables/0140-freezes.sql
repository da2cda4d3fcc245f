-- AUD-2: oversight orders that a case, an item, a request or an officer rests; two persons lift it. The guard stands
-- at the rows themselves, so that no door can forget it.
CREATE TABLE simpul.freezes (
  id uuid PRIMARY KEY,
  what text NOT NULL CHECK (what IN ('case', 'item', 'request', 'officer')),
  record_id uuid NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 3 AND 2000),
  ordered_by uuid NOT NULL,
  ordered_at timestamptz NOT NULL,
  -- Whoever asks that it ends is not who agrees.
  lift_reason text CHECK (length(lift_reason) BETWEEN 3 AND 2000),
  lift_asked_by uuid,
  lift_asked_at timestamptz,
  lifted_by uuid,
  lifted_at timestamptz,
  CHECK (lifted_by IS NULL OR (lift_asked_by IS NOT NULL AND lifted_by <> lift_asked_by))
);
CREATE UNIQUE INDEX freezes_once ON simpul.freezes (what, record_id) WHERE lifted_at IS NULL;
CREATE INDEX freezes_newest ON simpul.freezes (ordered_at DESC, id);

CREATE FUNCTION simpul.oversees() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT simpul.actor_kind() = 'officer' AND simpul.has_role('oversight') $$;
-- Who may agree to what oversight asks for: oversight, and the supervisors of the contact point.
CREATE FUNCTION simpul.agrees_with_oversight() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT simpul.oversees() OR (simpul.is_contact_point() AND simpul.has_role('supervisor')) $$;
GRANT EXECUTE ON FUNCTION simpul.oversees(), simpul.agrees_with_oversight() TO simpul_app;

ALTER TABLE simpul.freezes ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.freezes FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.freezes FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON simpul.freezes FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job()) OR (SELECT simpul.agrees_with_oversight()));
CREATE POLICY ordered ON simpul.freezes FOR INSERT TO simpul_app
  WITH CHECK ((SELECT simpul.oversees()) AND ordered_by = (SELECT simpul.officer()));
CREATE POLICY lifted ON simpul.freezes FOR UPDATE TO simpul_app USING ((SELECT simpul.agrees_with_oversight()));
GRANT SELECT, INSERT ON simpul.freezes TO simpul_app;
GRANT UPDATE (lift_reason, lift_asked_by, lift_asked_at, lifted_by, lifted_at) ON simpul.freezes TO simpul_app;

-- That something rests, since when and by whom, for whoever sees the record itself; the reason stays with oversight.
CREATE FUNCTION simpul.frozen(of_what text, which uuid) RETURNS TABLE (ordered_by uuid, ordered_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT f.ordered_by, f.ordered_at FROM simpul.freezes f
  WHERE f.what = of_what AND f.record_id = which AND f.lifted_at IS NULL
    AND (simpul.is_job() OR CASE of_what
      WHEN 'case' THEN simpul.sees_case(which)
      WHEN 'item' THEN simpul.sees_item(which)
      WHEN 'request' THEN simpul.sees_request(which)
      ELSE simpul.officer() = which OR simpul.agrees_with_oversight() END)
$$;
-- Whether an officer rests, for the door before anybody is known.
CREATE FUNCTION simpul.officer_rests(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT EXISTS (SELECT 1 FROM simpul.freezes f
  WHERE f.what = 'officer' AND f.record_id = which AND f.lifted_at IS NULL) $$;
GRANT EXECUTE ON FUNCTION simpul.frozen(text, uuid), simpul.officer_rests(uuid) TO simpul_app;

-- The guard. Its arguments: what the row belongs to, and the column that names it. Nobody deletes; officers change
-- nothing. What other states send still arrives, and jobs still write down what was read of an item before.
CREATE FUNCTION simpul.refuse_frozen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  named jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
  which uuid;
  -- A row that is just made is not found by its id yet.
  of_case uuid := (named ->> 'case_id')::uuid;
  rests boolean;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM simpul.freezes f WHERE f.lifted_at IS NULL AND f.what <> 'officer')
     OR (TG_OP <> 'DELETE' AND simpul.actor_kind() <> 'officer') THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  -- A look is an event of an item's custody and lengthens its chain.
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'evidence_items'
     AND to_jsonb(OLD) - 'chain' - 'chain_head' = named - 'chain' - 'chain_head' THEN
    RETURN NEW;
  END IF;
  which := (named ->> TG_ARGV[1])::uuid;
  IF TG_ARGV[0] = 'thread' THEN
    SELECT t.request_id INTO which FROM simpul.request_threads t WHERE t.id = which;
  END IF;
  rests := CASE TG_ARGV[0]
    WHEN 'case' THEN EXISTS (SELECT 1 FROM simpul.freezes f
      WHERE f.what = 'case' AND f.record_id = which AND f.lifted_at IS NULL)
    WHEN 'item' THEN EXISTS (SELECT 1 FROM simpul.freezes f LEFT JOIN simpul.evidence_items i ON i.id = which
      WHERE f.lifted_at IS NULL
        AND ((f.what = 'item' AND f.record_id = which) OR (f.what = 'case' AND f.record_id = coalesce(i.case_id, of_case))))
    WHEN 'bundle' THEN EXISTS (SELECT 1 FROM simpul.freezes f
      WHERE f.lifted_at IS NULL AND ((f.what = 'case' AND f.record_id = which)
        OR (f.what = 'item' AND named -> 'items' @> jsonb_build_array(jsonb_build_object('id', f.record_id)))))
    ELSE EXISTS (SELECT 1 FROM simpul.freezes f LEFT JOIN simpul.requests r ON r.id = which
      WHERE f.lifted_at IS NULL
        AND ((f.what = 'request' AND f.record_id = which) OR (f.what = 'case' AND f.record_id = coalesce(r.case_id, of_case)))) END;
  -- An item that moves out of a case that rests is a change of that case.
  IF NOT rests AND TG_OP = 'UPDATE' AND to_jsonb(OLD) ? 'case_id' THEN
    rests := EXISTS (SELECT 1 FROM simpul.freezes f WHERE f.what = 'case' AND f.lifted_at IS NULL
      AND f.record_id = (to_jsonb(OLD) ->> 'case_id')::uuid);
  END IF;
  IF rests THEN RAISE EXCEPTION 'frozen' USING ERRCODE = 'SF001'; END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;

DO $$
DECLARE one record;
BEGIN
  FOR one IN SELECT * FROM (VALUES
    ('cases', 'case', 'id'), ('case_team', 'case', 'case_id'), ('case_subjects', 'case', 'case_id'),
    ('selector_occurrences', 'case', 'case_id'), ('case_places', 'case', 'case_id'), ('case_events', 'case', 'case_id'),
    ('case_links', 'case', 'case_id'), ('case_tasks', 'case', 'case_id'), ('case_notes', 'case', 'case_id'),
    ('case_decisions', 'case', 'case_id'), ('case_edits', 'case', 'case_id'), ('checks', 'case', 'case_id'),
    ('evidence_items', 'item', 'id'), ('evidence_findings', 'item', 'item_id'),
    ('evidence_decisions', 'item', 'item_id'), ('evidence_keys', 'item', 'item_id'),
    ('evidence_exports', 'bundle', 'case_id'),
    ('requests', 'request', 'id'), ('permissions', 'request', 'request_id'),
    ('request_answers', 'thread', 'thread_id'), ('releases', 'thread', 'thread_id')
  ) AS t (tab, what, col) LOOP
    EXECUTE format('CREATE TRIGGER rests BEFORE INSERT OR UPDATE OR DELETE ON simpul.%I FOR EACH ROW
      EXECUTE FUNCTION simpul.refuse_frozen(%L, %L)', one.tab, one.what, one.col);
  END LOOP;
END
$$;
