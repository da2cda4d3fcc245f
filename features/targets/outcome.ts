// A court's outcome reaches the target it concerns: its steps are written by who wrote down what the court did.
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { targetLimits, type Outcome } from "./contract.ts";
import { officerOf } from "./node.ts";
import { insertStep, stepsOf } from "./records.ts";
import { nextOf } from "./rules.ts";

/**
 * Writes those of the steps that may follow, in their order, on the standing target of this subject; nothing where there is
 * none. A charge brings the review that let it pass. Gives whether there was a target.
 */
export async function noteOutcome(
  tx: Writer,
  what: { case: Id; subject: Id; steps: readonly Outcome[]; on: string; text: string; review: Id | null },
): Promise<boolean> {
  const { rows } = await sql<{ id: Id; kind: "person" | "organisation" }>`select id, kind from simpul.targets
    where case_id = ${what.case} and subject_id = ${what.subject} and state = 'standing' for update`.execute(
    tx.rows,
  );
  const target = rows[0];
  if (target === undefined) return false;
  const done = (await stepsOf(tx, target.id)).map((one) => one.step);
  for (const step of what.steps) {
    const again = step === "tried" && done.includes("tried");
    if (again || done.length >= targetLimits.steps) continue;
    if (!nextOf(target.kind, "standing", done).includes(step)) continue;
    await insertStep(tx, target.id, {
      ...{ step, on: what.on, text: what.text, by: officerOf(tx.standing).id },
      ...(step === "charged" && what.review !== null && { review: what.review }),
    });
    done.push(step);
    tx.note("target.step-noted", { id: target.id, case: what.case, step });
  }
  return true;
}
