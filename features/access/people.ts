// Agencies, desks, officers and their memberships: made and ended by an administrator, or by the node at its founding.
import { roles as allRoles, type AgencyKind, type Id, type Role } from "@simpul/model";
import { demand } from "@simpul/policy";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { AccessError } from "./contract.ts";
import { newCode, sha256, type AccessNode } from "./node.ts";
import { passkeysOf, serving } from "./records.ts";
import { enrolmentCodeLength, enrolmentLasts, printCode, readName } from "./rules.ts";

export interface NewNamed {
  name: string;
  nameLatin?: string | undefined;
}
export interface NewOfficer extends NewNamed {
  number: string;
  language: string;
}

/** Administrators manage access, with a fresh second factor; so does the node itself. Returns why. Throws `Denied`. */
function mayManage(node: AccessNode, { actor, purpose }: Standing): readonly string[] {
  if (actor.kind === "job") return [];
  if (actor.kind === "peer") throw new AccessError("NOT_ALLOWED", "a peer manages nothing here");
  return demand(node.policy, {
    officer: actor,
    act: "access.manage",
    record: { kind: "node", id: node.code },
    purpose,
    now: node.clock.now(),
  });
}

const by = (tx: Writer): Id | null => (tx.standing.actor.kind === "officer" ? tx.standing.actor.id : null);

function names(given: NewNamed): { name: string; latin: string | null } {
  const name = readName(given.name);
  const latin = given.nameLatin === undefined ? null : readName(given.nameLatin);
  if (name === null || (given.nameLatin !== undefined && latin === null))
    throw new AccessError("NOT_A_NAME", given.name.slice(0, 40));
  return { name, latin };
}

export async function createAgency(
  node: AccessNode,
  standing: Standing,
  given: NewNamed & { kind: AgencyKind },
): Promise<Id> {
  const because = mayManage(node, standing);
  const { name, latin } = names(given);
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const id = tx.newId();
    await sql`insert into simpul.agencies (id, kind, name, name_latin, created_at)
      values (${id}, ${given.kind}, ${name}, ${latin}, ${tx.at})`.execute(tx.rows);
    tx.note("access.agency-created", { id, kind: given.kind });
    return id;
  });
}

export async function createDesk(
  node: AccessNode,
  standing: Standing,
  given: NewNamed & { agency: Id },
): Promise<Id> {
  const because = mayManage(node, standing);
  const { name, latin } = names(given);
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const agency = await sql`select 1 from simpul.agencies where id = ${given.agency}`.execute(tx.rows);
    if (agency.rows.length === 0) throw new AccessError("NOT_FOUND", given.agency);
    const id = tx.newId();
    await sql`insert into simpul.desks (id, agency_id, name, name_latin, created_at)
      values (${id}, ${given.agency}, ${name}, ${latin}, ${tx.at})`.execute(tx.rows);
    tx.note("access.desk-created", { id, agency: given.agency });
    return id;
  });
}

/** Throws `NUMBER_TAKEN` when another officer has that service number. */
export async function createOfficer(node: AccessNode, standing: Standing, given: NewOfficer): Promise<Id> {
  const because = mayManage(node, standing);
  const { name, latin } = names(given);
  if (!/^[A-Za-z0-9./-]{1,40}$/.test(given.number)) throw new AccessError("NOT_A_NAME", "service number");
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const id = tx.newId();
    const { numAffectedRows } = await sql`
      insert into simpul.officers (id, number, name, name_latin, language, created_at)
      values (${id}, ${given.number}, ${name}, ${latin}, ${given.language}, ${tx.at})
      on conflict (number) do nothing`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new AccessError("NUMBER_TAKEN", given.number);
    tx.note("access.officer-created", { id });
    return id;
  });
}

/** Gives her a place at a desk, or changes the roles she has there. */
export async function placeOfficer(
  node: AccessNode,
  standing: Standing,
  given: { officer: Id; desk: Id; roles: readonly Role[] },
): Promise<Id> {
  const because = mayManage(node, standing);
  const roles = allRoles.filter((role) => given.roles.includes(role));
  if (roles.length === 0) throw new AccessError("NO_PLACE", "a place without a role");
  // Nobody gives herself a right; another administrator does.
  if (standing.actor.kind === "officer" && standing.actor.id === given.officer)
    throw new AccessError("NOT_ALLOWED", "her own place");
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    if ((await serving(tx, given.officer)) === null) throw new AccessError("NOT_FOUND", given.officer);
    const desk = await sql`select 1 from simpul.desks where id = ${given.desk}`.execute(tx.rows);
    if (desk.rows.length === 0) throw new AccessError("NOT_FOUND", given.desk);
    await endPlaces(tx, given.officer, given.desk);
    const id = tx.newId();
    await sql`insert into simpul.memberships (id, officer_id, desk_id, roles, since)
      values (${id}, ${given.officer}, ${given.desk}, ${roles}, ${tx.at})`.execute(tx.rows);
    tx.note("access.officer-placed", { id, officer: given.officer, desk: given.desk, roles });
    return id;
  });
}

/** Ends memberships (all, or that at one desk) and the sessions that stood on them, at once. */
async function endPlaces(tx: Writer, officer: Id, desk: Id | null): Promise<number> {
  const ended = await sql<{ id: Id }>`
    update simpul.memberships set ended_at = ${tx.at}
    where officer_id = ${officer} and ended_at is null and (${desk}::uuid is null or desk_id = ${desk}::uuid)
    returning id`.execute(tx.rows);
  for (const { id } of ended.rows)
    await sql`update simpul.sessions set ended_at = ${tx.at}, ended_because = 'membership-ended'
      where membership_id = ${id} and ended_at is null`.execute(tx.rows);
  return ended.rows.length;
}

/** Her place at a desk ends, and with it the sessions in which she acts for it. Throws `NOT_FOUND`. */
export async function endPlace(
  node: AccessNode,
  standing: Standing,
  given: { officer: Id; desk: Id },
): Promise<void> {
  const because = mayManage(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    if ((await endPlaces(tx, given.officer, given.desk)) === 0)
      throw new AccessError("NOT_FOUND", given.officer);
    tx.note("access.place-ended", { id: given.officer, desk: given.desk });
  });
}

/** She leaves the service: sessions, places, passkeys and devices end in the same moment. Throws `NOT_FOUND`. */
export async function letOfficerGo(node: AccessNode, standing: Standing, officer: Id): Promise<void> {
  const because = mayManage(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { numAffectedRows } = await sql`
      update simpul.officers set left_at = ${tx.at} where id = ${officer} and left_at is null`.execute(
      tx.rows,
    );
    if (numAffectedRows !== 1n) throw new AccessError("NOT_FOUND", officer);
    await sql`update simpul.sessions set ended_at = ${tx.at}, ended_because = 'left'
      where officer_id = ${officer} and ended_at is null`.execute(tx.rows);
    await endPlaces(tx, officer, null);
    for (const table of ["passkeys", "devices"])
      await sql`update ${sql.table(`simpul.${table}`)} set revoked_at = ${tx.at}
        where officer_id = ${officer} and revoked_at is null`.execute(tx.rows);
    await sql`update simpul.enrolments set ended_at = ${tx.at}
      where officer_id = ${officer} and ended_at is null`.execute(tx.rows);
    tx.note("access.officer-left", { id: officer });
  });
}

/**
 * Ends every session of one officer, or (null) of everybody but the one who ends them, at once; gives how many. Her places
 * and passkeys stay: she signs in again. Throws `NOT_FOUND` for an officer whom the node does not know. ASVS 7.4.5.
 */
export async function endSessions(
  node: AccessNode,
  standing: Standing,
  officer: Id | null,
): Promise<{ ended: number }> {
  const because = mayManage(node, standing);
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    if (officer !== null && (await serving(tx, officer)) === null)
      throw new AccessError("NOT_FOUND", officer);
    const { numAffectedRows = 0n } = await sql`
      update simpul.sessions set ended_at = ${tx.at}, ended_because = 'revoked'
      where ended_at is null and case when ${officer}::uuid is null then officer_id is distinct from ${by(tx)}
        else officer_id = ${officer}::uuid end`.execute(tx.rows);
    const ended = Number(numAffectedRows);
    tx.note("access.sessions-ended", { ...(officer !== null && { id: officer }), ended });
    return { ended };
  });
}

/**
 * A one-time code with which she adds her first passkey; an older code ends. It is shown once and lasts a day. Throws
 * `HAS_PASSKEY` for an officer who has one.
 */
export async function inviteOfficer(
  node: AccessNode,
  standing: Standing,
  officer: Id,
): Promise<{ code: string; expiresAt: Date }> {
  const because = mayManage(node, standing);
  const code = newCode(node.random, enrolmentCodeLength);
  return node.store.write(standing, async (tx) => {
    tx.allowed(because);
    if ((await serving(tx, officer)) === null) throw new AccessError("NOT_FOUND", officer);
    // One person alone never takes over what an officer has: who has a passkey comes back by two (recovery.ts).
    if (standing.actor.kind === "officer" && (await passkeysOf(tx, officer)).length > 0)
      throw new AccessError("HAS_PASSKEY", officer);
    await sql`update simpul.enrolments set ended_at = ${tx.at}
      where officer_id = ${officer} and ended_at is null`.execute(tx.rows);
    const id = tx.newId();
    const expiresAt = new Date(tx.at.getTime() + enrolmentLasts);
    await sql`insert into simpul.enrolments (id, officer_id, code_hash, made_by, made_at, expires_at)
      values (${id}, ${officer}, ${sha256(code)}, ${by(tx)}, ${tx.at}, ${expiresAt})`.execute(tx.rows);
    tx.note("access.officer-invited", { id, officer });
    return { code: printCode(code), expiresAt };
  });
}
