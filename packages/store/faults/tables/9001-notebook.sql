-- Tables for the store's own tests: pages that everybody who acts may read and write, and the least of what the
-- search asks of the cases (here a case is seen by the officer whose id it bears).
CREATE TABLE simpul.notebook (
  id uuid PRIMARY KEY,
  text text NOT NULL,
  count integer NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.notebook TO simpul_app;

CREATE TABLE simpul.test_cases (id uuid PRIMARY KEY, officer_id uuid NOT NULL);
GRANT SELECT, INSERT ON simpul.test_cases TO simpul_app;
CREATE VIEW simpul.seen_cases AS SELECT id FROM simpul.test_cases WHERE officer_id = (SELECT simpul.officer());
GRANT SELECT ON simpul.seen_cases TO simpul_app;
CREATE FUNCTION simpul.sees_case(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
AS $$ SELECT EXISTS (SELECT 1 FROM simpul.test_cases WHERE id = which AND officer_id = simpul.officer()) $$;
