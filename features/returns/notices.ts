// Missing and unidentified people between victim desks: sealed notices, compared by an officer at each desk with its own book.
import type { Id, NodeCode } from "@simpul/model";
import type { AtDesk, Person } from "../victims/contract.ts";
import { z } from "zod";
import { clean } from "@simpul/doors/http";
import { noticeAnswers, type Likeness, type Notice, type SharedView } from "./contract.ts";
import type { ReturnsNode } from "./node.ts";
import { likeness, type Described } from "./rules.ts";

export const NoticeShape = z.strictObject({
  kind: z.enum(["missing", "unidentified"]),
  names: clean(300),
  sex: z.enum(["female", "male", "other", "not-said"]),
  born: clean(40),
  nationality: z.string().regex(/^([A-Z]{2})?$/),
  lastSeen: clean(1000),
  marks: clean(2000),
  asks: clean(1000),
});
export const NoticeAnswerShape = z.strictObject({ outcome: z.enum(noticeAnswers), text: clean(2000) });
export type NoticeAnswer = z.infer<typeof NoticeAnswerShape>;

export async function sendNotice(
  node: ReturnsNode,
  who: AtDesk,
  ask: { thread: Id; to: readonly NodeCode[]; notice: Notice },
): Promise<{ id: Id; peer: NodeCode }[]> {
  return node.shares.offer(who, { what: "missing", thread: ask.thread, to: ask.to, content: ask.notice });
}

const read = (view: Awaited<ReturnType<ReturnsNode["shares"]["read"]>>): SharedView<Notice, NoticeAnswer> => {
  const content = NoticeShape.safeParse(view.content);
  const answer = NoticeAnswerShape.safeParse(view.answer);
  return { share: view.share, content: content.data ?? null, answer: answer.data ?? null };
};

export async function listNotices(
  node: ReturnsNode,
  who: AtDesk,
): Promise<SharedView<Notice, NoticeAnswer>[]> {
  const list = [];
  for (const { id } of await node.shares.list(who, "missing"))
    list.push(read(await node.shares.read(who, id)));
  return list;
}

/** One notice, with those of the own book whom it may mean, and why; nothing of them leaves before an officer answers. */
export async function noticeView(
  node: ReturnsNode,
  who: AtDesk,
  id: Id,
): Promise<SharedView<Notice, NoticeAnswer> & { like: Likeness[] }> {
  const view = read(await node.shares.read(who, id));
  const { content, share } = view;
  if (content === null || share.ours || share.state !== "pending") return { ...view, like: [] };
  const desk = await node.compartment.open(who);
  const like: Likeness[] = [];
  for (const person of desk.people()) {
    const because = described(person)
      .map((one) => likeness(content, one))
      .sort((a, b) => b.length - a.length)[0]!;
    if (because.length > 0) like.push({ person: { id: person.id, pseudonym: person.pseudonym }, because });
  }
  return { ...view, like: like.sort((a, b) => b.because.length - a.because.length).slice(0, 20) };
}

/** As each of her nationalities, or once without. */
function described({ facts }: Person): Described[] {
  const names = facts.names.map(({ text }) => text).join(" ");
  const one = { names, born: facts.born?.read ?? "", sex: facts.sex === "not-said" ? "" : facts.sex };
  return (facts.nationalities.length === 0 ? [""] : facts.nationalities).map((nationality) => ({
    ...one,
    nationality,
  }));
}

/** An answer of words, never of a file: who she is goes only as she says. */
export const answerNotice = (node: ReturnsNode, who: AtDesk, id: Id, answer: NoticeAnswer): Promise<void> =>
  node.shares.answer(who, id, "accepted", answer);
