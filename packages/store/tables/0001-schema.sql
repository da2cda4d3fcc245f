-- The schema, the two roles that work in it, and who acts: asked by the row security of every table.

-- Roles belong to the whole server; another node's database may have made them already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'simpul_app') THEN
    CREATE ROLE simpul_app NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'simpul_chores') THEN
    CREATE ROLE simpul_chores NOLOGIN;
  END IF;
  IF NOT pg_has_role(current_user, 'simpul_app', 'MEMBER') THEN
    EXECUTE format('GRANT simpul_app TO %I', current_user);
  END IF;
  IF NOT pg_has_role(current_user, 'simpul_chores', 'MEMBER') THEN
    EXECUTE format('GRANT simpul_chores TO %I', current_user);
  END IF;
END
$$;

-- simpul_app works for officers, peers and jobs under row security. simpul_chores keeps the node's own books
-- (queue, outbox, places in the ledger, sessions) without a leaf, and may touch nothing else.
GRANT USAGE ON SCHEMA simpul TO simpul_app, simpul_chores;

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Who acts, set by the store at the start of each transaction and gone with it.
CREATE FUNCTION simpul.actor_kind() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT current_setting('simpul.actor_kind', true) $$;

CREATE FUNCTION simpul.officer() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('simpul.officer', true), '')::uuid $$;

CREATE FUNCTION simpul.agency() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('simpul.agency', true), '')::uuid $$;

CREATE FUNCTION simpul.desk() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('simpul.desk', true), '')::uuid $$;

CREATE FUNCTION simpul.has_role(wanted text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(wanted = ANY (string_to_array(current_setting('simpul.roles', true), ',')), false) $$;

CREATE FUNCTION simpul.purpose() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('simpul.purpose', true), '') $$;

-- The state whose node acts as a peer, null for everybody else.
CREATE FUNCTION simpul.peer() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('simpul.peer', true), '') $$;

CREATE FUNCTION simpul.is_job() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(current_setting('simpul.actor_kind', true) = 'job', false) $$;
