-- Why the giver could not be told what was found, in the code with which its node refused the report; null once it took it.
ALTER TABLE simpul.item_reports ADD COLUMN untold text CHECK (length(untold) BETWEEN 1 AND 60);
CREATE POLICY told ON simpul.item_reports FOR UPDATE TO simpul_app USING ((SELECT simpul.is_job()));
GRANT UPDATE (untold) ON simpul.item_reports TO simpul_app;
