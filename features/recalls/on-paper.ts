// A holder without a node is told and answers on paper: an officer notes what it did, under her own name.
import type { Id, NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { requireListed } from "./codes.ts";
import { RecallsError, type AskAnswer } from "./contract.ts";
import { factsOf, officerOf, recallRow, requireAct, type RecallsNode } from "./node.ts";

/** Throws `NOT_FOUND` for a holder that is none of this recall, `NOT_NOW` for one that answers by its node or has answered. */
export async function noteOnPaper(
  node: RecallsNode,
  standing: Standing,
  id: Id,
  ask: AskAnswer & { holder: NodeCode },
): Promise<void> {
  const grounds = node.codes.answers.filter((one) => one.outcome === ask.outcome).map((one) => one.code);
  const code = ask.outcome === "complied" ? null : requireListed("code", grounds, ask.code ?? "");
  if (ask.text.trim() === "") throw new RecallsError("REASON_NEEDED");
  await node.store.write(standing, async (tx) => {
    const row = await recallRow(tx, id, { lock: true });
    if (!row.ours || row.state !== "sent") throw new RecallsError("NOT_NOW", { state: row.state });
    await requireAct(node, tx, "recall.draft", await factsOf(node, tx, row));
    if (await node.isPeer(ask.holder)) throw new RecallsError("NOT_NOW", { holder: ask.holder });
    const officer = officerOf(standing);
    const named = (await node.directory.officers([officer.id])).get(officer.id);
    const { numAffectedRows } =
      await sql`update simpul.recall_holders set taken_at = coalesce(taken_at, ${tx.at}),
        outcome = ${ask.outcome}, code = ${code}, text = ${ask.text.trim()}, officer = ${named?.name ?? null},
        answered_at = ${tx.at}
      where recall_id = ${id} and holder = ${ask.holder} and answered_at is null`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new RecallsError("NOT_FOUND");
    tx.note("recall.noted-on-paper", { id, holder: ask.holder, outcome: ask.outcome });
  });
  node.wake(`recall:${id}`);
}
