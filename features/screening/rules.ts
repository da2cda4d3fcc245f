// Whom to presume a victim: by rule over what was answered, never by a score, and never against her.
import type {
  Age,
  Answer,
  Element,
  Given,
  Interview,
  Presumption,
  Question,
  QuestionSet,
  Reason,
  SeenIndicator,
} from "./contract/set.ts";
import { elements } from "./contract/set.ts";

/** Of each question the answer that stands: the newest; of two at one instant the one with the later id. */
export function standing(given: readonly Given[]): ReadonlyMap<string, Given> {
  const last = new Map<string, Given>();
  for (const one of given) {
    const before = last.get(one.question);
    if (before === undefined || before.at < one.at || (before.at === one.at && before.id < one.id))
      last.set(one.question, one);
  }
  return last;
}

const decided = (answer: Answer | undefined): answer is "yes" | "no" => answer === "yes" || answer === "no";
const of = <T>(by: { yes?: T; no?: T } | undefined, answer: Answer | undefined): T | undefined =>
  decided(answer) ? by?.[answer] : undefined;

/** Doubt about age counts as a child, and so does what nobody asked; an adult is who is said to be one by all. */
function ageOf(
  set: QuestionSet,
  answered: readonly ReadonlyMap<string, Given>[],
): { age: Age; why: Reason[] } {
  const asked = set.questions.filter((one) => one.age !== undefined);
  const said = answered.flatMap((map) => asked.flatMap((one) => of(one.age, map.get(one.id)?.answer) ?? []));
  const reason = (code: Reason["code"]): Reason[] => [{ code, facts: {} }];
  if (said.includes("child"))
    return said.includes("adult")
      ? { age: "child", why: reason("age-differs") }
      : { age: "child", why: reason("child") };
  if (said.includes("doubtful")) return { age: "doubtful", why: reason("age-doubtful") };
  if (said.includes("adult")) return { age: "adult", why: [] };
  const tried = answered.some((map) =>
    asked.some((one) => !one.seen && (map.get(one.id)?.answer ?? "not-asked") !== "not-asked"),
  );
  return { age: "doubtful", why: reason(tried ? "age-doubtful" : "age-not-asked") };
}

function seenIn(
  set: QuestionSet,
  interviews: readonly { id: string; map: ReadonlyMap<string, Given> }[],
): SeenIndicator[] {
  const where = new Map<string, string[]>();
  for (const { id, map } of interviews) {
    const here = new Set(set.questions.flatMap((one) => of(one.shows, map.get(one.id)?.answer) ?? []));
    for (const indicator of here) where.set(indicator, [...(where.get(indicator) ?? []), id]);
  }
  return set.indicators
    .filter((one) => where.has(one.id))
    .map((one) => ({ indicator: one.id, elements: one.elements, interviews: where.get(one.id)!.sort() }));
}

/** Whether the question may still show an indicator: nobody has answered it with yes or no. */
const stillOpen = (question: Question, maps: readonly ReadonlyMap<string, Given>[]): boolean =>
  Object.keys(question.shows).length > 0 && !maps.some((map) => decided(map.get(question.id)?.answer));

/**
 * Reads all interviews of one person together: what was seen in any of them counts. An adult is presumed a victim once
 * one means and one purpose were seen (with both there was an act); a child needs no means, so one indicator of any
 * element is enough (Palermo Protocol art. 3(c), ACTIP art. 2). No answer takes anything away that another one showed.
 */
export function presume(interviews: readonly Interview[], set: QuestionSet): Presumption {
  const answered = interviews.map(({ id, given }) => ({ id, map: standing(given) }));
  const maps = answered.map((one) => one.map);
  const seen = seenIn(set, answered);
  const by = (element: Element): string[] =>
    seen.filter((one) => one.elements.includes(element)).map((one) => one.indicator);
  const met = { act: by("act"), means: by("means"), purpose: by("purpose") };
  const { age, why } = ageOf(set, maps);
  const asked = set.questions.some(
    (one) =>
      one.section !== "safety" &&
      maps.some((map) => (map.get(one.id)?.answer ?? "not-asked") !== "not-asked"),
  );
  const needs = [
    ...new Set(
      set.questions.flatMap((one) => maps.flatMap((map) => of(one.need, map.get(one.id)?.answer) ?? [])),
    ),
  ];
  const open = set.questions.filter((one) => stillOpen(one, maps)).map((one) => one.id);
  const counts = (element: Element): Reason => ({ code: "missing", facts: { element } });
  const told = { age, seen, met, open, needs: age === "adult" ? needs : [...needs, "child-protection"] };
  if (!asked && seen.length === 0)
    return { kind: "not-screened", ...told, needs, reasons: [{ code: "not-screened", facts: {} }] };
  if (seen.length === 0)
    return { kind: "nothing-yet", ...told, reasons: [{ code: "nothing-seen", facts: {} }, ...why] };
  if (age !== "adult")
    return { kind: "presumed", ...told, reasons: [{ code: "child-and-sign", facts: {} }, ...why] };
  if (met.means.length > 0 && met.purpose.length > 0)
    return { kind: "presumed", ...told, reasons: [{ code: "means-and-purpose", facts: {} }] };
  const missing = elements.filter((one) => one !== "act" && met[one].length === 0).map(counts);
  return { kind: "indicators", ...told, reasons: missing };
}
