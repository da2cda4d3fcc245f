-- Recipients suspected of leaking: whom this state excludes at another, or among its own, and from which requests.

CREATE TABLE simpul.exclusions (
  id uuid PRIMARY KEY,
  -- `there`: ours, honoured by another state's node. `here`: our own people, by our own word. `told`: our people, by another state's word.
  side text NOT NULL CHECK (side IN ('there', 'here', 'told')),
  -- The state whose node keeps it; here: whose letters they do not see, null for everybody's.
  peer text CHECK (peer ~ '^[a-z]{2}$'),
  kind text NOT NULL CHECK (kind IN ('agency', 'desk', 'officer')),
  -- As it is said on the wire: an id, or a service number.
  who text NOT NULL CHECK (length(who) BETWEEN 1 AND 40),
  -- Ours: whom that is, once it is in force.
  ours uuid,
  -- Theirs: what that node calls the desk or the authority.
  label text NOT NULL DEFAULT '' CHECK (length(label) <= 300),
  -- Stays in the state that decided.
  reason text CHECK (length(reason) BETWEEN 3 AND 2000),
  state text NOT NULL CHECK (state IN ('proposed', 'active', 'lifted', 'dropped')),
  review_on date,
  ordered_by uuid,
  ordered_at timestamptz NOT NULL,
  agreed_by uuid CHECK (agreed_by <> ordered_by),
  agreed_at timestamptz,
  reviewed_by uuid,
  reviewed_at timestamptz,
  review text CHECK (length(review) <= 2000),
  -- Whoever asks that it ends is not who agrees.
  lift_reason text CHECK (length(lift_reason) BETWEEN 3 AND 2000),
  lift_asked_by uuid,
  lift_asked_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  CHECK (side = 'here' OR peer IS NOT NULL),
  CHECK ((side = 'told') = (reason IS NULL)),
  CHECK ((side = 'told') = (ordered_by IS NULL)),
  CHECK (side <> 'there' OR ours IS NULL),
  CHECK (side = 'there' OR state <> 'active' OR ours IS NOT NULL),
  CHECK ((state IN ('lifted', 'dropped')) = (ended_at IS NOT NULL)),
  CHECK (state <> 'lifted' OR side = 'told' OR ended_by <> lift_asked_by)
);
CREATE UNIQUE INDEX exclusions_once ON simpul.exclusions (side, coalesce(peer, ''), kind, who)
  WHERE side <> 'told' AND state IN ('proposed', 'active');
CREATE INDEX exclusions_of_peer ON simpul.exclusions (peer, side) WHERE state = 'active';

-- What each of our people is kept from. A request is the measure: with it go its answers, records, items and its story.
CREATE TABLE simpul.request_exclusions (
  request_id uuid NOT NULL,
  exclusion_id uuid NOT NULL REFERENCES simpul.exclusions,
  ours uuid NOT NULL,
  from_node text NOT NULL CHECK (from_node ~ '^[a-z]{2}$'),
  at timestamptz NOT NULL,
  lifted_at timestamptz,
  PRIMARY KEY (request_id, exclusion_id)
);
CREATE INDEX request_exclusions_live ON simpul.request_exclusions (ours, request_id) WHERE lifted_at IS NULL;
CREATE INDEX request_exclusions_of ON simpul.request_exclusions (exclusion_id);

-- What went out without somebody there to see it: one line for each receipt that the other node signed for it.
CREATE TABLE simpul.exclusions_stated (
  envelope_id uuid NOT NULL,
  exclusion_id uuid NOT NULL REFERENCES simpul.exclusions,
  request_id uuid,
  accepted boolean NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (exclusion_id, envelope_id)
);
CREATE INDEX exclusions_stated_of_request ON simpul.exclusions_stated (request_id);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['exclusions', 'request_exclusions', 'exclusions_stated'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
  END LOOP;
END
$$;

-- Whom a word from elsewhere means is looked up by the functions below, whoever acts.
CREATE POLICY owner_looks ON simpul.officers FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks ON simpul.memberships FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_looks ON simpul.desks FOR SELECT TO CURRENT_USER USING (true);

-- Is she this officer, or of this desk or authority, whichever desk she acts for?
CREATE FUNCTION simpul.is_one_of(officer uuid, whom uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT whom = officer OR EXISTS (SELECT 1 FROM simpul.memberships m JOIN simpul.desks d ON d.id = m.desk_id
    WHERE m.officer_id = officer AND m.ended_at IS NULL AND whom IN (d.id, d.agency_id))
$$;
-- Is the acting officer kept from anything at all? Asked once a query, before any row is.
CREATE FUNCTION simpul.is_excluded() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.actor_kind() = 'officer' AND EXISTS (SELECT 1 FROM simpul.request_exclusions x
    WHERE x.lifted_at IS NULL AND simpul.is_one_of(simpul.officer(), x.ours))
$$;
CREATE FUNCTION simpul.excluded_from(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.actor_kind() = 'officer' AND EXISTS (SELECT 1 FROM simpul.request_exclusions x
    WHERE x.request_id = which AND x.lifted_at IS NULL AND simpul.is_one_of(simpul.officer(), x.ours))
$$;
CREATE FUNCTION simpul.excluded_from_item(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT 1 FROM simpul.received_items r WHERE r.item_id = which AND simpul.excluded_from(r.request_id))
$$;
-- Which officers a request is kept from, for whoever sees it.
CREATE FUNCTION simpul.excluded_officers(which uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT DISTINCT o.id FROM simpul.request_exclusions x, simpul.officers o
  WHERE x.request_id = which AND x.lifted_at IS NULL AND simpul.is_one_of(o.id, x.ours)
    AND (simpul.is_job() OR simpul.sees_request(which))
$$;
-- Whom another state means; null where nobody here is that.
CREATE FUNCTION simpul.meant(of_kind text, who text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE of_kind
    WHEN 'agency' THEN (SELECT a.id FROM simpul.agencies a WHERE a.id::text = who)
    WHEN 'desk' THEN (SELECT d.id FROM simpul.desks d WHERE d.id::text = who)
    ELSE (SELECT o.id FROM simpul.officers o WHERE o.number = who) END
$$;
-- Is anybody of the contact point left who may see it?
CREATE FUNCTION simpul.anybody_left(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT 1 FROM simpul.officers o JOIN simpul.memberships m ON m.officer_id = o.id AND m.ended_at IS NULL
      JOIN simpul.desks d ON d.id = m.desk_id JOIN simpul.agencies a ON a.id = d.agency_id
    WHERE o.left_at IS NULL AND a.kind = 'liaison' AND m.roles && ARRAY['liaison', 'supervisor']
      AND NOT EXISTS (SELECT 1 FROM simpul.request_exclusions x
        WHERE x.request_id = which AND x.lifted_at IS NULL AND simpul.is_one_of(o.id, x.ours)))
$$;
-- The contact point, and oversight; never who is meant.
CREATE FUNCTION simpul.keeps_exclusions() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT simpul.oversees() OR simpul.is_contact_point() $$;
REVOKE ALL ON FUNCTION simpul.is_one_of(uuid, uuid), simpul.excluded_officers(uuid), simpul.meant(text, text),
  simpul.anybody_left(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.is_one_of(uuid, uuid), simpul.is_excluded(), simpul.excluded_from(uuid),
  simpul.excluded_from_item(uuid), simpul.excluded_officers(uuid), simpul.meant(text, text), simpul.anybody_left(uuid),
  simpul.keeps_exclusions() TO simpul_app;

CREATE POLICY seen ON simpul.exclusions FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR (side = 'told' AND (SELECT simpul.actor_kind() = 'peer') AND peer = (SELECT simpul.peer()))
  OR (side = 'here' AND state = 'active' AND (SELECT simpul.actor_kind() = 'peer'))
  OR ((SELECT simpul.keeps_exclusions()) AND CASE WHEN side = 'there' THEN true
      ELSE coalesce(NOT simpul.is_one_of(simpul.officer(), coalesce(ours, simpul.meant(kind, who))), true) END)
);
CREATE POLICY made ON simpul.exclusions FOR INSERT TO simpul_app WITH CHECK (
  CASE WHEN side = 'told' THEN (SELECT simpul.actor_kind() = 'peer') AND peer = (SELECT simpul.peer())
    ELSE state = 'proposed' AND (SELECT simpul.keeps_exclusions()) AND ordered_by = (SELECT simpul.officer()) END
);
CREATE POLICY changed ON simpul.exclusions FOR UPDATE TO simpul_app USING (
  (SELECT simpul.keeps_exclusions())
  OR (side = 'told' AND (SELECT simpul.actor_kind() = 'peer') AND peer = (SELECT simpul.peer()))
);
GRANT SELECT, INSERT ON simpul.exclusions TO simpul_app;
GRANT UPDATE (state, ours, review_on, agreed_by, agreed_at, reviewed_by, reviewed_at, review, lift_reason, lift_asked_by,
  lift_asked_at, ended_by, ended_at) ON simpul.exclusions TO simpul_app;

CREATE POLICY seen ON simpul.request_exclusions FOR SELECT TO simpul_app USING (
  (SELECT simpul.is_job())
  OR ((SELECT simpul.actor_kind() = 'peer') AND from_node = (SELECT simpul.peer()))
  OR ((SELECT simpul.keeps_exclusions()) AND NOT simpul.is_one_of(simpul.officer(), ours))
);
CREATE POLICY made ON simpul.request_exclusions FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.actor_kind() = 'peer') AND from_node = (SELECT simpul.peer())
);
CREATE POLICY changed ON simpul.request_exclusions FOR UPDATE TO simpul_app USING (
  (SELECT simpul.keeps_exclusions()) OR ((SELECT simpul.actor_kind() = 'peer') AND from_node = (SELECT simpul.peer()))
);
GRANT SELECT, INSERT ON simpul.request_exclusions TO simpul_app;
GRANT UPDATE (lifted_at) ON simpul.request_exclusions TO simpul_app;

CREATE POLICY seen ON simpul.exclusions_stated FOR SELECT TO simpul_app
  USING ((SELECT simpul.is_job()) OR (SELECT simpul.keeps_exclusions()));
CREATE POLICY made ON simpul.exclusions_stated FOR INSERT TO simpul_app WITH CHECK ((SELECT simpul.is_job()));
GRANT SELECT, INSERT ON simpul.exclusions_stated TO simpul_app;

-- What she is kept from does not exist for her: not in lists, counts, the log, statistics, or as an item at a case.
CREATE OR REPLACE FUNCTION simpul.sees_request(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.requests r
    WHERE r.id = which
      AND (simpul.is_job()
           OR (simpul.actor_kind() = 'peer'
               AND EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.request_id = r.id AND t.peer = simpul.peer()
                 AND t.correspondent IS NULL))
           OR (simpul.actor_kind() = 'officer'
               AND NOT simpul.excluded_from(r.id)
               AND (simpul.is_contact_point()
                    OR (r.case_id IS NOT NULL AND simpul.sees_case(r.case_id))
                    OR (r.desk_id = simpul.desk() AND simpul.works_cases())
                    OR (r.formal IS NOT NULL AND simpul.reviews_assistance(r.id))))))
$$;
CREATE OR REPLACE FUNCTION simpul.sees_item(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (
    SELECT 1 FROM simpul.evidence_items i
    WHERE i.id = which
      AND (simpul.is_job()
           OR (simpul.actor_kind() = 'officer'
               AND (NOT i.agency_only OR i.agency_id = simpul.agency())
               AND (i.origin = 'here' OR (NOT simpul.is_called_back(i.id, i.digest) AND NOT simpul.excluded_from_item(i.id)))
               AND CASE WHEN i.case_id IS NOT NULL THEN simpul.sees_case(i.case_id)
                        ELSE i.taken_in_by = simpul.officer()
                             OR (i.desk_id = simpul.desk() AND simpul.has_role('supervisor')) END)))
$$;
CREATE OR REPLACE FUNCTION simpul.sees_recall(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.is_job()
    OR (simpul.actor_kind() = 'peer' AND (
      EXISTS (SELECT 1 FROM simpul.recall_tellers t WHERE t.recall_id = which AND t.peer = simpul.peer())
      OR EXISTS (SELECT 1 FROM simpul.recall_holders h WHERE h.recall_id = which AND h.holder = simpul.peer())
      OR EXISTS (SELECT 1 FROM simpul.recalls r WHERE r.id = which AND NOT r.ours AND r.originator = simpul.peer())))
    OR (simpul.actor_kind() = 'officer'
      AND NOT EXISTS (SELECT 1 FROM simpul.recall_places p WHERE p.recall_id = which AND simpul.excluded_from(p.request_id))
      AND (simpul.is_contact_point()
        OR EXISTS (SELECT 1 FROM simpul.recalls r WHERE r.id = which AND r.desk_id = simpul.desk() AND simpul.works_cases())
        OR EXISTS (SELECT 1 FROM simpul.recall_places p WHERE p.recall_id = which AND simpul.sees_request(p.request_id))))
$$;
CREATE POLICY not_excluded ON simpul.requests AS RESTRICTIVE FOR SELECT TO simpul_app
  USING ((SELECT NOT simpul.is_excluded()) OR NOT simpul.excluded_from(id));
CREATE POLICY not_excluded ON simpul.overrides AS RESTRICTIVE FOR SELECT TO simpul_app
  USING ((SELECT NOT simpul.is_excluded()) OR NOT simpul.excluded_from(request_id));
CREATE POLICY not_excluded ON simpul.evidence_items AS RESTRICTIVE FOR SELECT TO simpul_app
  USING ((SELECT NOT simpul.is_excluded()) OR origin = 'here' OR NOT simpul.excluded_from_item(id));
CREATE POLICY not_excluded ON simpul.leaves AS RESTRICTIVE FOR SELECT TO simpul_app USING (
  (SELECT NOT simpul.is_excluded()) OR about_id IS NULL
  OR NOT (simpul.excluded_from(about_id) OR simpul.excluded_from_item(about_id)));
CREATE OR REPLACE FUNCTION simpul.request_statistics(since timestamptz, until timestamptz, at timestamptz)
RETURNS TABLE (peer text, direction text, asked integer, urgent integer, "full" integer, partial integer,
  none_held integer, refused integer, transferred integer, withdrawn integer, under_way integer, overdue integer,
  late integer, open_seconds double precision, end_seconds double precision, grounds jsonb, usefulness jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  WITH counted AS (
    SELECT t.peer, t.direction, t.state, t.outcome, t.code, t.due_at,
      coalesce((r.draft ->> 'urgent')::boolean, false) AS urgent,
      coalesce((t.clock ->> 'over')::boolean AND t.clock ->> 'state' = 'ended', false) AS late,
      (SELECT extract(epoch FROM min(s.at) - t.created_at) FROM simpul.request_steps s
        WHERE s.thread_id = t.id AND s.kind = 'opened') AS opened,
      (SELECT extract(epoch FROM min(s.at) - t.created_at) FROM simpul.request_steps s
        WHERE s.thread_id = t.id AND s.kind IN ('answered', 'refused', 'transferred')) AS ended,
      EXISTS (SELECT 1 FROM simpul.request_steps s WHERE s.thread_id = t.id AND s.kind = 'transferred') AS handed,
      (SELECT s.code FROM simpul.request_steps s WHERE s.thread_id = t.id AND s.kind = 'refused'
        ORDER BY s.at LIMIT 1) AS ground,
      (SELECT s.code FROM simpul.request_steps s WHERE s.thread_id = t.id AND s.kind = 'closed'
        ORDER BY s.at LIMIT 1) AS useful
    FROM simpul.request_threads t JOIN simpul.requests r ON r.id = t.request_id
    WHERE t.created_at >= since AND t.created_at < until
      AND (simpul.is_contact_point() OR (simpul.actor_kind() = 'officer' AND simpul.has_role('oversight')))
      AND NOT simpul.excluded_from(r.id))
  SELECT c.peer, c.direction, count(*)::integer, count(*) FILTER (WHERE c.urgent)::integer,
    count(*) FILTER (WHERE c.outcome = 'full')::integer, count(*) FILTER (WHERE c.outcome = 'partial')::integer,
    count(*) FILTER (WHERE c.outcome = 'none-held')::integer, count(*) FILTER (WHERE c.ground IS NOT NULL)::integer,
    count(*) FILTER (WHERE c.handed)::integer, count(*) FILTER (WHERE c.state = 'withdrawn')::integer,
    count(*) FILTER (WHERE c.state IN ('queued', 'posted', 'delivered', 'opened', 'in-work', 'clarification', 'judicial'))::integer,
    count(*) FILTER (WHERE c.due_at < at)::integer, count(*) FILTER (WHERE c.late)::integer,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY c.opened), percentile_cont(0.5) WITHIN GROUP (ORDER BY c.ended),
    coalesce((SELECT jsonb_object_agg(g.ground, g.n) FROM (SELECT x.ground, count(*) AS n FROM counted x
      WHERE x.peer = c.peer AND x.direction = c.direction AND x.ground IS NOT NULL GROUP BY x.ground) g), '{}'),
    coalesce((SELECT jsonb_object_agg(g.useful, g.n) FROM (SELECT x.useful, count(*) AS n FROM counted x
      WHERE x.peer = c.peer AND x.direction = c.direction AND x.useful IS NOT NULL GROUP BY x.useful) g), '{}')
  FROM counted c GROUP BY c.peer, c.direction ORDER BY c.peer, c.direction
$$;

-- The sender of envelopes reads whom this node excludes elsewhere, and nothing of why.
CREATE POLICY stated ON simpul.exclusions FOR SELECT TO simpul_chores USING (side = 'there' AND state = 'active');
GRANT SELECT (id, side, peer, kind, who, state) ON simpul.exclusions TO simpul_chores;
