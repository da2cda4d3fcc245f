-- For calling back, and asking for permission, on paper: which entry of a letter a thing was, and permissions given on paper.

-- Counted from 1 within the records, or the items, that went with it.
ALTER TABLE simpul.shares ADD COLUMN place integer CHECK (place BETWEEN 1 AND 100000);

-- What the originator gave on paper, for want of a node: the scan that is its basis, and who said so. The holder signs it.
ALTER TABLE simpul.grants ADD COLUMN paper jsonb;
