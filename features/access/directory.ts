// Who is who on this node: colleagues and desks, for teams, assignments and histories.
import type { Posts } from "@simpul/features/sight/contract.ts";
import type { AgencyKind, Id, Role } from "@simpul/model";
import type { Post } from "@simpul/policy";
import type { OpenStore, Standing } from "@simpul/store";
import { sql } from "kysely";
import type { Colleague, DeskView, Directory, Named } from "./contract.ts";
import { doorkeeper } from "./node.ts";

interface DeskRow {
  id: Id;
  name: string;
  name_latin: string | null;
  agency: Id;
  agency_name: string;
  agency_latin: string | null;
  agency_kind: AgencyKind;
}
interface ColleagueRow {
  id: Id;
  number: string;
  name: string;
  name_latin: string | null;
  left: boolean;
  places: (Omit<DeskRow, "id"> & { desk: Id; roles: Role[] })[] | null;
}

const deskColumns = sql`d.id, d.name, d.name_latin, a.id as agency, a.name as agency_name,
  a.name_latin as agency_latin, a.kind as agency_kind`;

const deskView = (row: DeskRow): DeskView => ({
  id: row.id,
  name: row.name,
  nameLatin: row.name_latin,
  agency: { id: row.agency, name: row.agency_name, nameLatin: row.agency_latin, kind: row.agency_kind },
});

/** Colleagues whose name or number contains `text`; who left is found only by those who manage access. */
export async function colleagues(
  store: OpenStore,
  standing: Standing,
  ask: { text: string; limit: number; left?: boolean },
): Promise<Colleague[]> {
  const like = `%${ask.text.trim().replaceAll(/[\\%_]/g, "\\$&")}%`;
  return store.read(standing, async (db) => {
    db.noteRead("access.colleagues-listed", {});
    const { rows } = await sql<ColleagueRow>`
      select o.id, o.number, o.name, o.name_latin, o.left_at is not null as left,
        (select jsonb_agg(jsonb_build_object('desk', d.id, 'name', d.name, 'name_latin', d.name_latin,
            'roles', m.roles, 'agency', a.id, 'agency_name', a.name, 'agency_latin', a.name_latin,
            'agency_kind', a.kind) order by m.since, m.id)
          from simpul.memberships m join simpul.desks d on d.id = m.desk_id
            join simpul.agencies a on a.id = d.agency_id
          where m.officer_id = o.id and m.ended_at is null) as places
      from simpul.officers o
      where (o.left_at is null or ${ask.left ?? false})
        and (o.name ilike ${like} or o.name_latin ilike ${like} or o.number ilike ${like})
      order by o.name limit ${ask.limit}`.execute(db.rows);
    return rows.map((row) => ({
      id: row.id,
      number: row.number,
      name: row.name,
      nameLatin: row.name_latin,
      left: row.left,
      places: (row.places ?? []).map(({ desk, roles, ...place }) => ({
        ...(({ agency, ...named }) => ({ desk: named, agency }))(deskView({ ...place, id: desk })),
        roles,
      })),
    }));
  });
}

/** All desks of the node with their agencies. */
export async function desks(store: OpenStore, standing: Standing): Promise<DeskView[]> {
  return store.read(standing, async (db) => {
    db.noteRead("access.desks-listed", {});
    const { rows } = await sql<DeskRow>`
      select ${deskColumns} from simpul.desks d join simpul.agencies a on a.id = d.agency_id
      order by a.created_at, a.id, d.created_at, d.id limit 1000`.execute(db.rows);
    return rows.map(deskView);
  });
}

/** Names for ids; what is not of this node is missing from the answer. */
export const directory = (store: OpenStore): Directory => ({
  officers: (ids) =>
    store.read(doorkeeper, async (db) => {
      const { rows } = await sql<{ id: Id; name: string; name_latin: string | null }>`
        select id, name, name_latin from simpul.officers where id = any(${[...ids]}::uuid[])`.execute(
        db.rows,
      );
      return new Map(
        rows.map((row): [Id, Named] => [row.id, { id: row.id, name: row.name, nameLatin: row.name_latin }]),
      );
    }),
  desks: (ids) =>
    store.read(doorkeeper, async (db) => {
      const { rows } = await sql<DeskRow>`
        select ${deskColumns} from simpul.desks d join simpul.agencies a on a.id = d.agency_id
        where d.id = any(${[...ids]}::uuid[])`.execute(db.rows);
      return new Map(rows.map((row): [Id, DeskView] => [row.id, deskView(row)]));
    }),
});

interface PostRow {
  officer: Id;
  desk: Id;
  agency: Id;
  agency_kind: AgencyKind;
  roles: Role[];
}
/** Read at once at most; a node of this region has some thousands. */
const mostPosts = 20_000;

/** Every place of every serving officer, for asking the policy who may. */
export const posts = (store: OpenStore): Posts => ({
  all: () =>
    store.read(doorkeeper, async (db) => {
      const { rows } = await sql<PostRow>`
        select m.officer_id as officer, m.desk_id as desk, d.agency_id as agency, a.kind as agency_kind, m.roles
        from simpul.memberships m join simpul.officers o on o.id = m.officer_id
          join simpul.desks d on d.id = m.desk_id join simpul.agencies a on a.id = d.agency_id
        where m.ended_at is null and o.left_at is null
        order by m.since, m.id limit ${mostPosts + 1}`.execute(db.rows);
      return {
        posts: rows
          .slice(0, mostPosts)
          .map(({ agency_kind: agencyKind, ...post }): Post => ({ ...post, agencyKind })),
        whole: rows.length <= mostPosts,
      };
    }),
});
