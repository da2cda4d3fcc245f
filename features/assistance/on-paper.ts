// A formal request that went as a letter follows what officers note of that letter (MLA-4).
import type { Id } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AssistanceForLetters, FormalNews } from "../letters/contract.ts";
import { addStep } from "./act.ts";
import type { AssistanceState } from "./contract.ts";
import { noteGap } from "./legal-gap.ts";
import { columns, type AssistanceNode, type AssistanceRow } from "./node.ts";

/** Where it stands after each piece of news; null: as before. */
const standsAfter: Readonly<Record<FormalNews["what"], { step: string; state: AssistanceState | null }>> = {
  posted: { step: "posted", state: null },
  acknowledged: { step: "register", state: "acknowledged" },
  interim: { step: "interim", state: null },
  partial: { step: "partly", state: "partly-executed" },
  full: { step: "executed", state: "executed" },
  "none-held": { step: "executed", state: "executed" },
  refused: { step: "refuse", state: "refused" },
};

async function formalOf(db: Pick<Reader | Writer, "rows">, request: Id): Promise<AssistanceRow | undefined> {
  const { rows } = await sql<AssistanceRow>`select ${columns} from simpul.assistances a
    where a.id = ${request} and a.direction = 'outgoing'`.execute(db.rows);
  return rows[0];
}

export const assistanceForLetters = (
  node: Pick<AssistanceNode, "codes" | "charges">,
): AssistanceForLetters => ({
  async grounds(db, request) {
    if ((await formalOf(db, request)) === undefined) return null;
    return node.codes.refusals.map((one) => one.code);
  },
  async noted(tx, request, { what, due, text, ground }) {
    await sql`select 1 from simpul.assistances where id = ${request} for update`.execute(tx.rows);
    const row = await formalOf(tx, request);
    if (row === undefined) return;
    const { step, state: next } = standsAfter[what];
    const state = next ?? row.state;
    await sql`update simpul.assistances set state = ${state}, due_at = ${due}, code = coalesce(${ground}, code),
      changed_at = ${tx.at} where id = ${request}`.execute(tx.rows);
    const by = tx.standing.actor.kind === "officer" ? tx.standing.actor.id : null;
    const side = what === "posted" ? ("ours" as const) : ("theirs" as const);
    await addStep(tx, row, { step, state, side, by, text, code: ground, until: null });
    if (what === "refused") await noteGap(node, tx, row, ground);
  },
});
