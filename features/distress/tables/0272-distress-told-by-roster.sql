-- Whom a step of the clock told: those on duty by the roster, or the supervisors; for the telephone nobody (MSG-8).
ALTER TABLE simpul.distress_steps
  ADD told uuid[] NOT NULL DEFAULT '{}' CHECK (cardinality(told) <= 500);
