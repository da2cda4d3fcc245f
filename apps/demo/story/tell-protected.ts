// Tells a node's victim desk its part of the exercise, by the acts its officers have: lists, screenings, referrals, plans.
import type { Id, Officer } from "@simpul/model";
import { sayConsent } from "@simpul/features/referrals/consent.ts";
import { refer } from "@simpul/features/referrals/referral.ts";
import { keepService } from "@simpul/features/referrals/services.ts";
import { say } from "@simpul/features/returns/plan.ts";
import { toldOf, type Work } from "@simpul/features/screening/contract.ts";
import { decide } from "@simpul/features/screening/desk.ts";
import { toldKind } from "@simpul/features/screening/kinds.ts";
import { takeList } from "@simpul/features/surge/lists.ts";
import { compartmentOf } from "@simpul/features/victims/compartment.ts";
import { factsKind, randomId, type AtDesk, type Person } from "@simpul/features/victims/contract.ts";
import * as desk from "@simpul/features/victims/opening.ts";
import {
  accessNode,
  referralsNode,
  returnsNode,
  screeningNode,
  surgeNode,
  victimsNode,
  type Node,
} from "@simpul/server";
import { listOf } from "./list.ts";
import { desks, type StoryDeskWork, type StoryPerson } from "./protected.ts";

const day = 86_400_000;

/** In the name of the supervisor of the victim desk: everything that it already did. Its key is made before. */
export async function tellProtected(node: Node, officer: Officer): Promise<void> {
  const work = desks.find(({ code }) => code === node.code);
  if (work === undefined) return;
  const rooms = roomsOf(node);
  const who: AtDesk = { officer, purpose: "victim-assistance", session: randomId() };
  await desk.openByPassphrase(rooms.victims, who, desk.exercisePassphrase);
  try {
    const until = new Date(node.clock.now().getTime() + 365 * day).toISOString().slice(0, 10);
    const services = new Map<string, { id: Id; name: string }>();
    for (const one of work.services) {
      const standing = { actor: officer, purpose: who.purpose };
      const id = await keepService(rooms.referrals, standing, null, { ...one, vettedUntil: until });
      services.set(one.kinds[0]!, { id, name: one.name });
    }
    await takeIn(rooms, who, work);
    for (const one of work.people) await tellPerson(rooms, who, { work, one, services });
  } finally {
    await desk.closeDesk(rooms.victims, who);
  }
}

function roomsOf(node: Node) {
  const access = accessNode(node, "http://localhost");
  const victims = victimsNode(node, access);
  const compartment = compartmentOf(victims);
  const referrals = referralsNode(node, access, victims);
  return {
    ...{ node, victims, compartment, referrals, returns: returnsNode(node, referrals) },
    screening: screeningNode(victims),
    surge: surgeNode(node, victims, compartment),
  };
}
type Rooms = ReturnType<typeof roomsOf>;

async function takeIn({ surge }: Rooms, who: AtDesk, work: StoryDeskWork): Promise<void> {
  const bytes = new TextEncoder().encode(listOf(work));
  const list = await takeList(surge, who, { name: work.list.name, bytes });
  await surge.memory.running.get(list);
}

interface Telling {
  work: StoryDeskWork;
  one: StoryPerson;
  services: ReadonlyMap<string, { id: Id; name: string }>;
}

async function tellPerson(rooms: Rooms, who: AtDesk, { work, one, services }: Telling): Promise<void> {
  const open = await rooms.compartment.open(who);
  const told = one.told === undefined ? null : conversation(rooms, work, one.told);
  const listed = one.onTheList === true ? onTheList(open.people(), one) : null;
  const id = await open.act(async (tx) => {
    const person = listed ?? (await tx.create(one.facts));
    if (listed !== null) await tx.append(person, factsKind, one.facts);
    if (told !== null) await tx.append(person, toldKind, toldOf(told, told.given, "finished"));
    return person;
  });
  if (one.decided !== undefined)
    await decide(rooms.screening, who, id, { status: one.decided, note: "", language: work.officers });
  if (one.referred !== undefined) await referred(rooms, who, id, one, services.get(one.referred.kind)!);
  await planned(rooms, who, id, one);
}

function onTheList(people: Iterable<Person>, one: StoryPerson): Id | null {
  const name = one.facts.names!.at(-1)!.text;
  for (const { id, facts } of people) if (facts.names.some(({ text }) => text === name)) return id;
  return null;
}

function conversation(
  { node, screening }: Rooms,
  work: StoryDeskWork,
  told: NonNullable<StoryPerson["told"]>,
): Work {
  const set = [...screening.sets.values()].at(-1)!;
  const at = new Date(node.clock.now().getTime() - 2 * day).toISOString();
  const setup = { hers: work.officers, officers: work.officers, interpreter: null, mark: "" };
  const given = set.questions.flatMap(({ id: question }) => {
    const answer = told[question];
    return answer === undefined ? [] : [{ id: randomId(), question, answer, details: "", at }];
  });
  return { id: randomId(), set: set.version, began: at, setup, given };
}

async function referred(
  { referrals }: Rooms,
  who: AtDesk,
  id: Id,
  { facts, referred }: StoryPerson,
  service: { id: Id; name: string },
): Promise<void> {
  const { kind, urgent, note, guardian } = referred!;
  const recipient = { kind: "service" as const, id: service.id };
  const language = facts.languages![0]!;
  await sayConsent(referrals, who, id, {
    ...{ recipient, recipientName: service.name, purpose: "help", data: ["name", "language"], onward: false },
    ...{ answer: "given", language, text: referrals.explanation.version, how: "heard", interpreter: "" },
    guardian: guardian === null ? null : { name: guardian, relation: "sister" },
  });
  const data = { name: facts.names![0]!.text, language };
  const given = { kind, purpose: "help" as const, urgent, data, note, onward: false };
  await refer(referrals, who, id, { share: randomId(), recipient, given });
}

async function planned({ returns, node }: Rooms, who: AtDesk, id: Id, one: StoryPerson): Promise<void> {
  if (one.choice !== undefined) {
    const language = one.facts.languages![0]!;
    const data = { ...one.choice, language, interpreter: "", guardian: one.referred?.guardian ?? null };
    const guardian = data.guardian === null ? null : { name: data.guardian, relation: "sister" };
    await say(returns, who, id, { what: "choice", data: { ...data, guardian } });
  }
  for (const { step, state, inDays } of one.steps ?? []) {
    const on = new Date(node.clock.now().getTime() + inDays * day).toISOString().slice(0, 10);
    await say(returns, who, id, { what: "step", data: { step, state, on, who: "", text: "" } });
  }
}
