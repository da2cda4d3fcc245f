-- A table for the store's own tests: pages that everybody who acts may read and write.
CREATE TABLE simpul.notebook (
  id uuid PRIMARY KEY,
  text text NOT NULL,
  count integer NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.notebook TO simpul_app;
