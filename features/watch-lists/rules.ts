// The decisions about watch lists, from values alone: which list may be used, which entry may alert, by what it is found.
import type { StolenKey } from "@simpul/exchange";
import type { NodeCode } from "@simpul/model";
import { normalise } from "@simpul/match/profiles";
import { nameBirthKey } from "@simpul/match/names";
import { WatchListsError, watchListLimits, type ListHead, type WatchEntry } from "./contract.ts";

/** Why a list is not used; null when it may be. */
export function unusedBecause(
  list: { state: ListHead["state"]; until: Date; signed: boolean; stolen?: boolean },
  now: Date,
): ListHead["unused"] {
  if (list.state !== "active") return list.state;
  if (!list.signed) return "unsigned";
  if (list.stolen === true) return "key-stolen";
  return list.until <= now ? "expired" : null;
}

/**
 * Was its key stolen when it was signed? The day that it says proves nothing in a thief's hand: it also has to have come
 * before the theft.
 */
export const underStolenKey = (
  list: { origin: NodeCode; key: Uint8Array; at: string; takenAt: Date },
  stolen: readonly StolenKey[],
): boolean =>
  stolen.some(
    ({ node, key, since }) =>
      node === list.origin &&
      key === Buffer.from(list.key).toString("base64url") &&
      (Date.parse(list.at) >= since.getTime() || list.takenAt >= since),
  );

/** The entry as it is kept. Throws `NOT_A_DOCUMENT`, `ENTRY_UNFINDABLE`, `DAY_OUT_OF_RANGE`. */
export function asKept(entry: WatchEntry, today: string): WatchEntry {
  const read = entry.document === null ? null : normalise("document", entry.document);
  if (read !== null && !read.valid) throw new WatchListsError("NOT_A_DOCUMENT", entry.document ?? "");
  if (read === null && nameBirthKey(entry.name, entry.birth) === null)
    throw new WatchListsError("ENTRY_UNFINDABLE", entry.name);
  // RET-1: a review date in the future, within the longest life of a list.
  requireDay(entry.review, today);
  if (entry.birth !== null && (entry.birth > today || entry.birth < "1900-01-01"))
    throw new WatchListsError("DAY_OUT_OF_RANGE", entry.birth);
  return { ...entry, document: read?.canonical ?? null };
}

/** Throws `DAY_OUT_OF_RANGE` for a day that is past or more than a year away. */
export function requireDay(day: string, today: string): void {
  const days = (Date.parse(day) - Date.parse(today)) / 86_400_000;
  if (!(days > 0 && days <= watchListLimits.days)) throw new WatchListsError("DAY_OUT_OF_RANGE", day);
}
