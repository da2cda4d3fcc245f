// Sessions: how one begins, what it lets an officer be, how she changes what she acts for, how it ends.
import type { Id, NodeCode, Officer, Purpose, Role } from "@simpul/model";
import { purposesFor, rolesUnder } from "@simpul/policy";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { AccessError, type Named, type SessionView } from "./contract.ts";
import { doorkeeper, newToken, sha256, type AccessNode } from "./node.ts";
import { placesOf, serving, sessionBy, type Place, type SessionRow } from "./records.ts";
import { lives, seenEvery, sessionLimits } from "./rules.ts";

/** As a request carries it: the cookie of a browser or the bearer token of a command line. */
export interface Credential {
  cookie: string | null;
  bearer: string | null;
}

/** What the doors need of a session (the shape of `Acting` in doors/http). */
export interface Acting {
  officer: Officer;
  purpose: Purpose;
  session: Id;
  device: Id | null;
  language: string;
}

export interface Started {
  /** Given once; the node keeps its hash. */
  token: string;
  session: Id;
  officer: Id;
  endsAt: Date;
}

export interface Beginning {
  officer: Id;
  door: "browser" | "cli";
  method: SessionRow["method"];
  /** Where she works; her first place when not said. */
  membership?: Id;
  purpose?: Purpose;
  device?: Id;
  language?: string;
  /** A second factor was shown just now. */
  proven: boolean;
}

const standsAt = (
  code: NodeCode,
  officer: Id,
  place: Place,
  roles: readonly Role[],
  provenAt: Date | null,
): Officer => ({
  kind: "officer",
  id: officer,
  node: code,
  agency: place.agency,
  agencyKind: place.agency_kind,
  desk: place.desk,
  roles,
  provenAt: provenAt === null ? null : Math.floor(provenAt.getTime() / 1000),
});

const purposesAt = (place: Place): Purpose[] =>
  purposesFor({ roles: place.roles, agencyKind: place.agency_kind });

/** What belongs to the act in which a session begins: a device, or who she is at the provider. */
export interface More {
  device?: Id;
  provider?: { subject: string; session: string | null; word: string };
}

/**
 * Begins a session in the officer's own name; `more` adds what belongs to the same act (a passkey, a device). Throws
 * `NO_PLACE` when she has left, or works at no desk in a role with a purpose.
 */
export async function beginSession(
  node: AccessNode,
  from: Beginning,
  more: (tx: Writer) => Promise<More | undefined> = () => Promise.resolve(undefined),
): Promise<Started> {
  const found = await node.store.read(doorkeeper, async (db) => {
    const officer = await serving(db, from.officer);
    // AUD-2: oversight has ordered that her access rests.
    const { rows } = await sql<{
      rests: boolean;
    }>`select simpul.officer_rests(${from.officer}) as rests`.execute(db.rows);
    if (rows[0]?.rests === true) throw new AccessError("RESTS", from.officer);
    const places = await placesOf(db, from.officer);
    const place = places.find((one) => from.membership === undefined || one.membership === from.membership);
    return officer === null || place === undefined ? null : { officer, place };
  });
  const purpose =
    found === null ? undefined : purposesAt(found.place).find((one) => !from.purpose || one === from.purpose);
  if (found === null || purpose === undefined) throw new AccessError("NO_PLACE", from.officer);
  const { officer, place } = found;
  const token = newToken(node.random);
  const provenAt = from.proven ? node.clock.now() : null;
  const actor = standsAt(
    node.code,
    officer.id,
    place,
    rolesUnder(purpose, place.roles, place.agency_kind),
    provenAt,
  );
  return node.store.write({ actor, purpose }, async (tx) => {
    const added = await more(tx);
    const device = added?.device ?? from.device ?? null;
    const session = tx.newId();
    const endsAt = new Date(tx.at.getTime() + sessionLimits[from.door].most);
    await sql`
      insert into simpul.sessions (id, officer_id, token_hash, door, method, membership_id, purpose, device_id,
        language, proven_at, started_at, seen_at, ends_at, provider_subject, provider_session, provider_word)
      values (${session}, ${officer.id}, ${sha256(token)}, ${from.door}, ${from.method}, ${place.membership},
        ${purpose}, ${device}, ${from.language ?? officer.language}, ${provenAt}, ${tx.at}, ${tx.at}, ${endsAt},
        ${added?.provider?.subject ?? null}, ${added?.provider?.session ?? null},
        ${added?.provider?.word ?? null})
    `.execute(tx.rows);
    tx.note("session.started", { id: session, door: from.door, method: from.method, desk: place.desk });
    return { token, session, officer: officer.id, endsAt };
  });
}

async function live(node: AccessNode, credential: Credential): Promise<SessionRow | null> {
  const token = credential.bearer ?? credential.cookie;
  if (token === null || token.length > 200) return null;
  const door = credential.bearer === null ? "browser" : "cli";
  const now = node.clock.now();
  const found = await node.store.read(doorkeeper, (db) => sessionBy(db, { tokenHash: sha256(token), door }));
  if (found === null || !lives({ door, seenAt: found.seen_at, endsAt: found.ends_at }, now)) return null;
  if (now.getTime() - found.seen_at.getTime() >= seenEvery)
    await node.store.chore("session seen", ({ rows }) =>
      sql`update simpul.sessions set seen_at = ${now} where id = ${found.id} and seen_at < ${now}`.execute(
        rows,
      ),
    );
  return found;
}

/** The purpose she chose, as long as her roles still carry it. */
const inForce = (row: SessionRow): Purpose | undefined => {
  const offered = purposesAt(row);
  return offered.includes(row.purpose) ? row.purpose : offered[0];
};

/** Null when there is no such session, it is over, or its officer, membership or device is no more. */
export async function resolveSession(node: AccessNode, credential: Credential): Promise<Acting | null> {
  const row = await live(node, credential);
  return row === null ? null : actsAs(node, row);
}

function actsAs(node: AccessNode, row: SessionRow): Acting | null {
  const purpose = inForce(row);
  if (purpose === undefined) return null;
  return {
    officer: standsAt(
      node.code,
      row.officer,
      row,
      rolesUnder(purpose, row.roles, row.agency_kind),
      row.proven_at,
    ),
    purpose,
    session: row.id,
    device: row.device,
    language: row.language,
  };
}

/** Whoever sits in that session, known by its id and not by its token; null as above. */
export async function actingIn(node: AccessNode, session: Id): Promise<Acting | null> {
  const row = await node.store.read(doorkeeper, (db) => sessionBy(db, { session }));
  if (row === null) return null;
  const holds = lives({ door: row.door, seenAt: row.seen_at, endsAt: row.ends_at }, node.clock.now());
  return holds ? actsAs(node, row) : null;
}

/** Whether a session goes on, without marking it as seen: an open page alone keeps nobody signed in. */
export async function sessionHolds(node: AccessNode, session: Id): Promise<boolean> {
  const found = await node.store.read(doorkeeper, (db) => sessionBy(db, { session }));
  if (found === null) return false;
  return lives({ door: found.door, seenAt: found.seen_at, endsAt: found.ends_at }, node.clock.now());
}

const named = (id: Id, name: string, nameLatin: string | null): Named => ({ id, name, nameLatin });

/** What a page shows of the session; null as above. */
export async function viewSession(node: AccessNode, credential: Credential): Promise<SessionView | null> {
  const row = await live(node, credential);
  const purpose = row === null ? undefined : inForce(row);
  if (row === null || purpose === undefined) return null;
  const places = await node.store.read(doorkeeper, (db) => placesOf(db, row.officer));
  return {
    id: row.id,
    node: { code: node.code, name: node.name, exercise: node.exercise },
    officer: {
      ...named(row.officer, row.name, row.name_latin),
      number: row.number,
      desk: named(row.desk, row.desk_name, row.desk_latin),
      agency: { ...named(row.agency, row.agency_name, row.agency_latin), kind: row.agency_kind },
      roles: rolesUnder(purpose, row.roles, row.agency_kind),
    },
    desks: places.map((place) => named(place.desk, place.desk_name, place.desk_latin)),
    purpose,
    purposes: purposesAt(row),
    language: row.language,
    device: row.device,
    provenAt: row.proven_at?.toISOString() ?? null,
    endsAt: row.ends_at.toISOString(),
  };
}

/**
 * Acts for another desk or purpose, or reads in another language, from now on. Throws `NOT_HER_DESK`,
 * `NOT_HER_PURPOSE`. A new desk begins with its usual purpose unless one is named.
 */
export async function changeStanding(
  node: AccessNode,
  acting: Acting,
  to: { desk?: Id; purpose?: Purpose; language?: string },
): Promise<void> {
  await node.store.write({ actor: acting.officer, purpose: acting.purpose }, async (tx) => {
    const desk = to.desk ?? acting.officer.desk;
    const place = (await placesOf(tx, acting.officer.id)).find((one) => one.desk === desk);
    if (place === undefined) throw new AccessError("NOT_HER_DESK", desk);
    const offered = purposesAt(place);
    const wanted = to.purpose ?? (offered.includes(acting.purpose) ? acting.purpose : offered[0]);
    const purpose = offered.find((one) => one === wanted);
    if (purpose === undefined) throw new AccessError("NOT_HER_PURPOSE", wanted ?? "none");
    await sql`
      update simpul.sessions set membership_id = ${place.membership}, purpose = ${purpose},
        language = ${to.language ?? acting.language}
      where id = ${acting.session} and ended_at is null`.execute(tx.rows);
    tx.note("session.acts-for", { id: acting.session, desk, purpose });
  });
}

/** She put a page of hers on paper, by its address: what is printed is noted like what is read (AUD-1). */
export async function notePrinted(node: AccessNode, acting: Acting, page: string): Promise<void> {
  await node.store.write({ actor: acting.officer, purpose: acting.purpose }, async (tx) => {
    // VIC-1: of the compartment only that it was printed; which person, or what was searched, stands sealed with her.
    const named = page.startsWith("/victims") ? "/victims" : page;
    tx.note("page.printed", { id: acting.session, page: named });
    return Promise.resolve();
  });
}

/** Ends her own session; throws `NOT_FOUND` for one that is not hers or is over. */
export async function endSession(
  node: AccessNode,
  acting: Acting,
  session: Id,
  because: "signed-out" | "revoked",
): Promise<void> {
  await node.store.write({ actor: acting.officer, purpose: acting.purpose }, async (tx) => {
    const { numAffectedRows } = await sql`
      update simpul.sessions set ended_at = ${tx.at}, ended_because = ${because}
      where id = ${session} and officer_id = ${acting.officer.id} and ended_at is null`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new AccessError("NOT_FOUND", session);
    tx.note("session.ended", { id: session, because });
  });
}
