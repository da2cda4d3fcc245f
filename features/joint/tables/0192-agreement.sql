-- What belongs to a full agreement: each party's signature on its files, the evaluation at the end, what a party keeps of one that is out.

CREATE TABLE simpul.joint_document_signatures (
  space_id uuid NOT NULL,
  document_id uuid NOT NULL,
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  says jsonb NOT NULL,
  signed text NOT NULL CHECK (length(signed) <= 65536),
  officer_id uuid,
  PRIMARY KEY (space_id, document_id, party)
);

CREATE TABLE simpul.joint_evaluations (
  space_id uuid NOT NULL,
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  says jsonb NOT NULL,
  signed text NOT NULL CHECK (length(signed) <= 65536),
  at timestamptz NOT NULL,
  PRIMARY KEY (space_id, party)
);

-- JIT-5: contributions of a party that is out, kept for proceedings already begun, listed one by one.
CREATE TABLE simpul.joint_kept (
  space_id uuid NOT NULL,
  thing_id uuid NOT NULL,
  party text NOT NULL CHECK (party ~ '^[a-z]{2}$'),
  proceeding text NOT NULL CHECK (length(proceeding) BETWEEN 3 AND 300),
  officer text NOT NULL CHECK (length(officer) <= 300),
  at timestamptz NOT NULL,
  PRIMARY KEY (space_id, thing_id, party)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['joint_document_signatures', 'joint_evaluations', 'joint_kept'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY owner_reads ON simpul.%I FOR SELECT TO CURRENT_USER USING (true)', t);
    EXECUTE format('CREATE POLICY seen ON simpul.%I FOR SELECT TO simpul_app USING (space_id IN (SELECT simpul.joint_seen()))', t);
    EXECUTE format('GRANT SELECT, INSERT ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;

CREATE POLICY made ON simpul.joint_document_signatures FOR INSERT TO simpul_app WITH CHECK (
  ((SELECT simpul.is_contact_point()) AND officer_id = (SELECT simpul.officer()))
  OR ((SELECT simpul.actor_kind() = 'peer') AND party = (SELECT simpul.peer()) AND officer_id IS NULL));
CREATE POLICY made ON simpul.joint_evaluations FOR INSERT TO simpul_app WITH CHECK (
  (SELECT simpul.is_contact_point()) OR ((SELECT simpul.actor_kind() = 'peer') AND party = (SELECT simpul.peer())));
CREATE POLICY anew ON simpul.joint_evaluations FOR UPDATE TO simpul_app USING (
  (SELECT simpul.is_contact_point()) OR ((SELECT simpul.actor_kind() = 'peer') AND party = (SELECT simpul.peer())));
GRANT UPDATE (says, signed, at) ON simpul.joint_evaluations TO simpul_app;
CREATE POLICY made ON simpul.joint_kept FOR INSERT TO simpul_app WITH CHECK (
  space_id IN (SELECT simpul.joint_seen())
  AND ((SELECT simpul.actor_kind() = 'officer') OR ((SELECT simpul.actor_kind() = 'peer') AND party = (SELECT simpul.peer()))));
