-- Search: one row per record that can be found. It can be thrown away and built again; the records stay the truth.

CREATE TABLE simpul.search (
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z-]{0,39}$'),
  id uuid NOT NULL,
  -- Who may find it: whoever sees its case; without a case its officer, and the supervisors of its desk.
  case_id uuid,
  officer_id uuid,
  desk_id uuid,
  title text NOT NULL CHECK (length(title) <= 300),
  changed_at timestamptz NOT NULL,
  -- Words as Node's dictionaries cut them: PostgreSQL does not split Thai, Khmer, Lao, Burmese or Chinese.
  words tsvector NOT NULL,
  -- Title and start of the text, folded: for parts of words and for misspelt ones.
  folded text NOT NULL CHECK (length(folded) <= 1000),
  PRIMARY KEY (kind, id)
);
-- fastupdate would make every search read the list of what is not yet filed.
CREATE INDEX search_words ON simpul.search USING gin (words) WITH (fastupdate = off);
CREATE INDEX search_folded ON simpul.search USING gin (folded gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX search_of_case ON simpul.search (case_id, kind, id) WHERE case_id IS NOT NULL;

-- The rule of the owner for one row. plpgsql, because sees_case comes with the cases, after this.
CREATE FUNCTION simpul.may_find(of_case uuid, of_officer uuid, of_desk uuid) RETURNS boolean
LANGUAGE plpgsql STABLE
AS $$
BEGIN
  IF simpul.is_job() THEN RETURN true; END IF;
  IF simpul.actor_kind() IS DISTINCT FROM 'officer' THEN RETURN false; END IF;
  IF of_case IS NOT NULL THEN RETURN simpul.sees_case(of_case); END IF;
  RETURN coalesce(of_officer = simpul.officer(), false)
      OR coalesce(of_desk = simpul.desk() AND simpul.has_role('supervisor'), false);
END
$$;

ALTER TABLE simpul.search ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.search FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_reads ON simpul.search FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY found ON simpul.search FOR ALL TO simpul_app
  USING (simpul.may_find(case_id, officer_id, desk_id)) WITH CHECK (simpul.may_find(case_id, officer_id, desk_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.search TO simpul_app;

-- Finds rows that the actor may find: at most `most` of them, in no order; the caller ranks and pages.
-- A text operator is not leakproof, so under a row security policy PostgreSQL would look at every row of the table
-- before it used an index. This function runs as the owner, uses the index, and applies the same rule itself, by the
-- view of the cases that the actor sees (simpul.seen_cases, made with the cases).
-- `how` is 'words' (a tsquery), 'part' (a LIKE pattern over folded) or 'like' (word similarity to folded).
CREATE FUNCTION simpul.find(how text, wanted text, kinds text[], in_case uuid, most integer)
RETURNS TABLE (kind text, id uuid, case_id uuid, title text, changed_at timestamptz, rank real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = simpul, public, pg_temp
AS $$
DECLARE
  matches text;
  score text;
  mine text;
BEGIN
  CASE how
    WHEN 'words' THEN
      matches := 's.words @@ $1::tsquery';
      score := 'ts_rank(s.words, $1::tsquery)';
    WHEN 'part' THEN
      matches := 's.folded LIKE $1';
      score := '0::real';
    WHEN 'like' THEN
      matches := '$1 <% s.folded';
      score := 'word_similarity($1, s.folded)';
    ELSE
      RAISE EXCEPTION 'no such way to search: %', how;
  END CASE;
  IF simpul.is_job() THEN
    mine := 'true';
  ELSIF simpul.actor_kind() = 'officer' THEN
    mine := '(EXISTS (SELECT 1 FROM simpul.seen_cases c WHERE c.id = s.case_id)
      OR (s.case_id IS NULL AND (s.officer_id = simpul.officer()
          OR (s.desk_id = simpul.desk() AND simpul.has_role(''supervisor'')))))';
  ELSE
    RETURN;
  END IF;
  RETURN QUERY EXECUTE format(
    'SELECT s.kind, s.id, s.case_id, s.title, s.changed_at, %s FROM simpul.search s
     WHERE %s AND ($2::text[] IS NULL OR s.kind = ANY ($2)) AND ($3::uuid IS NULL OR s.case_id = $3) AND %s LIMIT $4',
    score, matches, mine) USING wanted, kinds, in_case, most;
END
$$;
REVOKE ALL ON FUNCTION simpul.find(text, text, text[], uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION simpul.find(text, text, text[], uuid, integer) TO simpul_app;
