-- The longest message in Burmese takes three bytes a letter, and is filled to the next step before it is sealed.
ALTER TABLE simpul.distress_messages DROP CONSTRAINT distress_messages_jwe_check,
  ADD CONSTRAINT distress_messages_jwe_check CHECK (length(jwe) BETWEEN 200 AND 131072);
ALTER TABLE simpul.distress_facts DROP CONSTRAINT distress_facts_jwe_check,
  ADD CONSTRAINT distress_facts_jwe_check CHECK (length(jwe) BETWEEN 200 AND 131072);
