// Gaps of the law over the last year, a line for each state and kind; the room of charges notes them, here they are read.
import type { Standing } from "@simpul/store";
import type { LegalGapCount } from "../charges/contract.ts";
import type { GapLine } from "./contract.ts";
import type { FollowUpNode } from "./node.ts";
import { monthsBefore } from "./rules.ts";

/** With every month of them, also those in which nobody met one; the most frequent first. */
export function gapLines(counts: readonly LegalGapCount[], months: readonly string[]): GapLine[] {
  const lines = new Map<string, GapLine>();
  for (const { state, kind, month, count } of counts) {
    if (!months.includes(month)) continue;
    const key = `${state} ${kind}`;
    const line = lines.get(key) ?? {
      ...{ state, kind, count: 0 },
      months: months.map((each) => ({ month: each, count: 0 })),
    };
    line.count += count;
    const place = line.months.find((one) => one.month === month);
    if (place !== undefined) place.count += count;
    lines.set(key, line);
  }
  return [...lines.values()].toSorted((a, b) => b.count - a.count || a.state.localeCompare(b.state));
}

/** The month that runs is one of them. */
export async function viewGaps(node: FollowUpNode, standing: Standing): Promise<GapLine[]> {
  const months = monthsBefore(node.clock.now().toISOString().slice(0, 7), 12);
  return node.store.read(standing, async (db) => {
    db.noteRead("follow-up.gaps-viewed", {});
    return gapLines(await node.gaps.byMonth(db), months);
  });
}
