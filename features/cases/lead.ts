// Leading a case: its state with the reason, and who is on its team.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { caseId, findCase } from "./cases.ts";
import { requireCode } from "./codes.ts";
import { CasesError } from "./contract.ts";
import type { CaseState, TeamRole } from "./contract.ts";
import { refuseHanded } from "./handed.ts";
import { officerOf, requireAct } from "./node.ts";
import type { CasesNode } from "./node.ts";
import { mayBecome } from "./rules.ts";

/** Suspends, closes or opens a case again; a reason from the codes in force for anything but open. */
export async function setState(
  node: CasesNode,
  standing: Standing,
  ref: string,
  ask: { state: CaseState; reason?: string | undefined },
): Promise<void> {
  const id = await node.store.write(standing, async (tx) => {
    const id = await caseId(tx, ref);
    await requireAct(node, tx, "case.close", id);
    await refuseHanded(tx, id, id);
    const was = (await findCase(tx, id))["state"] as CaseState;
    if (was === ask.state) throw new CasesError("ALREADY_THERE", ask.state);
    if (!mayBecome(was, ask.state)) throw new CasesError("CASE_CLOSED", ask.state);
    const reason = ask.state === "open" ? null : requireCode(node.codes.cases[ask.state], ask.reason ?? "");
    await sql`update simpul.cases set state = ${ask.state}, state_reason = ${reason}, changed_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    tx.note("case.state-changed", { id, case: id, was, state: ask.state, reason });
    return id;
  });
  node.wake(`case:${id}`);
}

/** Takes an officer of any agency into the team; who is in it already gets the new role. */
export async function addMember(
  node: CasesNode,
  standing: Standing,
  ref: string,
  ask: { officer: Id; role: TeamRole },
): Promise<void> {
  const id = await node.store.write(standing, async (tx) => {
    const id = await caseId(tx, ref);
    await requireAct(node, tx, "case.assign", id);
    const me = officerOf(tx.standing).id;
    // Row security asks of the old row whether it is seen; the new one begins before the old one ends.
    const { rows } = await sql<{ id: Id; role: TeamRole }>`select id, role from simpul.case_team
      where case_id = ${id} and officer_id = ${ask.officer} and ended_at is null`.execute(tx.rows);
    const was = rows[0];
    if (was?.role === ask.role) throw new CasesError("ALREADY_THERE", ask.officer);
    if (was !== undefined)
      await sql`update simpul.case_team set role = ${ask.role} where case_id = ${id} and id = ${was.id}`.execute(
        tx.rows,
      );
    else
      await sql`insert into simpul.case_team (case_id, id, officer_id, role, added_by, added_at)
        values (${id}, ${tx.newId()}, ${ask.officer}, ${ask.role}, ${me}, ${tx.at})`.execute(tx.rows);
    const facts = { id, case: id, officer: ask.officer, role: ask.role };
    tx.note("case.team-added", was === undefined ? facts : { ...facts, was: was.role });
    return id;
  });
  node.wake(`case:${id}`);
}

/** Ends a membership; from then on the case is as hidden from her as from anybody. */
export async function endMember(
  node: CasesNode,
  standing: Standing,
  ref: string,
  officer: Id,
): Promise<void> {
  const id = await node.store.write(standing, async (tx) => {
    const id = await caseId(tx, ref);
    await requireAct(node, tx, "case.assign", id);
    const me = officerOf(tx.standing).id;
    const ended = await sql`update simpul.case_team set ended_at = ${tx.at}, ended_by = ${me}
      where case_id = ${id} and officer_id = ${officer} and ended_at is null`.execute(tx.rows);
    if (ended.numAffectedRows === 0n) throw new CasesError("NOT_FOUND", officer);
    tx.note("case.team-ended", { id, case: id, officer });
    return id;
  });
  node.wake(`case:${id}`);
}
