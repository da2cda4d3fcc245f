// Nationality checks in bulk: a list to the victim desk of a state, an answer for each person, kept with each person.
import type { Id, NodeCode } from "@simpul/model";
import { z } from "zod";
import { clean } from "@simpul/doors/http";
import type { AtDesk } from "../victims/contract.ts";
import { nationalityAnswers, ReturnsError, type Answered, type Asked, type SharedView } from "./contract.ts";
import { nationalityKind } from "./kinds.ts";
import type { ReturnsNode } from "./node.ts";
import { personOf } from "./plan.ts";

export const mostAsked = 500;
const ref = z.string().min(4).max(20);
export const ListShape = z.strictObject({
  people: z
    .array(
      z.strictObject({
        ref,
        names: clean(500),
        born: clean(60),
        sex: clean(20),
        documents: clean(1000),
        note: clean(1000),
      }),
    )
    .min(1)
    .max(mostAsked),
});
export const AnswersShape = z.strictObject({
  answers: z
    .array(z.strictObject({ ref, outcome: z.enum(nationalityAnswers), text: clean(2000) }))
    .max(mostAsked),
});
type List = SharedView<{ people: Asked[] }, { answers: Answered[] }>;

/**
 * Sends what each of them agreed to; who did not is left out and named to the officer. Throws `NOBODY_AGREED` where nobody is
 * left: a state that does not know of her learns nothing of her.
 */
export async function askNationality(
  node: ReturnsNode,
  who: AtDesk,
  ask: { thread: Id; to: NodeCode; people: readonly Id[] },
): Promise<{ id: Id; asked: number; left: string[] }> {
  const desk = await node.compartment.open(who);
  const people = [...new Set(ask.people)].map((id) => personOf(desk, id));
  const agreed = people.filter((one) => node.shares.mayTell(one, ask.to, ["name", "sex-age", "documents"]));
  const left = people.filter((one) => !agreed.includes(one)).map(({ pseudonym }) => pseudonym);
  if (agreed.length === 0) throw new ReturnsError("NOBODY_AGREED", { left: left.length });
  const list = agreed.map(({ pseudonym, facts }): Asked => ({
    ref: pseudonym,
    names: facts.names
      .map(({ text }) => text)
      .join(" / ")
      .slice(0, 500),
    born: facts.born?.written ?? "",
    sex: facts.sex,
    documents: facts.documents
      .map(({ type, number, state }) => `${type} ${state ?? ""} ${number}`.trim())
      .join("; ")
      .slice(0, 1000),
    note: "",
  }));
  const [share] = await node.shares.offer(who, {
    what: "nationality",
    thread: ask.thread,
    to: [ask.to],
    content: { people: list },
  });
  return { id: share!.id, asked: list.length, left };
}

const read = (view: Awaited<ReturnType<ReturnsNode["shares"]["read"]>>): List => ({
  share: view.share,
  content: ListShape.safeParse(view.content).data ?? null,
  answer: AnswersShape.safeParse(view.answer).data ?? null,
});

export async function listChecks(node: ReturnsNode, who: AtDesk): Promise<List[]> {
  const list = [];
  for (const { id } of await node.shares.list(who, "nationality"))
    list.push(read(await node.shares.read(who, id)));
  return list;
}

export const checkView = async (node: ReturnsNode, who: AtDesk, id: Id): Promise<List> =>
  read(await node.shares.read(who, id));

/** An answer for every person of the list, and for nobody else. Throws `NOT_ALL_ANSWERED`. */
export async function answerCheck(
  node: ReturnsNode,
  who: AtDesk,
  id: Id,
  answers: readonly Answered[],
): Promise<void> {
  const { content } = await checkView(node, who, id);
  if (content === null) throw new ReturnsError("NOT_FOUND");
  const asked = new Set(content.people.map((one) => one.ref));
  const given = new Set(answers.map((one) => one.ref));
  if (asked.size !== given.size || answers.length !== given.size || [...given].some((one) => !asked.has(one)))
    throw new ReturnsError("NOT_ALL_ANSWERED", { open: [...asked].filter((one) => !given.has(one)).length });
  await node.shares.answer(who, id, "accepted", { answers });
}

/** What that state said is kept with each person, once. Gives how many. */
export async function keepAnswers(node: ReturnsNode, who: AtDesk, id: Id): Promise<{ kept: number }> {
  const { share, answer } = await checkView(node, who, id);
  if (answer === null || !share.ours || share.peer === null) throw new ReturnsError("NOT_FOUND");
  const state = share.peer;
  const desk = await node.compartment.open(who);
  const fresh = answer.answers.flatMap((one) => {
    const person = desk.byPseudonym(one.ref);
    const known = person?.entries.some(
      ({ kind, data }) =>
        kind === nationalityKind.kind &&
        JSON.stringify(data) === JSON.stringify({ state, outcome: one.outcome, text: one.text }),
    );
    return person === null || known === true
      ? []
      : [{ person: person.id, outcome: one.outcome, text: one.text }];
  });
  if (fresh.length > 0)
    await desk.act(async (tx) => {
      for (const { person, outcome, text } of fresh)
        await tx.append(person, nationalityKind, { state, outcome, text });
    });
  return { kept: fresh.length };
}
