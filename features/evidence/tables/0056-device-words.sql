-- The originator's signed word for the device that acquired a peer's item; it goes along wherever the item goes.
ALTER TABLE simpul.evidence_origins ADD COLUMN device_word text NOT NULL DEFAULT '' CHECK (octet_length(device_word) <= 16384);
