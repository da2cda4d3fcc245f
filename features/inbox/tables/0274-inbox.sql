-- What an officer keeps of her own at the inbox: views that she named, and what she put off until later. Nobody else's
-- rights reach either, for they say how she works and not what was done.
CREATE TABLE simpul.inbox_views (
  id uuid PRIMARY KEY,
  officer_id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  -- By the name of the filter; what a view may hold stands in the contract.
  filters jsonb NOT NULL CHECK (octet_length(filters::text) <= 1000),
  kept_at timestamptz NOT NULL,
  UNIQUE (officer_id, name)
);

CREATE TABLE simpul.inbox_later (
  officer_id uuid NOT NULL,
  kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
  entry text NOT NULL CHECK (length(entry) BETWEEN 1 AND 100),
  put_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL CHECK (until_at > put_at),
  PRIMARY KEY (officer_id, kind, entry)
);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['inbox_views', 'inbox_later'] LOOP
    EXECUTE format('ALTER TABLE simpul.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE simpul.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON simpul.%I FOR ALL TO simpul_app
      USING (officer_id = (SELECT simpul.officer())) WITH CHECK (officer_id = (SELECT simpul.officer()))', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON simpul.%I TO simpul_app', t);
  END LOOP;
END
$$;
