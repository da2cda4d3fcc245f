// A refusal for something that the law of the state asked lacks: counted where the step stopped, by kind alone.
import type { Writer } from "@simpul/store";
import type { GapKind, LegalGap } from "../charges/contract.ts";
import type { AssistanceNode, AssistanceRow } from "./node.ts";

/** As which gap of its law a refusal counts (by kind, never with persons); null where the law lacks nothing. */
export function legalGapOf(type: string, code: string): Omit<LegalGap, "state"> | null {
  const step =
    type === "extradition"
      ? "extradition"
      : ["restraint", "banking"].includes(type)
        ? "assets"
        : "assistance";
  if (code === "dual-criminality") return { kind: "no-dual-criminality", step };
  if (code === "no-basis") return { kind: "no-basis", step };
  if (code === "own-national") return { kind: "nationals-not-extradited", step };
  if (code !== "not-in-law") return null;
  const kind = lacks[type] ?? "other";
  return { kind, step };
}
const lacks: Readonly<Record<string, GapKind>> = {
  ...{ preservation: "no-freezing", restraint: "no-freezing", statement: "no-video" },
  ...{ "subscriber-data": "no-electronic-evidence", "traffic-data": "no-electronic-evidence" },
  "content-data": "no-electronic-evidence",
};

/** What stopped at their law is counted here, by its kind, and not over there: of one refusal there is one gap. */
export async function noteGap(
  node: Pick<AssistanceNode, "charges">,
  tx: Writer,
  row: Pick<AssistanceRow, "direction" | "type" | "peer">,
  code: string | null,
): Promise<void> {
  const gap = row.direction === "outgoing" && code !== null ? legalGapOf(row.type, code) : null;
  if (gap !== null) await node.charges.note(tx, { ...gap, state: row.peer });
}
