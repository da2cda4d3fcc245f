// A named officer nominates with reasons; a person's nomination waits for the legal review like every other's (VIC-2).
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { AtDesk } from "../victims/contract.ts";
import { TargetsError, type AskTarget } from "./contract.ts";
import { mustRule, mustWorkOn, officerOf, rules, type TargetsNode } from "./node.ts";
import { insertStep, lockedRow, rowOf } from "./records.ts";
import { isFollowUp } from "./rules.ts";

export function requireFollowUp(node: TargetsNode, on: string): void {
  if (!isFollowUp(on, node.clock.now())) throw new TargetsError("FOLLOW_UP_OUT_OF_RANGE", on);
}

/** Gives its id. Throws `NOT_FOUND`, `TARGET_ALREADY`, `TARGET_PROTECTED`, `FOLLOW_UP_OUT_OF_RANGE`, `Denied`, and what reviews refuse. */
export async function nominate(node: TargetsNode, standing: Standing, ask: AskTarget): Promise<Id> {
  requireFollowUp(node, ask.followUp.on);
  const officer = officerOf(standing);
  const id = await node.store.write(standing, async (tx) => {
    const { head, records } = await node.cases.recordsOf(tx, ask.case, ["subject"]).catch(() => {
      throw new TargetsError("NOT_FOUND");
    });
    mustWorkOn(node, tx, await node.caseFacts(tx, head.id));
    const subject = records.subject?.find((one) => one.id === ask.subject);
    if (subject === undefined) throw new TargetsError("NOT_FOUND");
    // Whom this very case keeps under a pseudonym, as everybody in it reads; who is a victim elsewhere is not looked up.
    const [name] = subject.names;
    if (subject.pseudonym !== null || name === undefined) throw new TargetsError("TARGET_PROTECTED");
    const person = subject.kind === "person";
    const review = person
      ? await node.reviews.begin(tx, {
          kind: "target",
          of: { case: head.id, subject: subject.id },
          reason: ask.reasons.slice(0, 2000),
        })
      : null;
    const made = tx.newId();
    const { text, language, romanised } = name;
    const kept = JSON.stringify({ text, language, romanised });
    const { numAffectedRows } = await sql`
      insert into simpul.targets (id, case_id, subject_id, kind, name, reasons, review_id, nominated_by, nominated_at,
        agency_id, desk_id, owner_id, state, follow_up_on, follow_up_text)
      values (${made}, ${head.id}, ${subject.id}, ${subject.kind}, ${kept}::jsonb, ${ask.reasons}, ${review},
        ${officer.id}, ${tx.at}, ${officer.agency}, ${officer.desk}, ${officer.id},
        ${person ? "under-review" : "standing"}, ${ask.followUp.on}::date, ${ask.followUp.text})
      on conflict do nothing`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new TargetsError("TARGET_ALREADY");
    tx.note("target.nominated", { id: made, case: head.id, of: subject.kind });
    return made;
  });
  node.wake(`target:${id}`);
  return id;
}

/**
 * A prosecutor with her key open lets it stand. To everybody else, and whatever the review found, the answer is
 * `REVIEW_PENDING`; what held it back she alone reads (`REVIEW_LOCKED`, `REVIEW_WARNED`).
 */
export async function acceptTarget(node: TargetsNode, who: AtDesk, id: Id): Promise<void> {
  const standing: Standing = { actor: who.officer, purpose: who.purpose };
  const row = await node.store.read(standing, async (db) => {
    db.noteRead("target.viewed", { id });
    return rowOf(db, id);
  });
  if (row.review_id === null || row.state !== "under-review") throw new TargetsError("TARGET_OVER");
  await node.reviews.passReview(who, row.review_id, "target");
  await node.store.write(standing, async (tx) => {
    const now = await lockedRow(tx, id);
    if (now.state !== "under-review") throw new TargetsError("TARGET_OVER");
    mustRule(node, tx);
    await sql`update simpul.targets set state = 'standing', accepted_by = ${who.officer.id}, accepted_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    tx.note("target.accepted", { id, case: now.case_id });
  });
  node.wake(`target:${id}`);
}

/**
 * Whoever works on the case gives it up, with a reason; so may a prosecutor about a person, when what the victim desk
 * found since is to be looked at again, or for any reason of hers. The review stays as it is. Throws `TARGET_OVER`.
 */
export async function withdrawTarget(
  node: TargetsNode,
  standing: Standing,
  id: Id,
  reason: string,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    if (row.kind === "person" && rules(node, standing)) mustRule(node, tx);
    else mustWorkOn(node, tx, await node.caseFacts(tx, row.case_id));
    if (row.state !== "under-review" && row.state !== "standing") throw new TargetsError("TARGET_OVER");
    await sql`update simpul.targets set state = 'withdrawn', follow_up_on = null, escalated_at = null
      where id = ${id}`.execute(tx.rows);
    const on = tx.at.toISOString().slice(0, 10);
    await insertStep(tx, id, { step: "withdrawn", on, text: reason, by: officerOf(standing).id });
    tx.note("target.withdrawn", { id, case: row.case_id });
  });
  node.wake(`target:${id}`);
}
