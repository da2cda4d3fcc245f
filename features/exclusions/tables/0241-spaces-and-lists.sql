-- Exclusion reaches joint spaces and watch lists: what a state puts there does not exist for whom it excludes here.

-- Is the acting officer kept from what a state of this space sends? A space is one room: she is kept from all of it.
CREATE FUNCTION simpul.kept_from_space(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.actor_kind() = 'officer' AND EXISTS (SELECT 1 FROM simpul.exclusions x
    WHERE x.side IN ('here', 'told') AND x.state = 'active' AND simpul.is_one_of(simpul.officer(), x.ours)
      AND EXISTS (SELECT 1 FROM simpul.joint_notes n WHERE n.space_id = which
        AND (x.peer IS NULL OR n.note -> 'parties' ? x.peer)))
$$;
CREATE OR REPLACE FUNCTION simpul.joint_seen() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT s.id FROM simpul.joint_spaces s
  WHERE simpul.is_job()
     OR ((simpul.is_contact_point()
          OR (simpul.works_cases() AND EXISTS (SELECT 1 FROM simpul.joint_members m
                WHERE m.space_id = s.id AND m.officer_id = simpul.officer() AND m.ended_at IS NULL)))
         AND NOT simpul.kept_from_space(s.id))
     OR (simpul.actor_kind() = 'peer' AND EXISTS (SELECT 1 FROM simpul.joint_notes n
           WHERE n.space_id = s.id AND n.note -> 'parties' ? simpul.peer()))
$$;

-- Is anybody left who may see what that state sends: of the contact point (`liaison`), or anywhere (null)?
CREATE FUNCTION simpul.anybody_left_from(state text, of_kind text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT EXISTS (SELECT 1 FROM simpul.officers o JOIN simpul.memberships m ON m.officer_id = o.id AND m.ended_at IS NULL
      JOIN simpul.desks d ON d.id = m.desk_id JOIN simpul.agencies a ON a.id = d.agency_id
    WHERE o.left_at IS NULL AND m.roles && ARRAY['liaison', 'supervisor', 'investigator']
      AND (of_kind IS NULL OR a.kind = of_kind)
      AND NOT EXISTS (SELECT 1 FROM simpul.exclusions x WHERE x.side IN ('here', 'told') AND x.state = 'active'
        AND (x.peer IS NULL OR x.peer = anybody_left_from.state) AND simpul.is_one_of(o.id, x.ours)))
$$;

-- The log tells her nothing of them either.
CREATE FUNCTION simpul.is_kept() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.actor_kind() = 'officer' AND EXISTS (SELECT 1 FROM simpul.exclusions x
    WHERE x.side IN ('here', 'told') AND x.state = 'active' AND simpul.is_one_of(simpul.officer(), x.ours))
$$;
CREATE FUNCTION simpul.kept_about(which uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
  SELECT simpul.kept_from_space(which)
    OR EXISTS (SELECT 1 FROM simpul.joint_things t WHERE t.id = which AND simpul.kept_from_space(t.space_id))
    OR EXISTS (SELECT 1 FROM simpul.watch_lists l
      WHERE l.id = which AND NOT l.ours AND simpul.kept_from_states(ARRAY[l.origin]))
$$;
CREATE POLICY not_kept ON simpul.leaves AS RESTRICTIVE FOR SELECT TO simpul_app
  USING ((SELECT NOT simpul.is_kept()) OR about_id IS NULL OR NOT simpul.kept_about(about_id));

REVOKE ALL ON FUNCTION simpul.kept_from_space(uuid), simpul.anybody_left_from(text, text), simpul.is_kept(),
  simpul.kept_about(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.anybody_left_from(text, text), simpul.is_kept(), simpul.kept_about(uuid) TO simpul_app;
-- The owner of these functions looks at every list.
CREATE POLICY owner_reads ON simpul.watch_lists FOR SELECT TO CURRENT_USER USING (true);
