// Tells what the tables of a database are, as plain values, so that a review sees what a migration changed.
import type pg from "pg";

export interface TableDescription {
  columns: string[];
  constraints: string[];
  indexes: string[];
  rowSecurity: string;
  policies: string[];
  grants: string[];
}

/** Every table of the schema, by name. */
export async function describeTables(client: pg.ClientBase): Promise<Map<string, TableDescription>> {
  // Without a search path, PostgreSQL writes every name out in full.
  await client.query("select set_config('search_path', 'pg_catalog', false)");
  const { rows } = await client.query<TableDescription & { name: string }>(question);
  return new Map(rows.map(({ name, ...description }) => [name, description]));
}

const question = `
  select c.relname as name,
    array(select format('%s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''))
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
    array(select format('%s: %s', k.conname, pg_get_constraintdef(k.oid)) from pg_constraint k
      where k.conrelid = c.oid and k.contype in ('p', 'u', 'c', 'f', 'x') order by k.conname) as constraints,
    array(select pg_get_indexdef(i.indexrelid) from pg_index i
      where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
      order by 1) as indexes,
    case when c.relforcerowsecurity then 'forced' when c.relrowsecurity then 'enabled' else 'none' end as "rowSecurity",
    array(select format('%s: %s for %s%s%s', p.polname,
        case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
        -- The owner is called differently in every database.
        (select string_agg(case r when 0 then 'public' when c.relowner then 'owner' else r::regrole::text end, ', ')
          from unnest(p.polroles) r),
        coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), ''),
        coalesce(' check ' || pg_get_expr(p.polwithcheck, p.polrelid), ''))
      from pg_policy p where p.polrelid = c.oid order by p.polname) as policies,
    array(select format('%s: %s', g.grantee::regrole, string_agg(lower(g.privilege_type), ', ' order by g.privilege_type))
      from aclexplode(c.relacl) g where g.grantee <> c.relowner and g.grantee <> 0
      group by g.grantee order by g.grantee::regrole::text) as grants
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'simpul' and c.relkind in ('r', 'p', 'v') order by c.relname`;
