// Letters of an exercise: to every other state that plays, or to the one that directs.
import type { NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import type { ExercisesNode } from "./node.ts";
import type { RunRow } from "./records.ts";
import type { Wire, WireType } from "./wire.ts";

/** Sends in this transaction; who speaks as an officer signs for her agency. */
export async function tellAllStates<T extends WireType>(
  node: Pick<ExercisesNode, "code">,
  tx: Writer,
  row: Pick<RunRow, "id" | "states">,
  kind: T,
  body: Omit<Wire<T>, "agency" | "run">,
): Promise<void> {
  for (const to of row.states) if (to !== node.code) await tell(tx, to, row, kind, body);
}

/** Nothing where this node directs itself. */
export async function tellLead<T extends WireType>(
  node: Pick<ExercisesNode, "code">,
  tx: Writer,
  row: Pick<RunRow, "id" | "lead">,
  kind: T,
  body: Omit<Wire<T>, "agency" | "run">,
): Promise<void> {
  if (row.lead !== node.code) await tell(tx, row.lead, row, kind, body);
}

async function tell(
  tx: Writer,
  to: NodeCode,
  row: Pick<RunRow, "id">,
  kind: WireType,
  body: object,
): Promise<void> {
  const { actor } = tx.standing;
  const signed = actor.kind === "officer" ? { agency: actor.agency } : {};
  await tx.send({ id: tx.newId(), to, kind, body: { ...signed, run: row.id, ...body } });
}
