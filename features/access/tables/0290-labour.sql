-- Labour inspectorates sit beside those who leave for work: their desks read offers before departure and screen who may be a victim.
ALTER TABLE simpul.agencies DROP CONSTRAINT agencies_kind_check;
ALTER TABLE simpul.agencies ADD CONSTRAINT agencies_kind_check CHECK (kind IN ('police', 'immigration', 'cyber-crime',
  'prosecutor', 'victim-services', 'consular', 'liaison', 'oversight', 'central-authority', 'financial-intelligence',
  'coordination', 'labour'));
