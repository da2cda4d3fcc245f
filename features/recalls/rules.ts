// Decisions of calling back, from values alone; pages and the command line use the same.
import type { Evaluation, Handling, InformationGrade, NodeCode, SourceGrade } from "@simpul/model";
import type { Codes, RecallKind, ThingKind } from "./contract.ts";

/** COR-1: the short clock where somebody may come to harm, the long one otherwise; it runs from when it is let go. */
export const dueOf = (hours: Codes["hours"], safety: boolean, at: Date): Date =>
  new Date(at.getTime() + (safety ? hours.safety : hours.other) * 3_600_000);

/** Which kinds fit what: words of an answer have no version after them, and an item's bytes do not change. */
export function kindsFor(what: ThingKind): readonly RecallKind[] {
  switch (what) {
    case "text":
      return ["withdraw", "destroy"];
    case "item":
      return ["withdraw", "destroy", "restrict", "regrade"];
    default:
      return ["withdraw", "correct", "destroy", "restrict", "regrade"];
  }
}

/**
 * HC-5: whether the new codes let nothing be done that the old ones did not: every code stays (only H0 goes), and every
 * condition of H3 is kept or narrowed.
 */
export function isTighter(from: Handling, to: Handling): boolean {
  const keeps = from.codes.every((code) => code === "H0" || to.codes.includes(code));
  const same =
    keeps && to.codes.length === from.codes.length && to.codes.every((one) => from.codes.includes(one));
  if (!keeps || (to.codes.includes("H0") && !from.codes.includes("H0"))) return false;
  const before = from.conditions ?? {};
  const after = to.conditions ?? {};
  const within = (old: string[] | undefined, now: string[] | undefined) =>
    old === undefined || (now !== undefined && now.every((one) => old.includes(one)));
  const earlier = (old: string | undefined, now: string | undefined) =>
    old === undefined || (now !== undefined && now <= old);
  const stays = (old: boolean | undefined, now: boolean | undefined) => old !== true || now === true;
  const narrowed =
    within(before.recipients, after.recipients) &&
    within(before.purposes, after.purposes) &&
    earlier(before.notAfter, after.notAfter) &&
    earlier(before.destroyAfter, after.destroyAfter) &&
    stays(before.noAutomatedMatching, after.noAutomatedMatching) &&
    stays(before.noPrint, after.noPrint) &&
    stays(before.victimSensitive, after.victimSensitive);
  return narrowed && (!same || JSON.stringify(before) !== JSON.stringify(after));
}

const sources: readonly SourceGrade[] = ["A", "B", "C", "X"];
const informations: readonly InformationGrade[] = ["1", "2", "3", "4"];

/** EV-5: neither grade rises, and one falls. */
export function isLower(from: Evaluation, to: Evaluation): boolean {
  const source = sources.indexOf(to.source) - sources.indexOf(from.source);
  const information = informations.indexOf(to.information) - informations.indexOf(from.information);
  return source >= 0 && information >= 0 && source + information > 0;
}

/**
 * Whether the node answers by itself: what it closed needs no decision when nothing was made of it here. Destroying is
 * always somebody's decision, because a law of the holder may oblige it to keep (COR-2).
 */
export const answersItself = (kind: RecallKind, flags: number, held: boolean): boolean =>
  !held || (kind !== "destroy" && flags === 0);

/** Whom a holder tells: everybody it passed it on to, but not those who have told it, nor whose it is. */
export const onwardOf = (
  sharedWith: readonly NodeCode[],
  not: { self: NodeCode; originator: NodeCode; tellers: readonly NodeCode[] },
): NodeCode[] =>
  [...new Set(sharedWith)]
    .filter((one) => one !== not.self && one !== not.originator && !not.tellers.includes(one))
    .toSorted();

export const isOverdue = (due: Date | null, answered: boolean, now: Date): boolean =>
  !answered && due !== null && due.getTime() < now.getTime();

/** How much one recall may name. */
export const most = { things: 350, text: 4000, list: 200, line: 200 } as const;
