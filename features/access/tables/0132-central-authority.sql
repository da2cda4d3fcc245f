-- The central authority of mutual legal assistance is an agency of its own (MLA-1, MLA-4).
ALTER TABLE simpul.agencies DROP CONSTRAINT agencies_kind_check;
ALTER TABLE simpul.agencies ADD CONSTRAINT agencies_kind_check CHECK (kind IN ('police', 'immigration', 'cyber-crime',
  'prosecutor', 'victim-services', 'consular', 'liaison', 'oversight', 'central-authority'));
