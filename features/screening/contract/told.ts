// One conversation as it is kept and as it reaches the victim desk: how it was held, what was answered.
import type { Given, Interview, ScreeningLanguage } from "./set.ts";

/** How the conversation is held. */
export interface Setup {
  hers: ScreeningLanguage;
  officers: ScreeningLanguage;
  /** Who interpreted, so that one who is near the traffickers can be found later; null without one. */
  interpreter: { name: string; contact: string } | null;
  /** Wristband or tent, so that the desk finds her; never a name. */
  mark: string;
}

/** A conversation that goes on, as the host keeps it. */
export interface Work {
  /** Of this conversation. */
  id: string;
  set: string;
  began: string;
  setup: Setup;
  given: readonly Given[];
}

/** What is sealed to the desk: all of a conversation or the part that is new; parts of one conversation add up. */
export interface Told extends Setup {
  screening: string;
  set: string;
  began: string;
  given: Given[];
  /** Null while it goes on. */
  ended: "finished" | "stopped" | null;
}

export const toldOf = (work: Work, given: readonly Given[], ended: Told["ended"]): Told => ({
  ...{ screening: work.id, set: work.set, began: work.began, ...work.setup },
  ...{ given: [...given], ended },
});

/** Characters of answers that one sealed part carries at most; three bytes each leave room below 400 kB. */
const mostInOne = 80_000;
const mostAnswers = 200;

/** A whole conversation in parts, each small enough to be sent; the last one says how it ended. */
export function inParts(work: Work, ended: Told["ended"]): Told[] {
  const parts: Given[][] = [[]];
  let size = 0;
  for (const one of work.given) {
    const length = JSON.stringify(one).length;
    const last = parts.at(-1)!;
    if (last.length === mostAnswers || (size + length > mostInOne && last.length > 0)) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)!.push(one);
    size += length;
  }
  return parts.map((given, at) => toldOf(work, given, at === parts.length - 1 ? ended : null));
}

/** A conversation as the desk reads it, put together from its parts. */
export interface Conversation extends Interview {
  set: string;
  hers: ScreeningLanguage;
  officers: ScreeningLanguage;
  interpreter: Setup["interpreter"];
  mark: string;
  began: string;
  ended: Told["ended"];
}

/** Parts of several conversations, in any order, some of them twice; oldest conversation first. */
export function conversations(parts: readonly Told[]): Conversation[] {
  const all = new Map<string, Conversation & { given: Given[] }>();
  for (const part of parts) {
    const { screening, given, ended, ...how } = part;
    const known = all.get(screening) ?? { id: screening, ...how, given: [], ended: null };
    const ids = new Set(known.given.map((one) => one.id));
    all.set(screening, {
      ...known,
      given: [...known.given, ...given.filter((one) => !ids.has(one.id))],
      ended: ended ?? known.ended,
    });
  }
  return [...all.values()].sort((a, b) =>
    a.began < b.began ? -1 : a.began > b.began ? 1 : a.id < b.id ? -1 : 1,
  );
}
