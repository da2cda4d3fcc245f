// In which order things are shown that wait: what presses most first, then what waits longest.
import type { InboxEntry, ViewFilters } from "./contract.ts";

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
