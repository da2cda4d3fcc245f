// The decisions of this room, from values alone: what of a case goes, what stays and why, and where a word leads.
import type { Id, NodeCode } from "@simpul/model";
import { Handling } from "@simpul/model";
import type { Choice, SharedRecord, Stop } from "../requests/contract.ts";
import { stayReasons } from "./contract.ts";
import type { Content, HandOverState, Line, Offer, Preview, StayReason, Stays } from "./contract.ts";

/** How much one hand-over may hold; a larger case goes in parts. */
export const most = {
  records: 2000,
  items: 200,
  content: 3_000_000,
  text: 8000,
  list: 200,
  proposals: 200,
} as const;

type Why = StayReason | "protected";
type Sorted = { goes: Choice[]; stays: (Choice & { because: Why })[] };

/**
 * Own records and items go; another state's stay with whoever may pass them on (HC-11), those under conditions unless
 * the conditions name this state (H3), and victims, witnesses and relatives never go by this way (VIC-7).
 */
export function sortOut(
  all: readonly Choice[],
  of: { only: readonly Id[] | null; to: NodeCode; gone: ReadonlySet<Id>; now: Date },
): Sorted {
  const sorted: Sorted = { goes: [], stays: [] };
  for (const one of all) {
    const because = whyStays(one, of);
    if (because === null) sorted.goes.push(one);
    else sorted.stays.push({ ...one, because });
  }
  return sorted;
}

function whyStays(
  one: Choice,
  { only, to, gone, now }: { only: readonly Id[] | null; to: NodeCode; gone: ReadonlySet<Id>; now: Date },
): Why | null {
  if (one.foreign || gone.has(one.id)) return "third-party";
  if (one.stop !== null) return one.stop.because === "protected" ? "protected" : "called-back";
  if (!letsGo(one.handling, to, now)) return "conditions";
  return only === null || only.includes(one.id) ? null : "not-chosen";
}

/** Under H3 only to a state that its conditions name, while they hold; what says more in words stays. */
export function letsGo(handling: Handling, to: NodeCode, now: Date): boolean {
  if (!handling.codes.includes("H3")) return true;
  const { recipients, victimSensitive, notAfter, destroyAfter } = handling.conditions ?? {};
  const over = [notAfter, destroyAfter].some(
    (day) => day !== undefined && Date.parse(`${day}T23:59:59.999Z`) < now.getTime(),
  );
  return victimSensitive !== true && !over && recipients?.includes(to) === true;
}

/** Without what was called back, and without links one end of which stays. */
export function withoutStopped(
  content: Content,
  stops: readonly Stop[],
): { content: Content; out: Map<Id, Why> } {
  const out = new Map<Id, Why>(stops.map((stop) => [stop.record, "called-back"]));
  const ids = new Set(content.records.map((one) => one.id).filter((id) => !out.has(id)));
  for (const one of content.records) {
    if (one.kind !== "link") continue;
    const { from, to } = (one as SharedRecord<"link">).fields;
    if (!ids.has(from) || !ids.has(to)) out.set(one.id, out.get(one.id) ?? "not-chosen");
  }
  const keeps = (one: { id: Id }) => !out.has(one.id);
  return { content: { records: content.records.filter(keeps), items: content.items.filter(keeps) }, out };
}

export const lineOf = ({ id, kind, title, handling }: Line): Line => ({ id, kind, title, handling });

function counted(list: readonly Pick<Line, "kind">[]): { kind: Choice["kind"]; count: number }[] {
  const kinds = [...new Set(list.map((one) => one.kind))];
  return kinds.map((kind) => ({ kind, count: list.filter((one) => one.kind === kind).length }));
}

/** What the other side reads of it: how much of each kind goes, and what stays, without a word of what it is. */
export function summed(preview: Preview): Pick<Offer, "goes" | "stays" | "handling"> {
  const stays = stayReasons.flatMap((because) =>
    counted(preview.stays.filter((one) => one.because === because)).map((one): Stays => ({
      ...one,
      because,
    })),
  );
  const codes = preview.goes.map((one) => one.handling);
  return {
    goes: counted(preview.goes),
    stays,
    handling: codes.length === 0 ? Handling.usual : Handling.union(codes),
  };
}

/** What the owner answers to an acceptance: it alone decides, once, so that there is one owner at every moment. */
export function heard(
  row: { state: HandOverState; due_at: Date | null },
  now: Date,
  facts: { rests: boolean; proven: boolean },
): "hand" | "again" | "return" | "say" {
  if (row.state === "handed") return "again";
  // Its own signature over the hand-over: this database is older than its word (scenario 10).
  if (facts.proven) return "hand";
  if (row.state !== "pending") return "say";
  return facts.rests || row.due_at === null || row.due_at < now ? "return" : "hand";
}
