// Which acts take two persons: what they take by themselves, what a state may set by act, type and handling (MSG-3),
// and the floor below which no setting goes.
import { handlingCodes, type HandlingCode } from "@simpul/model";
import { acts, type Act } from "./acts.ts";
import { PolicyError } from "./errors.ts";
import type { RecordFacts, RequestType } from "./records.ts";

/** Acts that one officer does alone unless this state asks that a colleague who may do it herself agrees. */
export const agreeable = [
  "evidence.export",
  "permission.decide",
  "retention.delete",
  "operation.vote",
  "joint.sign",
  "joint.release",
] as const satisfies readonly Act[];
export type AgreeableAct = (typeof agreeable)[number];

/** Who wrote something lets it go herself only where a rule of these says so; all else that takes two persons always does. */
export const loosenable = [
  "request.approve",
  "release",
  "recall.approve",
  "assistance.freeze",
  "advert.release",
] as const satisfies readonly Act[];
export type LoosenableAct = (typeof loosenable)[number];

/** What carries one of these never leaves by one person: another state may not pass it on freely (HC-6). */
const heavy: readonly HandlingCode[] = ["H2", "H3"];
/** Acts whose handling is known where they are decided. */
const carrying: readonly Act[] = ["request.approve", "release", "evidence.export"];
const leaving: readonly Act[] = ["request.approve", "release"];

export const requestTypes = [
  "request",
  "information",
  "warning",
  "administrative",
] as const satisfies readonly RequestType[];

/** One line of the setting; the first that fits an act on a record decides. */
export interface TwoPersonsRule {
  act: LoosenableAct | AgreeableAct;
  persons: 1 | 2;
  /** Of `request.approve` alone: only for these; absent: for all. */
  types?: readonly RequestType[];
  /**
   * Two persons: where at least one of these codes is on it. One person: only where every code on it is one of these,
   * and they are known. Absent: whatever its codes.
   */
  handling?: readonly HandlingCode[];
}

export interface TwoPersons {
  /** Named in the log and on the page. */
  version: string;
  rules: readonly TwoPersonsRule[];
}

/** Nothing is set: each act takes what it takes by itself. */
export const asItComes: TwoPersons = { version: "none", rules: [] };

/** Throws `TWO_PERSONS_INVALID`, naming the rule, for one that says nothing that can be meant, or goes below the floor. */
export function checkTwoPersons(given: TwoPersons): TwoPersons {
  for (const [nth, rule] of given.rules.entries()) {
    const refuse = (why: string): never => {
      throw new PolicyError("TWO_PERSONS_INVALID", `rule ${nth + 1}, ${rule.act}: ${why}`);
    };
    const { act, persons, types, handling } = rule;
    if (!(act in acts)) refuse("no such act");
    const known: readonly string[] = [...agreeable, ...loosenable];
    if (!known.includes(act)) refuse("takes what it takes; no state sets it");
    if (types !== undefined && act !== "request.approve") refuse("only request.approve has types");
    if (handling !== undefined && !carrying.includes(act))
      refuse("its handling is not known when it is done");
    if (handling?.some((code) => !handlingCodes.includes(code)) === true) refuse("no such handling code");
    if (persons === 2 || !leaving.includes(act)) continue;
    if (handling === undefined || handling.some((code) => heavy.includes(code)))
      refuse(`what carries ${heavy.join(" or ")} always takes two; name handling without them`);
  }
  return given;
}

function fits(rule: TwoPersonsRule, act: Act, record: RecordFacts): boolean {
  if (rule.act !== act) return false;
  if (rule.types !== undefined)
    if (record.kind !== "request" || record.type === undefined || !rule.types.includes(record.type))
      return false;
  const { handling } = rule;
  if (handling === undefined) return true;
  const codes = codesOn(record);
  return rule.persons === 2
    ? codes.some((code) => handling.includes(code))
    : codes.length > 0 && codes.every((code) => handling.includes(code));
}

function codesOn(record: RecordFacts): readonly HandlingCode[] {
  switch (record.kind) {
    case "request":
    case "release":
      return record.codes ?? [];
    case "case":
    case "item":
      return record.terms?.codes ?? [];
    default:
      return [];
  }
}

/** How many persons this state lets an act on a record take; null: as it comes. */
export const personsSet = (setting: TwoPersons, act: Act, record: RecordFacts): 1 | 2 | null =>
  setting.rules.find((rule) => fits(rule, act, record))?.persons ?? null;
