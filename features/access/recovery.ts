// Coming back after every passkey was lost: two officers who saw her say so, of different desks where there are such.
import { demand } from "@simpul/policy";
import type { Id, Role } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { AccessError, type Recovery } from "./contract.ts";
import { doorkeeper, newCode, sha256, type AccessNode } from "./node.ts";
import { serving } from "./records.ts";
import { enrolmentCodeLength, printCode, recoveryCodeLasts, recoveryLasts } from "./rules.ts";
import type { Acting as Session } from "./sessions.ts";
import { proofs } from "./step-up.ts";

interface Row {
  id: Id;
  officer_id: Id;
  first_by: Id;
  first_desk: Id;
  first_saw: string;
  first_at: Date;
  expires_at: Date;
  second_by: Id | null;
  second_at: Date | null;
  officer: string;
  first_name: string;
  second_name: string | null;
}

/** Who vouches, or looks. */
type Acting = Pick<Session, "officer" | "purpose">;

const standingOf = (acting: Acting): Standing => ({ actor: acting.officer, purpose: acting.purpose });

/** Her role lets her vouch here, and it is not about herself; returns why. Throws `NOT_ALLOWED`, `Denied`. */
async function mayVouch(
  node: AccessNode,
  tx: Parameters<typeof proofs.take>[0],
  acting: Acting,
  of: { id: Id; officer: Id; author: Id | null },
): Promise<readonly string[]> {
  if (!acting.officer.roles.some((role) => node.recoveryRoles.includes(role)))
    throw new AccessError("NOT_ALLOWED", "her role does not vouch here");
  if (of.officer === acting.officer.id) throw new AccessError("NOT_ALLOWED", "herself");
  return demand(node.policy, {
    officer: acting.officer,
    act: "access.vouch",
    record: { kind: "order", id: of.id, author: of.author },
    purpose: acting.purpose,
    now: node.clock.now(),
    proof: await proofs.take(tx, { act: "access.vouch", record: of.id }),
  });
}

/** The first who saw her; the second has two hours. Throws `NOT_FOUND`, `UNDER_WAY`. */
export async function beginRecovery(
  node: AccessNode,
  acting: Acting,
  ask: { officer: Id; saw: string },
): Promise<Id> {
  return node.store.write(standingOf(acting), async (tx) => {
    tx.allowed(await mayVouch(node, tx, acting, { id: ask.officer, officer: ask.officer, author: null }));
    if ((await serving(tx, ask.officer)) === null) throw new AccessError("NOT_FOUND", ask.officer);
    await sql`update simpul.recoveries set dropped_at = ${tx.at}
      where officer_id = ${ask.officer} and second_at is null and dropped_at is null and expires_at <= ${tx.at}`.execute(
      tx.rows,
    );
    const id = tx.newId();
    const { numAffectedRows } = await sql`
      insert into simpul.recoveries (id, officer_id, first_by, first_desk, first_saw, first_at, expires_at)
      values (${id}, ${ask.officer}, ${acting.officer.id}, ${acting.officer.desk}, ${ask.saw}, ${tx.at},
        ${new Date(tx.at.getTime() + recoveryLasts)}) on conflict do nothing`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new AccessError("UNDER_WAY", ask.officer);
    tx.note("access.recovery-begun", { id, officer: ask.officer });
    return id;
  });
}

/**
 * The second who saw her: everything she had ends, and the code is shown once. Throws `NOT_FOUND` for what is not
 * there or over, `SAME_DESK` where another desk could vouch, `Denied` for whoever vouched first.
 */
export async function finishRecovery(
  node: AccessNode,
  acting: Acting,
  id: Id,
  saw: string,
): Promise<{ code: string; expiresAt: Date }> {
  const code = newCode(node.random, enrolmentCodeLength);
  const others = await desksThatVouch(node);
  return node.store.write(standingOf(acting), async (tx) => {
    const { rows } = await sql<Row>`select * from simpul.recoveries
      where id = ${id} and second_at is null and dropped_at is null and expires_at > ${tx.at} for update`.execute(
      tx.rows,
    );
    const row = rows[0];
    if (row === undefined) throw new AccessError("NOT_FOUND", id);
    tx.allowed(await mayVouch(node, tx, acting, { id, officer: row.officer_id, author: row.first_by }));
    if (row.first_desk === acting.officer.desk && others > 1) throw new AccessError("SAME_DESK", id);
    if ((await serving(tx, row.officer_id)) === null) throw new AccessError("NOT_FOUND", row.officer_id);
    await sql`update simpul.recoveries set second_by = ${acting.officer.id}, second_saw = ${saw},
      second_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    const expiresAt = new Date(tx.at.getTime() + recoveryCodeLasts);
    await sql`select simpul.recover_officer(${id}, ${tx.newId()}, ${sha256(code)}, ${tx.at}, ${expiresAt})`.execute(
      tx.rows,
    );
    tx.note("access.recovered", { id, officer: row.officer_id, first: row.first_by });
    return { code: printCode(code), expiresAt };
  });
}

/** Whoever may vouch may also say that it shall not be. Throws `NOT_FOUND`. */
export async function dropRecovery(node: AccessNode, acting: Acting, id: Id): Promise<void> {
  if (!acting.officer.roles.some((role) => node.recoveryRoles.includes(role)))
    throw new AccessError("NOT_FOUND", id);
  await node.store.write(standingOf(acting), async (tx) => {
    const { numAffectedRows } = await sql`update simpul.recoveries set dropped_at = ${tx.at}
      where id = ${id} and second_at is null and dropped_at is null`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new AccessError("NOT_FOUND", id);
    tx.note("access.recovery-dropped", { id });
  });
}

/** At how many desks somebody may vouch. */
async function desksThatVouch(node: AccessNode): Promise<number> {
  return node.store.read(doorkeeper, async (db) => {
    const { rows } = await sql<{ count: number }>`select count(distinct m.desk_id)::int as count
      from simpul.memberships m join simpul.officers o on o.id = m.officer_id
      where m.ended_at is null and o.left_at is null and m.roles && ${[...node.recoveryRoles]}::text[]`.execute(
      db.rows,
    );
    return rows[0]!.count;
  });
}

/** Those under way, for whoever may vouch; and those of the last month, for her and for oversight. */
export async function recoveries(node: AccessNode, acting: Acting): Promise<Recovery[]> {
  return node.store.read(standingOf(acting), (db) => {
    db.noteRead("access.recoveries-listed", {});
    return recoveriesIn(node, acting, db);
  });
}

/** The same within a look that notes it. */
export async function recoveriesIn(
  node: AccessNode,
  acting: Acting,
  db: Pick<Reader, "rows">,
): Promise<Recovery[]> {
  const { id: me, roles } = acting.officer;
  const vouches = roles.some((role: Role) => node.recoveryRoles.includes(role));
  const oversees = roles.includes("oversight");
  const { rows } = await sql<Row>`select r.*, o.name as officer, f.name as first_name, s.name as second_name
      from simpul.recoveries r join simpul.officers o on o.id = r.officer_id
        join simpul.officers f on f.id = r.first_by left join simpul.officers s on s.id = r.second_by
      where (r.second_at is null and r.dropped_at is null and r.expires_at > ${node.clock.now()} and ${vouches}
          and r.officer_id <> ${me})
        or (r.second_at > ${new Date(node.clock.now().getTime() - 30 * 86_400_000)}
          and (r.officer_id = ${me} or ${oversees} or r.second_by = ${me}))
      order by r.first_at desc limit 100`.execute(db.rows);
  return rows.map((row) => ({
    id: row.id,
    officer: { id: row.officer_id, name: row.officer },
    first: { name: row.first_name, saw: row.first_saw, at: row.first_at.toISOString() },
    second: row.second_at === null ? null : { name: row.second_name!, at: row.second_at.toISOString() },
    until: row.expires_at.toISOString(),
    may:
      row.second_at === null && row.first_by !== me
        ? ["vouch", "drop"]
        : row.second_at === null
          ? ["drop"]
          : [],
    mine: row.officer_id === me,
  }));
}
