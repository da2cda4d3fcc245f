-- The financial intelligence unit is an agency of its own: accounts, wallets and their freezes are its work.
ALTER TABLE simpul.agencies DROP CONSTRAINT agencies_kind_check;
ALTER TABLE simpul.agencies ADD CONSTRAINT agencies_kind_check CHECK (kind IN ('police', 'immigration', 'cyber-crime',
  'prosecutor', 'victim-services', 'consular', 'liaison', 'oversight', 'central-authority', 'financial-intelligence'));
