-- How much of a file that another state sent has come so far, for whoever waits for it.
ALTER TABLE simpul.received_items ADD COLUMN fetched bigint NOT NULL DEFAULT 0 CHECK (fetched >= 0);
CREATE POLICY counted ON simpul.received_items FOR UPDATE TO simpul_chores USING (true);
CREATE POLICY counts ON simpul.received_items FOR SELECT TO simpul_chores USING (true);
GRANT SELECT (thread_id, item_id), UPDATE (fetched) ON simpul.received_items TO simpul_chores;
