// HIT-5 at the border: how fast an officer checks, and whether it looks like counting. In memory, for an hour, kept nowhere.
import { pattern } from "@simpul/match/oprf";
import type { Id } from "@simpul/model";
import { BorderError } from "./contract.ts";
import type { BorderNode } from "./node.ts";
import terms from "./terms.json" with { type: "json" };

const hourMs = 3_600_000;
const recent = new Map<Id, { at: number; value: string | null }[]>();
const told = new Map<string, number>();

/** Throws `COUNTING` over the limit of the hour; numbers in a row are told to who watches, and the queue goes on. */
export async function keepPace(
  node: Pick<BorderNode, "alarm" | "clock">,
  officer: Id,
  value: string | null,
): Promise<void> {
  const now = node.clock.now().getTime();
  const before = (recent.get(officer) ?? []).filter(({ at }) => at > now - hourMs);
  if (before.length >= terms.perHour) {
    recent.set(officer, before);
    await tellOnce(node, "border-pace", officer, before.length, now);
    throw new BorderError("COUNTING", String(terms.perHour));
  }
  before.push({ at: now, value });
  recent.set(officer, before);
  const values = before.flatMap((one) => one.value ?? []);
  const seen = pattern(values, terms.suspicion);
  if (seen.kind !== "usual") await tellOnce(node, seen.kind, officer, values.length, now);
}

async function tellOnce(
  node: Pick<BorderNode, "alarm">,
  kind: "close" | "stepped" | "border-pace",
  officer: Id,
  count: number,
  now: number,
): Promise<void> {
  const name = `${officer} ${kind}`;
  if ((told.get(name) ?? -Infinity) > now - hourMs) return;
  told.set(name, now);
  await node.alarm({ kind, officer, count });
}
