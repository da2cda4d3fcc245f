// The decisions of checks, from values alone: months, what a fault on the way means, whether a supervisor is needed.
import { fishing, pattern, type QueryTerms } from "@simpul/match/oprf";
import type { AskingState, CheckNeed, Result } from "./contract.ts";
import type { Terms } from "./terms.ts";

/** The month of an instant in UTC, e.g. `2031-07`; a key lives as long. */
export const epochOf = (at: Date): string => at.toISOString().slice(0, 7);

/** The first instant after a month. */
export function epochEnds(epoch: string): Date {
  const [year, month] = epoch.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 1));
}

/** A peer's clock may be a day off around the turn of a month; a key of another month is not believed. */
export function isCurrent(epoch: string, now: Date): boolean {
  const day = 86_400_000;
  return [-2 * day, 0, day].some((off) => epochOf(new Date(now.getTime() + off)) === epoch);
}

export const queryTerms = (terms: Terms): QueryTerms => ({
  offences: terms.offences,
  purposes: terms.purposes,
  bulkFrom: terms.ask.bulkFrom,
});

/** What asking looks like from this node, where the values are known (HIT-5): many, in rows, or hardly ever a hit. */
export function needsOf(
  terms: Terms,
  ask: { count: number; values: readonly string[]; asked: number; hits: number },
): CheckNeed[] {
  const needs: CheckNeed[] = [];
  if (ask.count >= terms.ask.bulkFrom) needs.push("bulk");
  const seen = pattern(ask.values, terms.ask.suspicion);
  if (seen.kind !== "usual") needs.push(seen.kind);
  if (fishing({ asked: ask.asked, hits: ask.hits }, terms.ask.fishing)) needs.push("fishing");
  return needs;
}

export interface Outcome {
  state: AskingState;
  because: string;
  again: boolean;
}

const again = (because: string): Outcome => ({ state: "not-reached", because, again: true });
const ends = (state: AskingState, because: string): Outcome => ({ state, because, again: false });

/** What a fault between the nodes means for a check; null for a fault of our own. */
export function outcomeOf(code: string): Outcome | null {
  switch (code) {
    case "UNREACHABLE":
    case "TIMEOUT":
    case "UNAVAILABLE":
    case "CLOCK_OFF":
    case "TOO_MANY":
    case "REPLAYED":
    case "GAP":
      return again(code);
    // Of statements about keys; a question never meets them.
    case "KEYS_ALTERED":
    case "KEYS_FOREIGN":
    case "KEYS_OUT_OF_ORDER":
    case "KEYS_FORKED":
      return again("UNAVAILABLE");
    case "PEER_STOPPED":
    case "UNPINNED":
    case "NOT_A_PEER":
    case "NOT_FOR_US":
    case "EXERCISE_APART":
    case "NEWER_VERSION":
    case "OLDER_VERSION":
    case "BAD_REQUEST":
    case "BAD_SIGNATURE":
    case "KEY_REVOKED":
      return ends("refused", code);
    case "NOT_FOUND":
    case "PEER_SUSPENDED":
      return ends("not-searchable", code);
    case "WRONG_CERTIFICATE":
    case "KEY_CHANGED":
    case "BAD_STATEMENT":
    case "WRONG_MONTH":
    case "BAD_PROOF":
    case "FILTER_ALTERED":
    case "NOT_A_FILTER":
    case "NOT_A_FILTER_HEADER":
    case "NOT_AN_ELEMENT":
    case "BAD_LENGTH":
    case "TOO_LARGE":
      return ends("not-believed", code);
    default:
      return null;
  }
}

/** The reply per selector of a state that answered none of them. */
export const resultOf = (state: AskingState): Result => {
  switch (state) {
    case "refused":
    case "limited":
    case "not-searchable":
    case "not-believed":
      return state;
    case "not-reached":
    case "given-up":
      return "not-reached";
    case "waiting":
    case "answered":
      return "waiting";
  }
};

/** When a state that was not reached is asked again: twice as long each time; null when it is given up. */
export function nextTry(terms: Terms["retry"], attempts: number, first: Date, now: Date): Date | null {
  const pause = Math.min(terms.firstSeconds * 2 ** Math.max(0, attempts - 1), terms.longestSeconds);
  const next = new Date(now.getTime() + pause * 1000);
  return next.getTime() - first.getTime() > terms.forHours * 3_600_000 ? null : next;
}
