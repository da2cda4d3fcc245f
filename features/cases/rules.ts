// The decisions of the cases room, from values alone: dates with their precision, edits that meet, who is protected.
import { Handling, holderRoles } from "@simpul/model";
import type { HolderRole } from "@simpul/model";
import { CasesError } from "./contract.ts";
import type { CaseState, Name } from "./contract.ts";

/**
 * A date as far as it is known, in the subset of EDTF (ISO 8601-2) that a case needs: `2031`, `2031-04`,
 * `2031-04-17`, `2031-04-17T02:30+07:00`; a closing `~` says "about".
 */
export interface When {
  text: string;
  precision: "year" | "month" | "day" | "minute";
  about: boolean;
  /** The first instant it may mean; days are days in UTC unless an offset is given. */
  begins: Date;
  /** The first instant it can no longer mean. */
  ends: Date;
}

// The Buddhist year 2574 is 2031: a year past this is another calendar's, and references use ISO dates.
const years = { first: 1850, last: 2300 };
const form = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(Z|[+-]\d{2}:\d{2}))?)?)?(~?)$/;

/** Throws `NOT_A_DATE` for what is no date of the calendar, or of another calendar. */
export function parseWhen(text: string): When {
  const parts = form.exec(text);
  if (!parts) throw new CasesError("NOT_A_DATE", text.slice(0, 40));
  const [, y, m, d, hour, minute, zone, about] = parts;
  const year = Number(y);
  const month = m === undefined ? 0 : Number(m) - 1;
  const day = d === undefined ? 1 : Number(d);
  const midnight = new Date(Date.UTC(year, month, day));
  const real =
    year >= years.first &&
    year <= years.last &&
    midnight.getUTCMonth() === month &&
    midnight.getUTCDate() === day &&
    (hour === undefined || (Number(hour) < 24 && Number(minute) < 60));
  if (!real) throw new CasesError("NOT_A_DATE", text.slice(0, 40));
  const base = { text, about: about === "~" };
  if (hour !== undefined) {
    const begins = new Date(`${y!}-${m!}-${d!}T${hour}:${minute!}:00${zone!}`);
    if (Number.isNaN(begins.getTime())) throw new CasesError("NOT_A_DATE", text.slice(0, 40));
    return { ...base, precision: "minute", begins, ends: new Date(begins.getTime() + 60_000) };
  }
  if (d !== undefined)
    return { ...base, precision: "day", begins: midnight, ends: new Date(Date.UTC(year, month, day + 1)) };
  if (m !== undefined)
    return { ...base, precision: "month", begins: midnight, ends: new Date(Date.UTC(year, month + 1, 1)) };
  return { ...base, precision: "year", begins: midnight, ends: new Date(Date.UTC(year + 1, 0, 1)) };
}

/** VIC-1: those of whom a case keeps a pseudonym and nothing else. */
export const protectedRoles: readonly HolderRole[] = ["victim", "witness", "family"];
export const isProtected = (role: HolderRole): boolean => protectedRoles.includes(role);

/** The letter of a pseudonym; `V-3` is the third victim named in a case. */
export const pseudonymLetter = (role: HolderRole): string =>
  ({ victim: "V", witness: "W", family: "F" })[role as "victim" | "witness" | "family"];

/** The next pseudonym of a role, after the highest that the case ever gave. */
export function nextPseudonym(role: HolderRole, given: readonly string[]): string {
  const letter = pseudonymLetter(role);
  const numbers = given.map((name) => Number(new RegExp(`^${letter}-(\\d+)$`).exec(name)?.[1] ?? 0));
  return `${letter}-${String(Math.max(0, ...numbers) + 1)}`;
}

/** Throws `NAME_OF_PROTECTED` when a protected subject comes with anything that could name her (VIC-1). */
export function refuseIdentity(subject: {
  role: HolderRole;
  names: readonly unknown[];
  birth: string | null;
  nationalities: readonly string[];
  note: string;
}): void {
  const named =
    subject.names.length > 0 ||
    subject.birth !== null ||
    subject.nationalities.length > 0 ||
    subject.note !== "";
  if (isProtected(subject.role) && named) throw new CasesError("NAME_OF_PROTECTED", subject.role);
}

/** What becomes of an edit, given the standing value and the newest version number of the field. */
export type Weighed =
  { kind: "same" } | { kind: "stands"; version: number } | { kind: "conflict"; version: number };

/**
 * An edit stands when its author had read the value that stands. Otherwise both are kept and an officer chooses
 * (test scenario 8): nobody's words are lost because somebody else was quicker.
 */
export function weigh(
  standing: { version: number; value: unknown },
  newest: number,
  edit: { read: number; value: unknown },
): Weighed {
  if (sameValue(standing.value, edit.value)) return { kind: "same" };
  return { kind: edit.read === standing.version ? "stands" : "conflict", version: newest + 1 };
}

/** Equal as JSON, whatever the order of keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value ?? null);
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, v]) => `${JSON.stringify(key)}:${canonical(v)}`).join(",")}}`;
}

const ways: Record<CaseState, readonly CaseState[]> = {
  open: ["suspended", "closed"],
  suspended: ["open", "closed"],
  closed: ["open"],
};
/** May a case go from one state to the other? A closed one is opened again before anything else. */
export const mayBecome = (from: CaseState, to: CaseState): boolean => ways[from].includes(to);

/** The name that stands for a subject or place: as written, and how it reads. */
export function mainName(of: { names: readonly Name[]; pseudonym?: string | null }): Name {
  const name = of.names.find((n) => n.alias !== true) ?? of.names[0];
  return name ?? { text: of.pseudonym ?? "", language: "und" };
}

/** HC-4: what a view of several records demands together. */
export const handlingOf = (records: readonly { handling: Handling }[]): Handling =>
  records.length === 0 ? Handling.usual : Handling.union(records.map((record) => record.handling));

/** The roles in the order in which a person is asked to choose one. */
export const rolesInOrder: readonly HolderRole[] = holderRoles;

/** Limits of the room: what one case and one answer may hold. */
export const limits = {
  recordsOfKind: 20_000,
  names: 30,
  nationalities: 10,
  subjectsOfEvent: 200,
  itemsAtOpening: 500,
  shown: 2_000,
  list: 100,
  search: 20,
  openConflicts: 20,
} as const;
