-- A state without a node is asked by letter: to whom it is written there, chosen when it was begun.
ALTER TABLE simpul.assistances
  ADD COLUMN correspondent text CHECK (length(correspondent) <= 60),
  ADD CONSTRAINT assistances_by_letter CHECK (correspondent IS NULL OR (direction = 'outgoing' AND kind = 'formal'));
