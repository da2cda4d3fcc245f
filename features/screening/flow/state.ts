// The conversation as a state: one question a page, back, skip, stop, resume; it knows no screen and no network.
import type { Answer, Given, Question, QuestionSet } from "../contract/set.ts";
import { standing } from "../rules.ts";

export type Place =
  | { at: "intro" }
  | { at: "question"; id: string }
  /** What follows from an answer comes before the next question. */
  | { at: "then"; id: string }
  | { at: "check" }
  | { at: "end" };

export interface Flow {
  set: QuestionSet;
  /** What stands in this conversation, by question. */
  given: Readonly<Record<string, Given>>;
  /** What she told before, by question; shown, and not asked again. */
  earlier: Readonly<Record<string, Given>>;
  place: Place;
  /** She came from the check page to change one answer and returns there. */
  changing: boolean;
  stopped: boolean;
}

const byQuestion = (given: readonly Given[]): Record<string, Given> => Object.fromEntries(standing(given));
const questionOf = (flow: Flow, id: string): Question | undefined =>
  flow.set.questions.find((one) => one.id === id);

/** Questions of this conversation in their order. How she is now is asked each time; the rest only once. */
export const walk = (flow: Flow): Question[] =>
  flow.set.questions.filter(
    (one) => one.section === "safety" || one.seen || !(one.id in flow.earlier) || one.id in flow.given,
  );

/** What counts now: this conversation before what was told earlier. */
export const answerTo = (flow: Flow, question: string): Given | undefined =>
  flow.given[question] ?? flow.earlier[question];

/** Begins, or goes on where a conversation was broken off: at the first question that has no answer yet. */
export function begin(
  set: QuestionSet,
  told: { given?: readonly Given[]; earlier?: readonly Given[] } = {},
): Flow {
  const given = byQuestion(told.given ?? []);
  const earlier = Object.fromEntries(
    Object.entries(byQuestion(told.earlier ?? [])).filter(([, one]) => one.answer !== "not-asked"),
  );
  const flow: Flow = { set, given, earlier, place: { at: "intro" }, changing: false, stopped: false };
  return Object.keys(given).length === 0 ? flow : { ...flow, place: firstOpen(flow) };
}

function firstOpen(flow: Flow): Place {
  const next = walk(flow).find((one) => !(one.id in flow.given));
  return next === undefined ? { at: "check" } : { at: "question", id: next.id };
}

/** Whether this answer asks for something that comes first, such as another place or a doctor. */
const comesFirst = (question: Question, answer: Answer): boolean =>
  question.section === "safety" &&
  (answer === "yes" || answer === "no") &&
  question.need?.[answer] !== undefined;

/** Keeps an answer and goes on: to what must come first, back to the check page, or to the next question. */
export function give(flow: Flow, given: Given): Flow {
  const question = questionOf(flow, given.question);
  if (question === undefined) return flow;
  const kept = { ...flow, given: { ...flow.given, [given.question]: given } };
  return comesFirst(question, given.answer)
    ? { ...kept, place: { at: "then", id: question.id } }
    : forward({ ...kept, place: { at: "question", id: question.id } });
}

/** Keeps an answer and stays, e.g. while she says more. */
export const keep = (flow: Flow, given: Given): Flow =>
  questionOf(flow, given.question) === undefined
    ? flow
    : { ...flow, given: { ...flow.given, [given.question]: given } };

/** The next page; a question left without an answer stays "not asked". */
export function forward(flow: Flow): Flow {
  const { place } = flow;
  if (place.at === "intro") return { ...flow, place: firstPage(flow) };
  if (place.at === "check") return { ...flow, place: { at: "end" } };
  if (place.at === "end") return flow;
  if (flow.changing) return { ...flow, changing: false, place: { at: "check" } };
  const questions = walk(flow);
  const next = questions[questions.findIndex((one) => one.id === place.id) + 1];
  return { ...flow, place: next === undefined ? { at: "check" } : { at: "question", id: next.id } };
}

function firstPage(flow: Flow): Place {
  const first = walk(flow)[0];
  return first === undefined ? { at: "check" } : { at: "question", id: first.id };
}

/** The page before; from the first one nowhere. */
export function back(flow: Flow): Flow {
  const { place } = flow;
  if (place.at === "intro" || place.at === "end") return flow;
  if (flow.changing) return { ...flow, changing: false, place: { at: "check" } };
  const questions = walk(flow);
  if (place.at === "then") return { ...flow, place: { at: "question", id: place.id } };
  const index = place.at === "check" ? questions.length : questions.findIndex((one) => one.id === place.id);
  const before = questions[index - 1];
  return { ...flow, place: before === undefined ? { at: "intro" } : { at: "question", id: before.id } };
}

/** From the check page to one answer and back. */
export const change = (flow: Flow, id: string): Flow => ({
  ...flow,
  changing: true,
  place: { at: "question", id },
});

/** She may stop at any moment; what she said stays, and help does not depend on it. */
export const stop = (flow: Flow): Flow => ({ ...flow, stopped: true, place: { at: "end" } });

/** After a stop she may want to go on after all. */
export const goOn = (flow: Flow): Flow => ({ ...flow, stopped: false, place: firstOpen(flow) });

/** "Question 3 of 30"; null on pages that are no question. */
export function progress(flow: Flow): { number: number; total: number } | null {
  if (flow.place.at !== "question" && flow.place.at !== "then") return null;
  const { id } = flow.place;
  const questions = walk(flow);
  const index = questions.findIndex((one) => one.id === id);
  return {
    number: (index < 0 ? flow.set.questions.findIndex((one) => one.id === id) : index) + 1,
    total: questions.length,
  };
}

/** All answers that stand, as the rule reads them. */
export const toldSoFar = (flow: Flow): Given[] => Object.values({ ...flow.earlier, ...flow.given });
