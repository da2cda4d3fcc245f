-- The ledger of the node: two logs of one kind ('main': what was done, 'reads': what was read), as tiles of hashes,
-- signed heads, and what passes between cosigners. Nothing here says what a leaf is about.

-- How long each log is; locked by whoever gives leaves their places.
CREATE TABLE simpul.logs (
  log text PRIMARY KEY CHECK (log IN ('main', 'reads')),
  size bigint NOT NULL CHECK (size >= 0),
  -- The largest size that a cosigner says it has signed; larger than ours after a restore, and then nothing is signed.
  cosigners_know bigint NOT NULL DEFAULT 0
);
INSERT INTO simpul.logs (log, size) VALUES ('main', 0), ('reads', 0);

-- C2SP tlog-tiles: up to 256 hashes; only the last tile of a level is ever written again.
CREATE TABLE simpul.tiles (
  log text NOT NULL REFERENCES simpul.logs (log),
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
  index bigint NOT NULL CHECK (index >= 0),
  hashes bytea NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
  PRIMARY KEY (log, level, index)
);

-- Heads that this node signed. Never changed, never removed.
CREATE TABLE simpul.heads (
  log text NOT NULL REFERENCES simpul.logs (log),
  size bigint NOT NULL CHECK (size >= 0),
  root bytea NOT NULL CHECK (length(root) = 32),
  -- The signed note, as it is handed out.
  note text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (log, size)
);

-- Signatures of other states' nodes over our heads.
CREATE TABLE simpul.cosignatures (
  log text NOT NULL,
  size bigint NOT NULL,
  cosigner text NOT NULL CHECK (length(cosigner) <= 200),
  -- The time that the cosigner vouches for.
  at timestamptz NOT NULL,
  line text NOT NULL CHECK (length(line) <= 500),
  PRIMARY KEY (log, size, cosigner),
  FOREIGN KEY (log, size) REFERENCES simpul.heads (log, size)
);

-- The last head of each other log that we cosigned: kept before the answer goes out.
CREATE TABLE simpul.cosigned (
  origin text PRIMARY KEY CHECK (length(origin) <= 300),
  size bigint NOT NULL CHECK (size >= 0),
  root bytea NOT NULL CHECK (length(root) = 32),
  note text NOT NULL,
  at timestamptz NOT NULL
);

-- Two heads of one log with one size and two roots, both signed by it: a proof of fraud, kept for ever.
CREATE TABLE simpul.split_views (
  origin text NOT NULL CHECK (length(origin) <= 300),
  size bigint NOT NULL,
  first_note text NOT NULL,
  second_note text NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (origin, size, second_note)
);

GRANT SELECT ON simpul.logs, simpul.tiles, simpul.heads, simpul.cosignatures, simpul.cosigned, simpul.split_views
  TO simpul_app, simpul_chores;
GRANT UPDATE ON simpul.logs TO simpul_chores;
GRANT INSERT, UPDATE ON simpul.tiles TO simpul_chores;
GRANT INSERT ON simpul.heads, simpul.cosignatures, simpul.split_views TO simpul_chores;
GRANT INSERT, UPDATE ON simpul.cosigned TO simpul_chores;
