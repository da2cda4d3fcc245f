-- Until when each record is kept and why; who was asked, what was decided, what may not be deleted now, what is gone (RET-1).

CREATE TABLE simpul.retentions (
  kind text NOT NULL CHECK (kind IN ('case', 'subject', 'selector', 'item', 'request')),
  record_id uuid NOT NULL,
  case_id uuid,
  -- The day on which somebody looks whether it is still needed.
  review_on date NOT NULL,
  basis text NOT NULL CHECK (length(basis) <= 60),
  state text NOT NULL CHECK (state IN ('kept', 'asked', 'going', 'gone')),
  asked_at timestamptz,
  -- Silence until then deletes.
  delete_after timestamptz,
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 2000),
  decided_by uuid,
  decided_at timestamptz,
  gone_at timestamptz,
  -- Signed, without a word of what it was (COR-3).
  tombstone text CHECK (octet_length(tombstone) <= 65536),
  PRIMARY KEY (kind, record_id)
);
CREATE INDEX retentions_due ON simpul.retentions (delete_after) WHERE state IN ('asked', 'going');

-- What is needed in court is not deleted, whatever its date.
CREATE TABLE simpul.retention_holds (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('case', 'subject', 'selector', 'item', 'request')),
  record_id uuid NOT NULL,
  case_id uuid,
  reason text NOT NULL CHECK (length(reason) BETWEEN 3 AND 2000),
  placed_by uuid NOT NULL,
  placed_at timestamptz NOT NULL,
  ended_by uuid,
  ended_at timestamptz
);
CREATE UNIQUE INDEX retention_holds_once ON simpul.retention_holds (kind, record_id) WHERE ended_at IS NULL;

CREATE FUNCTION simpul.sees_kept(of_kind text, which uuid, of_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.is_job() OR (simpul.actor_kind() = 'officer' AND CASE of_kind
    WHEN 'item' THEN simpul.sees_item(which) WHEN 'request' THEN simpul.sees_request(which)
    ELSE simpul.sees_case(of_case) END)
$$;
GRANT EXECUTE ON FUNCTION simpul.sees_kept(text, uuid, uuid) TO simpul_app;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['retentions', 'retention_holds'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING (simpul.sees_kept(kind, record_id, case_id))', t);
    EXECUTE format('CREATE POLICY made ON simpul.%I FOR INSERT TO simpul_app WITH CHECK (simpul.sees_kept(kind, record_id, case_id))', t);
    EXECUTE format('CREATE POLICY changed ON simpul.%I FOR UPDATE TO simpul_app USING (simpul.sees_kept(kind, record_id, case_id))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
GRANT UPDATE (review_on, basis, state, asked_at, delete_after, reason, decided_by, decided_at, gone_at, tombstone)
  ON simpul.retentions TO simpul_app;
GRANT UPDATE (ended_by, ended_at) ON simpul.retention_holds TO simpul_app;

CREATE INDEX subjects_by_id ON simpul.case_subjects (id);
CREATE INDEX occurrences_by_id ON simpul.selector_occurrences (id);

-- What is gone is seen by nobody but jobs; its row stays where others point to it.
ALTER TABLE simpul.cases ADD COLUMN forgotten_at timestamptz;
CREATE POLICY not_forgotten ON simpul.cases AS RESTRICTIVE FOR SELECT TO simpul_app
  USING (forgotten_at IS NULL OR (SELECT simpul.is_job()));
ALTER TABLE simpul.requests ADD COLUMN forgotten_at timestamptz;
CREATE POLICY not_forgotten ON simpul.requests AS RESTRICTIVE FOR SELECT TO simpul_app
  USING (forgotten_at IS NULL OR (SELECT simpul.is_job()));

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['cases', 'case_subjects', 'selector_occurrences', 'selector_values', 'case_places', 'case_events',
    'case_links', 'case_tasks', 'case_notes', 'case_decisions', 'case_edits', 'requests', 'request_answers', 'request_steps',
    'request_beside', 'request_translations', 'received_records', 'releases', 'assistances', 'assistance_steps', 'leaves'] LOOP
    EXECUTE format('CREATE POLICY owner_forgets ON simpul.%I FOR ALL TO CURRENT_USER USING (true) WITH CHECK (true)', t);
  END LOOP;
END
$$;

/* Nothing stays of it but its place: rows of its own are deleted, rows that others point to are emptied and hidden, and its
   leaves keep their hash alone: that something was done, and no longer what (decision 6). Items go by their own room. */
CREATE FUNCTION simpul.forget_record(of_kind text, which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  t text;
  value uuid;
  held uuid[];
BEGIN
  IF NOT simpul.is_job() THEN RAISE EXCEPTION 'only a job forgets'; END IF;
  IF of_kind = 'subject' THEN
    UPDATE simpul.selector_occurrences SET subject_id = NULL WHERE subject_id = which;
    UPDATE simpul.case_events SET subjects = (SELECT coalesce(jsonb_agg(e), '[]')
      FROM jsonb_array_elements_text(subjects) e WHERE e <> which::text) WHERE subjects ? which::text;
    DELETE FROM simpul.case_links WHERE from_id = which OR to_id = which;
    DELETE FROM simpul.case_subjects WHERE id = which;
  ELSIF of_kind = 'selector' THEN
    DELETE FROM simpul.case_links WHERE from_id = which OR to_id = which;
    DELETE FROM simpul.selector_occurrences WHERE id = which RETURNING value_id INTO value;
    DELETE FROM simpul.selector_values v WHERE v.id = value
      AND NOT EXISTS (SELECT 1 FROM simpul.selector_occurrences o WHERE o.value_id = value);
  ELSIF of_kind = 'case' THEN
    held := ARRAY(SELECT o.value_id FROM simpul.selector_occurrences o WHERE o.case_id = which);
    FOREACH t IN ARRAY ARRAY['case_links', 'case_subjects', 'selector_occurrences', 'case_places', 'case_events', 'case_tasks',
      'case_notes', 'case_decisions', 'case_edits', 'case_words'] LOOP
      EXECUTE format('DELETE FROM simpul.%I WHERE case_id = $1', t) USING which;
    END LOOP;
    DELETE FROM simpul.selector_values v WHERE v.id = ANY (held)
      AND NOT EXISTS (SELECT 1 FROM simpul.selector_occurrences o WHERE o.value_id = v.id);
    UPDATE simpul.cases SET title = '-', summary = '', versions = '{}', forgotten_at = now() WHERE id = which;
    UPDATE simpul.leaves SET record = NULL, salt = NULL WHERE case_id = which;
  ELSIF of_kind = 'request' THEN
    DELETE FROM simpul.request_translations WHERE request_id = which;
    DELETE FROM simpul.request_beside WHERE request_id = which;
    UPDATE simpul.request_steps s SET text = NULL FROM simpul.request_threads th
      WHERE th.id = s.thread_id AND th.request_id = which;
    UPDATE simpul.request_answers a SET content = '{}', shared = '{"records": [], "items": []}'
      FROM simpul.request_threads th WHERE th.id = a.thread_id AND th.request_id = which;
    UPDATE simpul.received_records SET fields = '{}', link = '' WHERE request_id = which;
    UPDATE simpul.releases r SET reason = NULL FROM simpul.request_threads th
      WHERE th.id = r.thread_id AND th.request_id = which;
    UPDATE simpul.assistances SET form = '{}', returned = NULL WHERE id = which;
    UPDATE simpul.assistance_steps SET text = '' WHERE assistance_id = which;
    UPDATE simpul.requests SET subject = '', draft = '{}', shared = '{"records": [], "items": []}', returned = NULL,
      case_title = NULL, forgotten_at = now() WHERE id = which;
  ELSE
    RAISE EXCEPTION 'no such kind';
  END IF;
  DELETE FROM simpul.case_edits WHERE record_id = which;
  DELETE FROM simpul.case_words WHERE record_id = which;
  UPDATE simpul.leaves SET record = NULL, salt = NULL WHERE about_id = which;
END
$$;
REVOKE ALL ON FUNCTION simpul.forget_record(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.forget_record(text, uuid) TO simpul_app;

-- The leaves of an item, whose bytes are gone with their key.
CREATE FUNCTION simpul.forget_leaves(which uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  IF NOT simpul.is_job() THEN RAISE EXCEPTION 'only a job forgets'; END IF;
  UPDATE simpul.leaves SET record = NULL, salt = NULL WHERE about_id = which;
END
$$;
REVOKE ALL ON FUNCTION simpul.forget_leaves(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.forget_leaves(uuid) TO simpul_app;

-- The end of its time calls back what others hold of it; no officer writes that.
CREATE POLICY made_by_job ON simpul.recalls FOR INSERT TO simpul_app WITH CHECK (ours AND (SELECT simpul.is_job()));
