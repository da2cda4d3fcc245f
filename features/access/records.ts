// The SQL of access: officers with their places, sessions by token, passkeys.
import type { AgencyKind, Id, Purpose, Role } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";

export type Rows = Pick<Reader | Writer, "rows">;

/** A desk at which an officer works now, in which roles. */
export interface Place {
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

const placeColumns = sql`m.id as membership, m.roles, d.id as desk, d.name as desk_name, d.name_latin as desk_latin,
  a.id as agency, a.name as agency_name, a.name_latin as agency_latin, a.kind as agency_kind`;
const placeTables = sql`simpul.memberships m join simpul.desks d on d.id = m.desk_id
  join simpul.agencies a on a.id = d.agency_id`;

export interface OfficerRow {
  id: Id;
  number: string;
  name: string;
  name_latin: string | null;
  language: string;
  left_at: Date | null;
}

/** Null for an officer who is not there or has left. */
export async function serving(db: Rows, id: Id): Promise<OfficerRow | null> {
  const { rows } = await sql<OfficerRow>`
    select id, number, name, name_latin, language, left_at from simpul.officers
    where id = ${id} and left_at is null`.execute(db.rows);
  return rows[0] ?? null;
}

/** Where she works now; the one longest held comes first. */
export async function placesOf(db: Rows, officer: Id): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select ${placeColumns} from ${placeTables}
    where m.officer_id = ${officer} and m.ended_at is null order by m.since, m.id`.execute(db.rows);
  return rows;
}

export interface SessionRow extends Place {
  id: Id;
  officer: Id;
  number: string;
  name: string;
  name_latin: string | null;
  door: "browser" | "cli";
  method: "passkey" | "enrolment" | "device" | "exercise" | "provider";
  purpose: Purpose;
  device: Id | null;
  language: string;
  proven_at: Date | null;
  started_at: Date;
  seen_at: Date;
  ends_at: Date;
}

/** A session whose officer serves, whose membership holds and whose device was not revoked; null otherwise. */
export async function sessionBy(
  db: Rows,
  by: { tokenHash: Uint8Array; door: "browser" | "cli" } | { session: Id },
): Promise<SessionRow | null> {
  const { rows } = await sql<SessionRow>`
    select s.id, s.officer_id as officer, o.number, o.name, o.name_latin, s.door, s.method, s.purpose,
      s.device_id as device, s.language, s.proven_at, s.started_at, s.seen_at, s.ends_at, ${placeColumns}
    from simpul.sessions s join simpul.officers o on o.id = s.officer_id
      join ${placeTables} on m.id = s.membership_id
      left join simpul.devices v on v.id = s.device_id
    where ${"session" in by ? sql`s.id = ${by.session}` : sql`s.token_hash = ${Buffer.from(by.tokenHash)} and s.door = ${by.door}`}
      and s.ended_at is null
      and o.left_at is null and m.ended_at is null and v.revoked_at is null
      and not simpul.officer_rests(s.officer_id)`.execute(db.rows);
  return rows[0] ?? null;
}

export interface PasskeyRow {
  id: Id;
  officer: Id;
  credential: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
}

export async function passkeyBy(db: Rows, credential: string): Promise<PasskeyRow | null> {
  const { rows } = await sql<PasskeyRow>`
    select id, officer_id as officer, credential, public_key, counter, transports from simpul.passkeys
    where credential = ${credential} and revoked_at is null`.execute(db.rows);
  return rows[0] ?? null;
}

export async function passkeysOf(db: Rows, officer: Id): Promise<PasskeyRow[]> {
  const { rows } = await sql<PasskeyRow>`
    select id, officer_id as officer, credential, public_key, counter, transports from simpul.passkeys
    where officer_id = ${officer} and revoked_at is null order by added_at`.execute(db.rows);
  return rows;
}
