-- Whose an exhibit was when it was filed: who must tell the court that it is taken back may not see it any more.
ALTER TABLE simpul.charge_filed ADD COLUMN originator text CHECK (originator ~ '^[a-z]{2}$');
