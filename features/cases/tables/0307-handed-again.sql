-- What came back may go once more by the same hand-over, where its owner finds its own signed word for it.
ALTER TABLE simpul.case_handed DROP CONSTRAINT case_handed_pkey;
ALTER TABLE simpul.case_handed ADD PRIMARY KEY (case_id, record_id, hand_over_id, at);
