// The exercise: officers to choose from, and one click that signs in through the very same session path.
import type { AgencyKind, Id, Role } from "@simpul/model";
import { sql } from "kysely";
import { countTry } from "./attempts.ts";
import { AccessError, type ExerciseOfficer } from "./contract.ts";
import { doorkeeper, type AccessNode } from "./node.ts";
import { placesOf } from "./records.ts";
import { beginSession, type Started } from "./sessions.ts";

interface Row {
  id: Id;
  number: string;
  name: string;
  name_latin: string | null;
  membership: Id;
  roles: Role[];
  desk: Id;
  desk_name: string;
  desk_latin: string | null;
  agency: Id;
  agency_name: string;
  agency_latin: string | null;
  agency_kind: AgencyKind;
}

/** Everybody of the exercise, by agency. Throws `NO_EXERCISE` on a node in earnest. */
export async function exerciseOfficers(node: AccessNode): Promise<ExerciseOfficer[]> {
  if (!node.exercise) throw new AccessError("NO_EXERCISE");
  const { rows } = await node.store.read(doorkeeper, (db) =>
    sql<Row>`
      select o.id, o.number, o.name, o.name_latin, m.id as membership, m.roles,
        d.id as desk, d.name as desk_name, d.name_latin as desk_latin,
        a.id as agency, a.name as agency_name, a.name_latin as agency_latin, a.kind as agency_kind
      from simpul.memberships m join simpul.officers o on o.id = m.officer_id
        join simpul.desks d on d.id = m.desk_id join simpul.agencies a on a.id = d.agency_id
      where m.ended_at is null and o.left_at is null
      order by a.created_at, a.id, d.created_at, d.id, o.created_at, o.id limit 500`.execute(db.rows),
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    name: row.name,
    nameLatin: row.name_latin,
    membership: row.membership,
    roles: row.roles,
    desk: { id: row.desk, name: row.desk_name, nameLatin: row.desk_latin },
    agency: {
      id: row.agency,
      name: row.agency_name,
      nameLatin: row.agency_latin,
      kind: row.agency_kind,
    },
  }));
}

/** Signs in as an officer of the exercise, by her id or service number; throws `NO_EXERCISE`, `NOT_FOUND`. */
export async function signInAs(
  node: AccessNode,
  ask: { officer: string; membership?: Id; door: "browser" | "cli"; from: string },
): Promise<Started> {
  if (!node.exercise) throw new AccessError("NO_EXERCISE");
  await countTry(node.store, "exercise", ask.from);
  const found = await node.store.read(doorkeeper, async (db) => {
    const { rows } = await sql<{ id: Id }>`
      select id from simpul.officers
      where left_at is null and (number = ${ask.officer} or id::text = ${ask.officer})`.execute(db.rows);
    const place = rows[0] === undefined ? undefined : (await placesOf(db, rows[0].id))[0];
    return place === undefined ? null : { officer: rows[0]!.id, membership: place.membership };
  });
  if (found === null) throw new AccessError("NOT_FOUND", ask.officer.slice(0, 60));
  return beginSession(node, {
    ...found,
    ...(ask.membership === undefined ? {} : { membership: ask.membership }),
    door: ask.door,
    method: "exercise",
    proven: false,
  });
}
