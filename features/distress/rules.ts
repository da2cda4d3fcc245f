// Decisions about messages of people in danger, from values alone: numbers, clocks, who must not be told, what is alike.
import type { AgencyKind } from "@simpul/model";
import type { Excluded, NotToTell, Said } from "./contract.ts";

/** Zeros of the scripts of the region in which digits are written; a phone's keyboard may have only its own. */
const zeros = [0x30, 0x17e0, 0x1040, 0x0e50, 0x0ed0, 0x0be6, 0xff10] as const;

/** The twelve digits of a number as somebody typed it, in any script and grouping; null when it is none. */
export function numberIn(typed: string): string | null {
  let digits = "";
  for (const letter of typed) {
    const code = letter.codePointAt(0)!;
    const zero = zeros.find((one) => code >= one && code <= one + 9);
    if (zero !== undefined) digits += String(code - zero);
    else if (!/[\s\-.·_]/.test(letter)) return null;
  }
  return digits.length === 12 ? digits : null;
}

/** `123456789012` as it is read aloud: `1234 5678 9012`. */
export const grouped = (number: string): string => number.replaceAll(/(\d{4})(?=\d)/g, "$1 ");

const minute = 60_000;
/** Steps of the clock: told to those on duty, to the supervisors, by telephone (MSG-8). */
export const steps = [
  { level: "duty", after: 15 },
  { level: "supervisor", after: 60 },
  { level: "phone", after: 90 },
] as const;
export type Level = (typeof steps)[number]["level"];

/**
 * The clock of what arrives, whatever it says: rounded down to five minutes, so that an alarm is never late and the row
 * tells no exact time. It is the same for every message, so that it tells nothing of one.
 */
export const clockFrom = (now: Date): Date => new Date(Math.floor(now.getTime() / (5 * minute)) * 5 * minute);

/** The steps whose time has come. */
export const dueSteps = (clockAt: Date, now: Date): Level[] =>
  steps.filter(({ after }) => now.getTime() >= clockAt.getTime() + after * minute).map(({ level }) => level);

/** What a caller's words keep out: kinds of agency of this state, and embassies. Guards, family and others have no desk. */
const keptOut: Readonly<Record<NotToTell, readonly AgencyKind[]>> = {
  police: ["police", "cyber-crime"],
  immigration: ["immigration"],
  embassy: ["consular"],
  guards: [],
  family: [],
  other: [],
};

/** A recipient as the rule sees it: where it stands, and who works there now. */
export interface Candidate {
  state: string;
  desk: string | null;
  agency: string | null;
  agencyKind: AgencyKind | null;
  officers: readonly string[];
}

/** Why somebody must not see it: the caller said so, or the desk did; null when nothing stands against it. */
export function excludedBecause(
  candidate: Candidate,
  said: { not: readonly NotToTell[] },
  excluded: readonly Excluded[],
): { by: "caller"; word: NotToTell } | { by: "desk"; kind: Excluded["kind"] } | null {
  const word = said.not.find(
    (one) => candidate.agencyKind !== null && keptOut[one].includes(candidate.agencyKind),
  );
  if (word !== undefined) return { by: "caller", word };
  // One suspected officer at a desk keeps the whole desk out: what a desk is told, all of it may read.
  const named = excluded.find(
    ({ kind, id }) =>
      (kind === "state" && id === candidate.state) ||
      (kind === "agency" && id === candidate.agency) ||
      (kind === "desk" && id === candidate.desk) ||
      (kind === "officer" && candidate.officers.includes(id)),
  );
  return named === undefined ? null : { by: "desk", kind: named.kind };
}

const plain = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, " ").trim();
/** The last eight digits of each number in a text: what stays the same however a number is written. */
function phones(text: string): string[] {
  const digits = Array.from(text, (letter) => {
    const code = letter.codePointAt(0)!;
    const zero = zeros.find((one) => code >= one && code <= one + 9);
    return zero === undefined ? letter : String(code - zero);
  });
  return [...digits.join("").matchAll(/\+?\d[\d\s().-]{6,20}\d/g)]
    .map(([found]) => found.replaceAll(/\D/g, "").slice(-8))
    .filter((one) => one.length === 8);
}
const wordsOf = (text: string): Set<string> =>
  new Set(
    plain(text)
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter((one) => one.length > 3),
  );

/** Why two messages may be about the same people; for the open desk, which decides. Empty: nothing speaks for it. */
export function alike(a: Said, b: Said): ("phone" | "name" | "place")[] {
  const numbers = (said: Said): string[] =>
    phones([said.contact, said.call?.phone ?? "", said.more].join(" \n "));
  const own = numbers(a);
  const name = (said: Said): string => plain(said.call?.person ?? "");
  const place = wordsOf(a.where);
  const common = [...wordsOf(b.where)].filter((one) => place.has(one)).length;
  return [
    ...(numbers(b).some((one) => own.includes(one)) ? (["phone"] as const) : []),
    ...(name(a) !== "" && name(a) === name(b) ? (["name"] as const) : []),
    ...(common >= 3 || (plain(a.where) !== "" && plain(a.where) === plain(b.where))
      ? (["place"] as const)
      : []),
  ];
}

/** Order in which a desk looks: nobody has looked yet, then danger, then age. Smaller comes first. */
export const pressing = (one: { taken: boolean; danger: Said["danger"]; child: boolean }): number =>
  (one.taken ? 10 : 0) + (one.danger === "life" ? 0 : one.danger === "hurt" ? 2 : 4) - (one.child ? 1 : 0);
