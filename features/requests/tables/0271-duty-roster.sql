-- Who is on duty when, week by week, as the head of a desk wrote it; escalation tells those first (MSG-8).
CREATE TABLE simpul.duty_weeks (
  desk_id uuid NOT NULL,
  monday date NOT NULL CHECK (extract(isodow FROM monday) = 1),
  version integer NOT NULL CHECK (version > 0),
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (desk_id, monday)
);
-- A shift belongs to the week in which it begins. Days and hours are those of the state's clocks.
CREATE TABLE simpul.duty_shifts (
  desk_id uuid NOT NULL,
  monday date NOT NULL,
  position integer NOT NULL CHECK (position BETWEEN 1 AND 200),
  officer_id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL,
  PRIMARY KEY (desk_id, monday, position),
  FOREIGN KEY (desk_id, monday) REFERENCES simpul.duty_weeks,
  CHECK (until_at > from_at AND until_at <= from_at + interval '24 hours')
);
CREATE INDEX duty_shifts_at ON simpul.duty_shifts (desk_id, until_at);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['duty_weeks', 'duty_shifts'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY known ON simpul.%I FOR SELECT TO simpul_app
      USING ((SELECT simpul.is_job()) OR desk_id = (SELECT simpul.desk()))', t);
    EXECUTE format('CREATE POLICY kept ON simpul.%I FOR ALL TO simpul_app
      USING (desk_id = (SELECT simpul.desk()) AND (SELECT simpul.has_role(''supervisor'')))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.%I TO simpul_app', t);
  END LOOP;
END $$;
