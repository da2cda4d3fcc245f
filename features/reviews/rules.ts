// The decisions of reviews, from values alone: how one stands for everybody, what the law does, when two persons agree.
import type { Hints } from "@simpul/match/profiles";
import type { Candidate, Effect, LawSays, Result, ReviewState, Ruling } from "./contract.ts";

const hour = 3_600_000;

/** Whose paper a number is where its writer names no state: that of her only nationality, and not that of where she is. */
export const issuedBy = (nationalities: readonly string[]): Hints =>
  nationalities.length === 1 ? { region: nationalities[0]!.toLowerCase() } : {};

export const dueOf = (openedAt: Date, pendingHours: number): Date =>
  new Date(openedAt.getTime() + pendingHours * hour);

/**
 * VIC-2: the same for everybody at every moment. What was found is no argument of it, so that nothing of it can show:
 * it stays pending until its time is over and the victim desk compared all that was pending at once.
 */
export function stateOf(
  review: { openedAt: Date; dueAt: Date; withdrawnAt: Date | null },
  comparedAt: Date | null,
  now: Date,
): ReviewState {
  if (review.withdrawnAt !== null) return "withdrawn";
  const compared = comparedAt !== null && comparedAt >= review.openedAt;
  return compared && now >= review.dueAt ? "with-prosecutor" : "pending";
}

/** Whether the victim desk is to be told that its time runs out: nothing was compared since some review began. */
export const runsOut = (
  oldest: { openedAt: Date; dueAt: Date } | null,
  comparedAt: Date | null,
  now: Date,
  escalateHours: number,
): boolean =>
  oldest !== null &&
  (comparedAt === null || comparedAt < oldest.openedAt) &&
  now.getTime() >= oldest.dueAt.getTime() - escalateHours * hour;

/** Statuses that protect, from the presumption on; before it the victim desk still looks. */
const protects = ["presumed", "identified"];
const unsure = ["indicators"];

/** What a confirmed match means: `nothing` for who was found not to be a victim, `open` as long as nobody has decided. */
export function resultOf(
  match: {
    pseudonym: string;
    status: string;
    state: Result["state"];
    since: string | null;
    at: string;
  } | null,
  of: { review: Result["review"]; open: boolean; own: Result["state"]; law: LawSays },
): Result {
  const none = { pseudonym: null, status: null, state: null, since: null, at: null, effect: null };
  if (match !== null && protects.includes(match.status)) {
    const effect: Effect = match.state === of.own ? of.law.own : of.law.other;
    return { review: of.review, kind: "same", ...match, effect };
  }
  const open = of.open || (match !== null && unsure.includes(match.status));
  return { review: of.review, kind: open ? "open" : "nothing", ...none };
}

/** Two persons: the same word by two officers decides; two words against each other wait for a third. */
export function outcomeOf(words: readonly { says: "same" | "other"; by: string }[]): Candidate["outcome"] {
  const by = (says: "same" | "other") =>
    new Set(words.filter((one) => one.says === says).map((one) => one.by)).size;
  const [same, other] = [by("same"), by("other")];
  if (same >= 2 && same > other) return "same";
  if (other >= 2 && other > same) return "other";
  return "open";
}

/** What the prosecutor may still do, by what was found: a locked one cannot pass, a warned one passes with a reason. */
export function mayPass(
  result: Result,
  reason: string,
): "REVIEW_PENDING" | "REVIEW_LOCKED" | "REVIEW_WARNED" | null {
  if (result.kind === "open") return "REVIEW_PENDING";
  if (result.effect === "lock") return "REVIEW_LOCKED";
  if (result.effect === "warn" && reason.trim().length < 20) return "REVIEW_WARNED";
  return null;
}

/** Found after it was passed: whatever followed is to be looked at again. */
export function toReopen(result: Result, ruled: readonly Ruling[]): boolean {
  const passed = ruled.findLast((one) => one.ruling !== "wait");
  return result.kind === "same" && passed?.ruling === "pass" && result.at !== null && result.at > passed.at;
}

/** Sealed books come in sizes that follow from the count of reviews alone, never from what is in them. */
export const bookBytes = (reviews: number): number => 2048 + 640 * Math.max(1, Math.ceil(reviews / 32)) * 32;
