-- A note may hold the clauses of a full agreement: what is signed then is longer than a page (JIT-1).

ALTER TABLE simpul.joint_notes DROP CONSTRAINT joint_notes_signed_check;
ALTER TABLE simpul.joint_notes ADD CONSTRAINT joint_notes_signed_check CHECK (length(signed) <= 262144);
