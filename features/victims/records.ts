// The compartment's SQL: keys, people, sealed entries, the intake. Row security shows them to the victim desk alone.
import type { Id } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import type { JWK } from "jose";
import { sql } from "kysely";

type Db = Pick<Reader | Writer, "rows">;

export type DeskKeyRow = { kid: string; public_key: JWK; ended_at: Date | null; handed_on: Buffer | null };

/** The one in force first. */
export async function deskKeys(db: Db): Promise<DeskKeyRow[]> {
  const { rows } = await sql<DeskKeyRow>`select kid, public_key, ended_at, handed_on
    from simpul.victim_desk_keys order by ended_at desc nulls first limit 100`.execute(db.rows);
  return rows;
}

export type OfficerKeyRow = {
  id: Id;
  officer_id: Id;
  public_key: JWK;
  made_at: Date;
  agreed_by: Id | null;
  mark: Buffer | null;
};

export async function officerKeys(db: Db): Promise<OfficerKeyRow[]> {
  const { rows } = await sql<OfficerKeyRow>`select id, officer_id, public_key, made_at, agreed_by, mark
    from simpul.victim_officer_keys where ended_at is null order by made_at, id limit 500`.execute(db.rows);
  return rows;
}

export type OpenerRow = {
  id: Id;
  key_id: Id;
  how: "passphrase" | "passkey";
  salt: Buffer;
  cost: [number, number, number] | null;
  credential: string | null;
  wrapped: Buffer;
  added_at: Date;
};

export async function openersOf(db: Db, officer: Id): Promise<OpenerRow[]> {
  const { rows } =
    await sql<OpenerRow>`select o.id, o.key_id, o.how, o.salt, o.cost, o.credential, o.wrapped, o.added_at
    from simpul.victim_openers o join simpul.victim_officer_keys k on k.id = o.key_id
    where o.officer_id = ${officer} and o.ended_at is null and k.ended_at is null
    order by o.added_at, o.id`.execute(db.rows);
  return rows;
}

export async function grantOf(db: Db, key: Id, kid: string): Promise<string | null> {
  const { rows } = await sql<{ sealed: string }>`select sealed from simpul.victim_grants
    where key_id = ${key} and kid = ${kid}`.execute(db.rows);
  return rows[0]?.sealed ?? null;
}

export async function insertOpener(
  tx: Writer,
  one: Omit<OpenerRow, "added_at" | "salt" | "wrapped"> & {
    officer: Id;
    salt: Uint8Array;
    wrapped: Uint8Array;
  },
): Promise<void> {
  await sql`insert into simpul.victim_openers (id, key_id, officer_id, how, salt, cost, credential, wrapped, added_at)
    values (${one.id}, ${one.key_id}, ${one.officer}, ${one.how}, ${Buffer.from(one.salt)},
      ${one.cost === null ? null : sql`${[...one.cost]}::integer[]`}, ${one.credential}, ${Buffer.from(one.wrapped)},
      ${tx.at})`.execute(tx.rows);
}

export async function insertGrant(tx: Writer, key: Id, kid: string, sealed: string): Promise<void> {
  await sql`insert into simpul.victim_grants (key_id, kid, sealed) values (${key}, ${kid}, ${sealed})
    on conflict (key_id, kid) do nothing`.execute(tx.rows);
}

export type PersonRow = { id: Id; kid: string; wrapped: Buffer };
export type EntryRow = { id: Id; person_id: Id; sealed: Buffer };

/** In portions, so that a large compartment does not stand in memory twice. */
export async function peopleAfter(db: Db, after: Id | null, most: number): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`select id, kid, wrapped from simpul.victim_people
    where ${after}::uuid is null or id > ${after}::uuid order by id limit ${most}`.execute(db.rows);
  return rows;
}

export async function entriesAfter(db: Db, after: Id | null, most: number): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`select id, person_id, sealed from simpul.victim_entries
    where ${after}::uuid is null or id > ${after}::uuid order by id limit ${most}`.execute(db.rows);
  return rows;
}

export interface NewPerson {
  id: Id;
  kid: string;
  wrapped: Uint8Array;
}
export interface NewEntry {
  id: Id;
  person: Id;
  sealed: Uint8Array;
}

const inHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** In few statements: a list of hundreds, or a day's screenings of a phone, come at once. */
export async function insertRecords(
  tx: Writer,
  people: readonly NewPerson[],
  entries: readonly NewEntry[],
): Promise<void> {
  const hour = sql`date_trunc('hour', ${tx.at}::timestamptz)`;
  for (let from = 0; from < people.length; from += 500) {
    const some = people.slice(from, from + 500);
    await sql`insert into simpul.victim_people (id, kid, wrapped, since)
      select n.id, n.kid, decode(n.wrapped, 'hex'), ${hour} from unnest(${some.map(({ id }) => id)}::uuid[],
        ${some.map(({ kid }) => kid)}::text[], ${some.map(({ wrapped }) => inHex(wrapped))}::text[])
        n(id, kid, wrapped)`.execute(tx.rows);
  }
  for (const some of portions(entries))
    await sql`insert into simpul.victim_entries (id, person_id, sealed, kept_at)
      select n.id, n.person, decode(n.sealed, 'hex'), ${hour} from unnest(${some.map(({ id }) => id)}::uuid[],
        ${some.map(({ person }) => person)}::uuid[], ${some.map(({ sealed }) => inHex(sealed))}::text[])
        n(id, person, sealed)
      on conflict (id) do nothing`.execute(tx.rows);
}

/** At most 500, and some megabytes, in one statement. */
function* portions(entries: readonly NewEntry[]): Iterable<NewEntry[]> {
  let some: NewEntry[] = [];
  let bytes = 0;
  for (const one of entries) {
    some.push(one);
    bytes += one.sealed.length;
    if (some.length < 500 && bytes < 4_000_000) continue;
    yield some;
    some = [];
    bytes = 0;
  }
  if (some.length > 0) yield some;
}

export type LeftRow = { id: Id; person_id: Id; kid: string; sealed: string };

export async function intakeAfter(db: Db, after: Id | null, most: number): Promise<LeftRow[]> {
  const { rows } = await sql<LeftRow>`select id, person_id, kid, sealed from simpul.victim_intake
    where ${after}::uuid is null or id > ${after}::uuid order by id limit ${most}`.execute(db.rows);
  return rows;
}

export async function countIntake(db: Db): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) from simpul.victim_intake`.execute(db.rows);
  return Number(rows[0]!.count);
}

/** The person row goes, and with it by cascade her entries; her id stays so that nothing late is kept. */
export async function forgetPerson(tx: Writer, person: Id): Promise<void> {
  await sql`delete from simpul.victim_intake where person_id = ${person}`.execute(tx.rows);
  await sql`delete from simpul.victim_people where id = ${person}`.execute(tx.rows);
  await sql`insert into simpul.victim_gone (id, gone_at)
    values (${person}, date_trunc('hour', ${tx.at}::timestamptz))`.execute(tx.rows);
}
