// In which order things are shown that wait: what presses most first, then what waits longest.
import { instantIn, wallIn } from "@simpul/doors/i18n";
import type { InboxEntry, ViewFilters } from "./contract.ts";

export { instantIn };

/** The instant by which it must be done: a day lasts until it ends. */
export function deadline(entry: Pick<InboxEntry, "due">): number {
  if (entry.due === null) return Number.POSITIVE_INFINITY;
  return new Date(entry.due.length === 10 ? `${entry.due}T23:59:59Z` : entry.due).getTime();
}

export const inOrder = (entries: readonly InboxEntry[]): InboxEntry[] =>
  entries.toSorted(
    (a, b) =>
      // Two without a deadline would subtract to NaN.
      (deadline(a) === deadline(b) ? 0 : deadline(a) - deadline(b)) ||
      (a.since < b.since ? -1 : a.since > b.since ? 1 : 0) ||
      (a.id < b.id ? -1 : 1),
  );

/** Which of them a view shows. */
export const chosen = (entries: readonly InboxEntry[], by: ViewFilters, now: Date): InboxEntry[] =>
  entries.filter(
    (one) =>
      one.for === (by.for ?? one.for) &&
      one.kind === (by.kind ?? one.kind) &&
      (by.case === undefined || one.case?.number === by.case) &&
      (by.due !== "over" || deadline(one) < now.getTime()),
  );

/** What never presses by itself, only by its deadline; a kind that is not named here stands where it is. */
const patient: ReadonlySet<string> = new Set([
  ...["task", "item", "kept", "joint-task", "request-answered", "request-interim", "outcome-told"],
  ...["told-administrative"],
  ...["assistance-answered", "report-month", "report-year", "figures-to-look-at", "figures-to-hand-over"],
  ...["target-follow-up", "exclusion-review", "watch-list-review", "grade", "grade-answered"],
  ...["advert-answer", "advert-feed", "advert-letter-send", "oversight-sample", "override-told"],
]);
const day = 86_400_000;

export const kindMayWait = (kind: string): boolean => patient.has(kind);

/** Nothing is put off that is overdue or due within a day. */
export const mayBePutOff = (entry: Pick<InboxEntry, "kind" | "due">, now: Date): boolean =>
  kindMayWait(entry.kind) && deadline(entry) - now.getTime() > day;

export interface PutOff {
  kind: string;
  id: string;
  at: Date;
  until: Date;
}

/** Until when it is put off; null when it waits: its time has come, it presses, or it came anew since. */
export function putOffUntil(
  entry: Pick<InboxEntry, "id" | "kind" | "due" | "since">,
  put: readonly PutOff[],
  now: Date,
): string | null {
  const found = put.find((one) => one.kind === entry.kind && one.id === entry.id);
  if (found === undefined || found.until <= now || !mayBePutOff(entry, now)) return null;
  return new Date(entry.since) > found.at ? null : found.until.toISOString();
}

/** Eight in the morning on a state's own clocks, tomorrow or on the next Monday; null for a state without a known zone. */
export function morningIn(state: string, now: string, which: "tomorrow" | "monday"): string | null {
  const today = wallIn(state, now).slice(0, 10);
  if (today === "") return null;
  const noon = new Date(`${today}T12:00:00Z`);
  const days = which === "tomorrow" ? 1 : 8 - (noon.getUTCDay() || 7);
  return instantIn(state, `${new Date(noon.getTime() + days * day).toISOString().slice(0, 10)}T08:00`);
}
