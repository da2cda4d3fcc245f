// Freezing accounts and wallets: asked of whom, on what basis, until when an answer is due, what came, when it comes free.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { targetLimits, TargetsError, type AskAnswer, type AskFreeze } from "./contract.ts";
import { mustWorkOn, officerOf, type TargetsNode } from "./node.ts";
import { freezesOf, lockedRow } from "./records.ts";

/** Roles whose accounts nobody freezes here: theirs is protected (HIT-1, VIC-7). */
const protectedRoles = ["victim", "witness", "family"];

/**
 * Money is gone in hours, so this waits for no review: it holds property, and says nothing of a person. Gives its id.
 * Throws `NOT_FOUND`, `TARGET_OVER`, `LIMIT_REACHED`, `Denied`.
 */
export async function askFreeze(node: TargetsNode, standing: Standing, id: Id, ask: AskFreeze): Promise<Id> {
  const made = await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    mustWorkOn(node, tx, await node.caseFacts(tx, row.case_id));
    if (row.state !== "under-review" && row.state !== "standing") throw new TargetsError("TARGET_OVER");
    const { records } = await node.cases.recordsOf(tx, row.case_id, ["selector"]);
    const of = records.selector?.find((one) => one.id === ask.selector);
    if (
      of === undefined ||
      (of.type !== "account" && of.type !== "wallet") ||
      protectedRoles.includes(of.role)
    )
      throw new TargetsError("NOT_FOUND");
    if ((await freezesOf(tx, id)).length >= targetLimits.freezes) throw new TargetsError("LIMIT_REACHED");
    const freeze = tx.newId();
    const due = new Date(tx.at.getTime() + ask.hours * 3_600_000);
    await sql`insert into simpul.target_freezes (target_id, id, selector_id, type, value, recipient, basis, asked_by,
        asked_at, due_at)
      values (${id}, ${freeze}, ${of.id}, ${of.type}, ${of.canonical}, ${ask.recipient}, ${ask.basis},
        ${officerOf(standing).id}, ${tx.at}, ${due})`.execute(tx.rows);
    tx.note("target.freeze-asked", { id, case: row.case_id, freeze, of: of.type });
    return freeze;
  });
  node.wake(`target:${id}`);
  return made;
}

/** What the recipient answered; one answer each. Throws `NOT_FOUND`, `FREEZE_ANSWERED`, `Denied`. */
export async function answerFreeze(
  node: TargetsNode,
  standing: Standing,
  id: Id,
  freeze: Id,
  ask: AskAnswer,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    mustWorkOn(node, tx, await node.caseFacts(tx, row.case_id));
    const one = (await freezesOf(tx, id)).find((each) => each.id === freeze);
    if (one === undefined) throw new TargetsError("NOT_FOUND");
    if (one.state !== "asked") throw new TargetsError("FREEZE_ANSWERED");
    await sql`update simpul.target_freezes set state = ${ask.state}, answered_by = ${officerOf(standing).id},
        answered_at = ${tx.at}, answer = ${ask.answer}, amount = ${ask.amount},
        until_day = ${ask.state === "refused" ? null : ask.until}::date, escalated_at = null
      where target_id = ${id} and id = ${freeze}`.execute(tx.rows);
    tx.note("target.freeze-answered", { id, case: row.case_id, freeze, says: ask.state });
  });
  node.wake(`target:${id}`);
}
