-- Who at the other node is not to see an envelope: the sender's ids, kept with the bytes that say so.
ALTER TABLE simpul.outbox ADD COLUMN excluded uuid[] NOT NULL DEFAULT '{}' CHECK (cardinality(excluded) <= 100);
