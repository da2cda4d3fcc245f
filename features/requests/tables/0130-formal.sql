-- A request that is the way of a formal one (mutual legal assistance): what it is, so that its room alone moves it.
ALTER TABLE simpul.requests ADD COLUMN formal text CHECK (formal IN ('preservation', 'formal'));
CREATE INDEX requests_formal ON simpul.requests (formal) WHERE formal IS NOT NULL;
