// A holder's answer: complied, in part, or refused, by a named officer; what arrived is closed whatever she answers.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { requireListed } from "./codes.ts";
import { RecallsError, type AskAnswer } from "./contract.ts";
import { factsOf, officerOf, recallRow, requireAct, type RecallsNode } from "./node.ts";

/** Decides; destroying and telling the others is then work for the queue. */
export async function answerRecall(
  node: RecallsNode,
  standing: Standing,
  id: Id,
  ask: AskAnswer,
): Promise<void> {
  if (ask.outcome !== "complied") {
    const fitting = node.codes.answers.filter((one) => one.outcome === ask.outcome).map((one) => one.code);
    requireListed("code", fitting, ask.code ?? "");
    // COR-2: both say why.
    if (ask.text.trim() === "") throw new RecallsError("REASON_NEEDED");
  }
  await node.store.write(standing, async (tx) => {
    const row = await recallRow(tx, id, { lock: true });
    if (row.ours || row.state !== "open") throw new RecallsError("NOT_NOW", { state: row.state });
    await requireAct(node, tx, "recall.answer", await factsOf(node, tx, row));
    await sql`update simpul.recalls set state = 'answered', outcome = ${ask.outcome},
        answer_code = ${ask.outcome === "complied" ? null : (ask.code ?? null)}, answer_text = ${ask.text.trim()},
        answered_by = ${officerOf(standing).id}, answered_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    await tx.enqueue({ kind: "recalls.go-on", payload: { recall: id }, key: id });
    tx.note("recall.answered", { id, outcome: ask.outcome, code: ask.code ?? null });
  });
  node.wake(`recall:${id}`);
}
