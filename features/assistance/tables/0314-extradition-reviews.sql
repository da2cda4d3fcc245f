-- With the draft of an extradition a legal review of each person whom it names begins (VIC-2): which one, by the id of that
-- person in the case. It stays here, and is no part of the form that leaves.
ALTER TABLE simpul.assistances ADD COLUMN reviews jsonb NOT NULL DEFAULT '{}'
  CHECK (jsonb_typeof(reviews) = 'object' AND octet_length(reviews::text) <= 16384);
GRANT UPDATE (reviews) ON simpul.assistances TO simpul_app;
