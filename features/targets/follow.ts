// Followed to an outcome: whose it is, what was done, when somebody looks again, and what goes up when nobody does.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { AtDesk } from "../victims/contract.ts";
import { targetLimits, TargetsError, type AskStep } from "./contract.ts";
import { jobStanding, mustWorkOn, officerOf, type TargetsNode } from "./node.ts";
import { requireFollowUp } from "./nominate.ts";
import { insertStep, lockedRow, rowOf, stepsOf } from "./records.ts";
import { nextOf } from "./rules.ts";

const live = (state: string): boolean => state === "under-review" || state === "standing";

/** From now on it is hers. Throws `NOT_FOUND`, `TARGET_OVER`, `Denied`. */
export async function takeTarget(node: TargetsNode, standing: Standing, id: Id): Promise<void> {
  const officer = officerOf(standing);
  await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    mustWorkOn(node, tx, await node.caseFacts(tx, row.case_id));
    if (!live(row.state)) throw new TargetsError("TARGET_OVER");
    await sql`update simpul.targets set owner_id = ${officer.id} where id = ${id}`.execute(tx.rows);
    const on = tx.at.toISOString().slice(0, 10);
    await insertStep(tx, id, { step: "taken-over", on, text: "", by: officer.id });
    tx.note("target.taken-over", { id, case: row.case_id });
  });
  node.wake(`target:${id}`);
}

/** The next day on which somebody looks; an overdue one comes down again. */
export async function followUp(
  node: TargetsNode,
  standing: Standing,
  id: Id,
  ask: { on: string; text: string },
): Promise<void> {
  requireFollowUp(node, ask.on);
  await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    mustWorkOn(node, tx, await node.caseFacts(tx, row.case_id));
    if (!live(row.state)) throw new TargetsError("TARGET_OVER");
    await sql`update simpul.targets set follow_up_on = ${ask.on}::date, follow_up_text = ${ask.text},
      escalated_at = null where id = ${id}`.execute(tx.rows);
    tx.note("target.follow-up-set", { id, case: row.case_id, on: ask.on });
  });
  node.wake(`target:${id}`);
}

/**
 * What was done, with its day and the next follow-up. A charge against a person passes its own legal review (VIC-2).
 * Throws `TARGET_UNDER_REVIEW`, `TARGET_OVER`, `STEP_OUT_OF_ORDER`, `CHARGE_REVIEW_NEEDED`, `LIMIT_REACHED`, `Denied`, and
 * what reviews refuse.
 */
export async function addStep(node: TargetsNode, who: AtDesk, id: Id, ask: AskStep): Promise<void> {
  const standing: Standing = { actor: who.officer, purpose: who.purpose };
  if (ask.followUp !== null) requireFollowUp(node, ask.followUp.on);
  if ((ask.followUp === null) !== (ask.step === "closed")) throw new TargetsError("FOLLOW_UP_OUT_OF_RANGE");
  if (ask.step === "charged") await passCharge(node, who, standing, id, ask.review);
  await node.store.write(standing, async (tx) => {
    const row = await lockedRow(tx, id);
    mustWorkOn(node, tx, await node.caseFacts(tx, row.case_id));
    if (row.state === "under-review") throw new TargetsError("TARGET_UNDER_REVIEW");
    if (row.state !== "standing") throw new TargetsError("TARGET_OVER");
    const done = await stepsOf(tx, id);
    if (done.length >= targetLimits.steps) throw new TargetsError("LIMIT_REACHED");
    const next = nextOf(
      row.kind,
      row.state,
      done.map((one) => one.step),
    );
    if (!next.includes(ask.step)) throw new TargetsError("STEP_OUT_OF_ORDER", ask.step);
    await insertStep(tx, id, { ...ask, by: who.officer.id });
    await sql`update simpul.targets set state = ${ask.step === "closed" ? "closed" : "standing"},
      follow_up_on = ${ask.followUp?.on ?? null}::date, follow_up_text = ${ask.followUp?.text ?? ""},
      escalated_at = null where id = ${id}`.execute(tx.rows);
    tx.note("target.step-noted", { id, case: row.case_id, step: ask.step });
  });
  node.wake(`target:${id}`);
}

async function passCharge(
  node: TargetsNode,
  who: AtDesk,
  standing: Standing,
  id: Id,
  review: Id | undefined,
): Promise<void> {
  const row = await node.store.read(standing, async (db) => {
    db.noteRead("target.viewed", { id });
    return rowOf(db, id);
  });
  if (row.kind === "organisation") return;
  if (review === undefined) throw new TargetsError("CHARGE_REVIEW_NEEDED");
  const { rows } = await node.store.read(standing, async (db) => {
    db.noteRead("target.viewed", { id });
    return sql`select 1 from simpul.legal_reviews where id = ${review} and case_id = ${row.case_id}
      and subject_id = ${row.subject_id}`.execute(db.rows);
  });
  // A review of somebody else lets nothing pass here.
  if (rows.length === 0) throw new TargetsError("CHARGE_REVIEW_NEEDED");
  await node.reviews.passReview(who, review, "charge");
}

/** The chore: what is overdue goes up to the supervisor of its desk, once for each day that was set. Gives how many did. */
export async function escalateTargets(node: TargetsNode): Promise<number> {
  const now = node.clock.now();
  return node.store
    .write(jobStanding, async (tx) => {
      const today = now.toISOString().slice(0, 10);
      const targets = await sql<{ id: Id; case_id: Id }>`update simpul.targets set escalated_at = ${now}
        where state in ('under-review', 'standing') and escalated_at is null and follow_up_on < ${today}::date
        returning id, case_id`.execute(tx.rows);
      const freezes = await sql<{
        id: Id;
        target_id: Id;
      }>`update simpul.target_freezes f set escalated_at = ${now}
        where state = 'asked' and escalated_at is null and due_at < ${now} and simpul.freeze_due(f) < ${now}
        returning id, target_id`.execute(tx.rows);
      for (const { id, case_id } of targets.rows) tx.note("target.escalated", { id, case: case_id });
      for (const { target_id } of freezes.rows) tx.note("target.freeze-escalated", { id: target_id });
      const count = targets.rows.length + freezes.rows.length;
      if (count === 0) throw new Nothing();
      return count;
    })
    .catch((fault: unknown) => {
      if (fault instanceof Nothing) return 0;
      throw fault;
    });
}
/** No leaf, no commit: where nothing is due the transaction is given up. */
class Nothing extends Error {}
