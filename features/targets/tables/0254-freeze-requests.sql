-- The request to another state, or the letter, by which a freeze goes out; null where it was asked on another way.
ALTER TABLE simpul.target_freezes ADD COLUMN request_id uuid;
CREATE UNIQUE INDEX target_freezes_request ON simpul.target_freezes (request_id) WHERE request_id IS NOT NULL;
