-- A file taken in again because nobody heard that it was: what the client calls it decides that it is the same.

ALTER TABLE simpul.evidence_intakes
  -- Drawn by the client from what is taken in and how. Null for one that says none, and once it is too old to be a repetition.
  ADD COLUMN key text CHECK (key ~ '^[0-9a-f]{64}$');
CREATE UNIQUE INDEX evidence_intakes_once ON simpul.evidence_intakes (officer_id, key, case_id) NULLS NOT DISTINCT
  WHERE key IS NOT NULL AND state <> 'swept';
