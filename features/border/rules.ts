// What a border check answers, from values alone: nothing, compare, or listed; and what was read of a document.
import { compareNames } from "@simpul/match/names";
import { documentKey, holderOf, normalise } from "@simpul/match/profiles";
import type { Id } from "@simpul/model";
import { isWeak, type ListInUse, type WatchEntry } from "../watch-lists/contract.ts";
import { BorderError, type AskBorder, type BorderAnswer } from "./contract.ts";

export interface Traveller {
  /** Canonical (profile document/1); null where none was given. */
  document: string | null;
  name: string;
  birth: string | null;
  expired: boolean;
  /** The zone names a state of ICAO's list. No check digit covers those letters. */
  stateKnown: boolean;
}

/** Reads what was scanned or typed. Throws `ZONE_MISREAD`, `NOT_A_DOCUMENT`, `NOTHING_TO_CHECK`. */
export function travellerOf(ask: AskBorder, today: string): Traveller {
  if (ask.zone !== undefined) {
    const holder = holderOf(ask.zone, today);
    // A digit read wrongly finds nobody: better a second scan than a false "nothing".
    const stateKnown = holder?.document.reason !== "NO_ISSUER";
    if (holder === null || !(holder.document.valid || !stateKnown)) throw new BorderError("ZONE_MISREAD");
    const { name, birth, expired } = holder;
    return { document: holder.document.canonical, name, birth, expired, stateKnown };
  }
  const written = ask.document?.trim() ?? "";
  const read = written === "" ? null : normalise("document", written);
  if (read !== null && !read.valid) throw new BorderError("NOT_A_DOCUMENT", written.slice(0, 40));
  const name = ask.name?.trim() ?? "";
  if (read === null && (name === "" || ask.birth === undefined)) throw new BorderError("NOTHING_TO_CHECK");
  const typed = { document: read?.canonical ?? null, name, birth: ask.birth ?? null };
  return { ...typed, expired: false, stateKnown: true };
}

export interface Known {
  list: ListInUse;
  entry: WatchEntry & { id: Id };
}
export interface Found extends Known {
  kind: "compare" | "listed";
  by: "document" | "name-birth";
}

/** Entries of the lists of a purpose, by number and by day of birth. */
export interface Index {
  byDocument: ReadonlyMap<string, readonly Known[]>;
  byBirth: ReadonlyMap<string, readonly Known[]>;
}

export function indexOf(lists: readonly ListInUse[]): Index {
  const byDocument = new Map<string, Known[]>();
  const byBirth = new Map<string, Known[]>();
  const put = (map: Map<string, Known[]>, key: string, known: Known): void => {
    const there = map.get(key);
    if (there === undefined) map.set(key, [known]);
    else there.push(known);
  };
  for (const list of lists)
    for (const entry of list.entries) {
      if (entry.document !== null) put(byDocument, documentKey(entry.document), { list, entry });
      if (entry.birth !== null) put(byBirth, entry.birth, { list, entry });
    }
  return { byDocument, byBirth };
}

/** Under its state; where the letters of the state say none, under any: a human compares. */
function byNumber({ byDocument }: Index, { document, stateKnown }: Traveller): readonly Known[] {
  if (document === null) return [];
  const key = documentKey(document);
  if (stateKnown) return byDocument.get(key) ?? [];
  const number = key.slice(key.indexOf(":"));
  return [...byDocument].filter(([one]) => one.endsWith(number)).flatMap(([, known]) => known);
}

/**
 * What the lists at hand know of her. The number of a document lists; a name with its day of birth, or a number that
 * comes with another day of birth or under letters of no state, is for a human to compare (HIT-6).
 */
export function judge(index: Index, who: Traveller, now: Date): Found[] {
  const today = now.toISOString().slice(0, 10);
  const found = new Map<Id, Found>();
  for (const known of byNumber(index, who)) {
    const { birth } = known.entry;
    const agrees = who.stateKnown && (birth === null || who.birth === null || birth === who.birth);
    found.set(known.entry.id, { ...known, kind: agrees ? "listed" : "compare", by: "document" });
  }
  for (const known of who.birth === null || who.name === "" ? [] : (index.byBirth.get(who.birth) ?? []))
    if (!found.has(known.entry.id) && compareNames(known.entry.name, who.name).likeness !== "other")
      found.set(known.entry.id, { ...known, kind: "compare", by: "name-birth" });
  // RET-1: past its review date an entry rests. A list that ended since it was loaded rests too.
  const live = [...found.values()].filter(
    ({ entry, list }) => entry.review >= today && Date.parse(list.until) > now.getTime(),
  );
  // EV-6: what is graded C, X or 4 alerts nobody by itself; beside something firmer it is shown.
  return live.some(({ entry }) => !isWeak(entry.evaluation)) ? live : [];
}

export const answerOf = (found: readonly { kind: "compare" | "listed" }[]): BorderAnswer =>
  found.some(({ kind }) => kind === "listed") ? "listed" : found.length > 0 ? "compare" : "nothing";
