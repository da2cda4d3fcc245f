-- Whether an item that travelled held where it came, as its receiver signed it; kept by receiver and giver (MLA-10).
CREATE TABLE simpul.item_reports (
  thread_id uuid NOT NULL REFERENCES simpul.request_threads,
  item_id uuid NOT NULL,
  -- The state that checked.
  checked_by text NOT NULL CHECK (checked_by ~ '^[a-z]{2}$'),
  -- Null: all of it holds.
  failed text CHECK (length(failed) BETWEEN 1 AND 40),
  checked_at timestamptz NOT NULL,
  -- DSSE as JSON, by the node of `checked_by`.
  signed text NOT NULL CHECK (octet_length(signed) <= 16384),
  kept_at timestamptz NOT NULL,
  PRIMARY KEY (thread_id, item_id, checked_by)
);
ALTER TABLE simpul.item_reports ENABLE ROW LEVEL SECURITY;
ALTER TABLE simpul.item_reports FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON simpul.item_reports FOR SELECT TO simpul_app
  USING (EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.id = thread_id));
CREATE POLICY made ON simpul.item_reports FOR INSERT TO simpul_app
  WITH CHECK (EXISTS (SELECT 1 FROM simpul.request_threads t WHERE t.id = thread_id)
    AND ((SELECT simpul.is_job()) OR checked_by = (SELECT simpul.peer())));
GRANT SELECT, INSERT ON simpul.item_reports TO simpul_app;
