// Her way home or elsewhere: what she chose, what was weighed, what is arranged, by when (VIC-5).
import type { Id } from "@simpul/model";
import {
  entriesOf,
  type AtDesk,
  type DueDay,
  type EntryKind,
  type OpenDesk,
  type Person,
} from "../victims/contract.ts";
import {
  ReturnsError,
  type Choice,
  type Plan,
  type Reflection,
  type Risk,
  type StepSaid,
} from "./contract.ts";
import { choiceKind, reflectionKind, riskKind, stepKind } from "./kinds.ts";
import { ReferralsError } from "../referrals/contract.ts";
import { todayOf, type ReturnsNode } from "./node.ts";
import { followUps, hindrancesOf, nextOf, standing, type PlanFacts } from "./rules.ts";

/** What was said here, and before another desk handed her over: she is not asked the same twice. Oldest first. */
const saidOf = <D>(node: ReturnsNode, person: Person, kind: EntryKind<D>): (D & { at: string })[] =>
  [...node.brought(person, kind), ...entriesOf(person, kind)]
    .map(({ at, data }) => ({ ...data, at }))
    .sort((one, two) => (one.at < two.at ? -1 : one.at > two.at ? 1 : 0));

function factsOf(node: ReturnsNode, person: Person): PlanFacts {
  return {
    child: person.age === "child" || person.age === "doubt",
    choice: saidOf(node, person, choiceKind).at(-1) ?? null,
    risk: saidOf(node, person, riskKind).at(-1) ?? null,
    steps: saidOf(node, person, stepKind),
    // A period of another state's law ended with its care.
    reflection: reflectionIn(person),
  };
}

function reflectionIn(person: Person): (Reflection & { at: string }) | null {
  const entry = entriesOf(person, reflectionKind).at(-1);
  return entry === undefined ? null : { ...entry.data, at: entry.at };
}

function planOf(node: ReturnsNode, person: Person): Plan {
  const facts = factsOf(node, person);
  const today = todayOf(node);
  const { represented } = node.terms;
  const { nationalities, stateless, languages } = person.facts;
  const acts = [
    ...nationalities
      .filter((of) => of.toLowerCase() !== node.code)
      .map((of) => ({ of, ...(represented.states[of] ?? represented.default) })),
    ...(stateless ? [{ of: "", ...represented.stateless }] : []),
  ];
  return {
    person: {
      id: person.id,
      pseudonym: person.pseudonym,
      age: person.age,
      nationalities,
      stateless,
      languages,
    },
    choice: facts.choice,
    changes: Math.max(0, saidOf(node, person, choiceKind).length - 1),
    risk: facts.risk,
    steps: standing(facts.steps),
    reflection: facts.reflection,
    hindrances: hindrancesOf(facts, today),
    next: nextOf(facts, today),
    represented: acts,
  };
}

/** Steps that are planned and the end of a period of reflection, for the desk's reminder. */
export function daysOf(node: ReturnsNode, person: Person): DueDay[] {
  const { steps } = factsOf(node, person);
  const reflection = reflectionIn(person);
  const to = `/returns/people/${person.id}`;
  const days = standing(steps)
    .filter((one) => one.state === "planned" && one.on !== null)
    .map((one) => ({ on: one.on!, words: `returns.step.${one.step}`, to }));
  // Its end asks for something once: she is asked again.
  const asks = reflection !== null && saidOf(node, person, choiceKind).every(({ at }) => at < reflection.at);
  return asks ? [...days, { on: reflection.until, words: "returns.step.reflection", to }] : days;
}

/** Throws `NOT_FOUND`. */
export function personOf(desk: OpenDesk, id: Id): Person {
  const person = desk.person(id);
  if (person === null) throw new ReturnsError("NOT_FOUND");
  return person;
}

/** Everybody with a plan: what is due first. */
export async function planner(node: ReturnsNode, who: AtDesk): Promise<Plan[]> {
  const desk = await node.compartment.open(who);
  const plans: Plan[] = [];
  for (const person of desk.people()) {
    const plan = planOf(node, person);
    if (plan.choice ?? plan.risk ?? plan.reflection ?? plan.steps[0]) plans.push(plan);
  }
  const day = (one: Plan): string => one.next?.on ?? "9";
  return plans.sort((a, b) =>
    day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : a.person.pseudonym < b.person.pseudonym ? -1 : 1,
  );
}

export async function planView(node: ReturnsNode, who: AtDesk, id: Id): Promise<Plan> {
  return planOf(node, personOf(await node.compartment.open(who), id));
}

export type Said =
  | { what: "choice"; data: Choice }
  | { what: "risk"; data: Risk }
  | { what: "reflection"; data: Reflection }
  | { what: "step"; data: StepSaid };

/**
 * Keeps one fact of the plan. A departure is planned or done only while nothing stands in its way; an arrival sets the days
 * on which somebody asks how she is. Throws `NOT_VOLUNTARY` with what stands in the way.
 */
export async function say(node: ReturnsNode, who: AtDesk, id: Id, said: Said): Promise<void> {
  const desk = await node.compartment.open(who);
  const person = personOf(desk, id);
  const facts = factsOf(node, person);
  if (said.what === "step" && said.data.step === "departure" && said.data.state !== "not-needed") {
    const why = hindrancesOf(facts, todayOf(node));
    if (why.length > 0) throw new ReturnsError("NOT_VOLUNTARY", { why: why.join(", ") });
  }
  await desk.act(async (tx) => {
    // VIC-4: her way home is planned where she is looked after.
    const state = await node.shares.elsewhere(tx, person);
    if (state !== null) throw new ReferralsError("MOVED_AWAY", { state });
    switch (said.what) {
      case "choice":
        await tx.append(person.id, choiceKind, said.data);
        break;
      case "risk":
        await tx.append(person.id, riskKind, said.data);
        break;
      case "reflection":
        await tx.append(person.id, reflectionKind, said.data);
        break;
      case "step":
        await tx.append(person.id, stepKind, said.data);
        if (said.data.step === "arrival" && said.data.state === "done" && said.data.on !== null)
          for (const on of followUps(said.data.on, node.terms.followUpDays.days))
            await tx.append(person.id, stepKind, {
              step: "follow-up",
              state: "planned",
              on,
              who: "",
              text: "",
            });
        break;
    }
  });
  node.wake(`shares:${node.code}`);
}
