// What stands in the way of somebody leaving, the next day that counts, and why two descriptions may mean one person. No score.
import type { Choice, Hindrance, Reflection, Risk, StepSaid } from "./contract.ts";

export interface PlanFacts {
  child: boolean;
  choice: (Choice & { at: string }) | null;
  risk: (Risk & { at: string }) | null;
  steps: readonly (StepSaid & { at: string })[];
  reflection: Reflection | null;
}

/**
 * Nobody leaves unless she chose it after the risks were told, and they may be borne; her latest word counts. A period of
 * reflection that still runs is hers to end: choosing again after it began does.
 */
export function hindrancesOf(facts: PlanFacts, today: string): Hindrance[] {
  const { choice, risk, reflection, child } = facts;
  const found: Hindrance[] = [];
  if (choice === null) found.push("no-choice");
  else if (choice.wants !== "return" && choice.wants !== "elsewhere") found.push("not-voluntary");
  if (risk === null) found.push("no-risk-assessment");
  else {
    if (risk.conclusion === "not-now") found.push("not-now");
    if (choice !== null && risk.at > choice.at) found.push("risk-older");
  }
  if (child && choice !== null && choice.guardian === null) found.push("no-guardian");
  if (
    reflection !== null &&
    today < reflection.until &&
    (choice === null || choice.at.slice(0, 10) < reflection.from)
  )
    found.push("reflection");
  return found;
}

/** The latest word on each step. */
export function standing(steps: PlanFacts["steps"]): (StepSaid & { at: string })[] {
  const latest = new Map<string, StepSaid & { at: string }>();
  for (const one of [...steps].sort((a, b) => (a.at < b.at ? -1 : 1)))
    // Follow-ups are many; each day is its own.
    latest.set(one.step === "follow-up" ? `follow-up ${one.on ?? one.at}` : one.step, one);
  const day = (one: StepSaid): string => one.on ?? "9";
  return [...latest.values()].sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0));
}

export function nextOf(facts: PlanFacts, today: string): { what: string; on: string } | null {
  const days: { what: string; on: string }[] = standing(facts.steps)
    .filter((one) => one.state === "planned" && one.on !== null)
    .map((one) => ({ what: one.step, on: one.on! }));
  if (facts.reflection !== null && facts.reflection.until >= today)
    days.push({ what: "reflection", on: facts.reflection.until });
  return days.sort((a, b) => (a.on < b.on ? -1 : 1))[0] ?? null;
}

/** After an arrival: the days on which somebody asks how she is. */
export const followUps = (arrival: string, after: readonly number[]): string[] =>
  after.map((days) => new Date(Date.parse(arrival) + days * 86_400_000).toISOString().slice(0, 10));

const words = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((one) => one.length > 1);

export interface Described {
  names: string;
  born: string;
  nationality: string;
  sex: string;
}

/** Reasons for which two descriptions may mean one person; empty where a name is all that could have matched and does not. */
export function likeness(one: Described, other: Described): string[] {
  const mine = words(one.names);
  const names = mine.length > 0 && mine.filter((word) => words(other.names).includes(word)).length;
  const year = one.born.slice(0, 4);
  const sameYear = /^\d{4}$/.test(year) && other.born.startsWith(year);
  const sameState =
    one.nationality !== "" && one.nationality.toUpperCase() === other.nationality.toUpperCase();
  const otherSex =
    one.sex !== "" && other.sex !== "" && one.sex !== other.sex && ![one.sex, other.sex].includes("not-said");
  if (otherSex) return [];
  const because = [
    ...(names !== false && names > 0 ? ["name"] : []),
    ...(sameYear ? ["year"] : []),
    ...(sameState ? ["nationality"] : []),
  ];
  return because.includes("name") || because.length === 2 ? because : [];
}
