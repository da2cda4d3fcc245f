// The desk that is asked: its open desk finds whom it knows, an officer checks that nobody is put in danger, and one
// reply of one size leaves when its time comes, whatever it says (HIT-10).
import {
  blind,
  finaliseVerified,
  fromBase64url,
  OprfError,
  searchTag,
  toBase64url,
  type OprfEngine,
} from "@simpul/match/oprf";
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { z } from "zod";
import { entriesOf, type AtDesk, type OpenDesk, type Person } from "../../victims/contract.ts";
import { personOf, statusOf } from "../compare.ts";
import { sealed, unsealed } from "../sealed.ts";
import { SearchError, type Threat } from "../contract/search.ts";
import { inputOf, searchKeys } from "./keys.ts";
import { soughtKind } from "./kinds.ts";
import { searchBytes, searchLabel, secretsFor, standingOf, type SearchNode } from "./node.ts";
import type { QuestionRow } from "./rows.ts";
import {
  elementStep,
  evaluateQuestion,
  Evaluated,
  mostElements,
  parsed,
  print,
  Question,
  replyBytes,
  sealFixed,
  type Reply,
} from "./wire.ts";

const id = z.uuid().transform((text) => text as Id);
const Work = z.strictObject({
  v: z.literal(1),
  at: z.iso.datetime(),
  hits: z.array(z.strictObject({ subject: z.number().int(), person: id })).max(400),
});
type Work = z.infer<typeof Work>;

/** After so long the whole desk is compared again: somebody may have come meanwhile. */
const againMs = 6 * 3_600_000;

export interface Asked {
  row: QuestionRow;
  question: Question;
  work: Work | null;
}

/** Questions that our desk can read and whose reply has not left, the next to leave first. */
export async function openQuestions(
  db: Pick<Writer, "rows">,
  desk: OpenDesk,
  which: { sent: boolean },
): Promise<Asked[]> {
  const { rows } = await sql<QuestionRow>`select * from simpul.victim_questions
    where (sent_at is null or ${which.sent}) order by answer_at desc limit 200`.execute(db.rows);
  const all: Asked[] = [];
  for (const row of rows) {
    const question = Question.safeParse(parsed(await desk.unseal(row.question)));
    if (!question.success || question.data.search !== row.id) continue;
    all.push({ row, question: question.data, work: workIn(desk, row.work) });
  }
  return all.toReversed();
}

function workIn(desk: OpenDesk, bytes: Buffer | null): Work | null {
  if (bytes === null) return null;
  for (const secret of secretsFor(desk)) {
    const read = Work.safeParse(unsealed(secret, searchLabel, bytes));
    if (read.success) return read.data;
  }
  return null;
}

/** Compares whoever is here with what others ask; gives how many questions were looked at. Throws what the exchange throws. */
export async function lookThrough(node: SearchNode, who: AtDesk): Promise<number> {
  const desk = await node.compartment.open(who);
  const questions = await node.store.read(standingOf(who), async (db) => {
    db.noteRead("victim-search.listed", {});
    return openQuestions(db, desk, { sent: false });
  });
  const now = node.clock.now().getTime();
  const due = questions.filter(({ work }) => work === null || now - Date.parse(work.at) > againMs);
  const found = new Map<Id, Work>();
  for (const asked of due) {
    const hits = await hitsOf(node, desk, asked);
    found.set(asked.row.id, { v: 1, at: node.clock.now().toISOString(), hits });
  }
  if (due.length > 0) await writeAll(node, who, found);
  return due.length;
}

/** Everybody's keys, blinded, evaluated by the asking node in steps, and held against the tags of the question. */
async function hitsOf(node: SearchNode, desk: OpenDesk, { row, question }: Asked): Promise<Work["hits"]> {
  const index = [...desk.people()].flatMap((person) =>
    searchKeys(personOf(node.code, person)).map((key) => ({ person: person.id, input: inputOf(key) })),
  );
  const tags = new Map(
    question.subjects.flatMap((list, subject) => list.map((tag) => [tag, subject] as const)),
  );
  const hits = new Map<string, Work["hits"][number]>();
  for (let at = 0; at < Math.max(1, index.length); at += mostElements) {
    const some = index.slice(at, at + mostElements);
    const outputs = await evaluated(
      node,
      row,
      question,
      some.map((one) => one.input),
    );
    some.forEach(({ person }, nth) => {
      const subject = tags.get(searchTag(outputs[nth]!));
      if (subject !== undefined) hits.set(`${subject} ${person}`, { subject, person });
    });
  }
  return [...hits.values()].slice(0, 400);
}

/** In whole steps: filled with what nobody is, so that the asking node cannot count us. */
async function evaluated(
  node: SearchNode,
  row: QuestionRow,
  question: Question,
  inputs: readonly Uint8Array[],
): Promise<Uint8Array[]> {
  const engine: OprfEngine = node.engine;
  const steps = Math.max(1, Math.ceil(inputs.length / elementStep)) * elementStep;
  const filled = [...inputs, ...Array.from({ length: steps - inputs.length }, () => node.random.bytes(32))];
  const ask = { inputs: filled, ...blind(engine, "voprf", filled, node.random) };
  const body = print({ v: 1, search: row.id, elements: toBase64url(ask.blinded) });
  const answer = Evaluated.parse(parsed(await node.askPeer(row.peer, evaluateQuestion, body)));
  const publicKey = new Uint8Array(Buffer.from(question.publicKey, "hex"));
  return finaliseVerified(
    engine,
    { ...ask, publicKey },
    { evaluated: fromBase64url(answer.evaluated), proof: fromBase64url(answer.proof) },
  );
}

/**
 * Writes work and reply of every open question anew, in one size each: which of them changed does not show. Asks the
 * compartment for what was said, so that no row put in by hand is told.
 */
async function writeAll(node: SearchNode, who: AtDesk, found: ReadonlyMap<Id, Work>): Promise<void> {
  const desk = await node.compartment.open(who);
  const secret = secretsFor(desk)[0]!;
  await node.store.write(standingOf(who), async (tx) => {
    for (const { row, question, work: before } of await openQuestions(tx, desk, { sent: false })) {
      const work = found.get(row.id) ?? before ?? { v: 1, at: new Date(0).toISOString(), hits: [] };
      const bytes = sealed(node.random, secret, searchLabel, work, searchBytes);
      const reply = await replyFor(node, tx, row.peer, replyOf(node, desk, question, work));
      await sql`update simpul.victim_questions set work = ${bytes}, reply = ${reply}
        where peer = ${row.peer} and id = ${row.id} and sent_at is null`.execute(tx.rows);
    }
    tx.note("victim-search.looked", {});
  });
}

/** What leaves without a word of ours: that there is nothing to tell. Null as long as we know no key of that desk. */
export async function replyFor(
  node: SearchNode,
  db: Pick<Writer, "rows">,
  peer: NodeCode,
  reply: Reply,
): Promise<string | null> {
  const to = await node.desks.keyOf(db, peer).catch(() => null);
  return to === null ? null : sealFixed(to, reply, replyBytes);
}

function replyOf(node: SearchNode, desk: OpenDesk, question: Question, work: Work): Reply {
  const known = work.hits.flatMap(({ subject, person: of }) => {
    const person = desk.person(of);
    if (person === null || saidOf(person, question.search)?.says !== "tell") return [];
    const status = statusOf(node, person);
    return [
      {
        subject,
        pseudonym: person.pseudonym,
        status: status?.status ?? ("indicators" as const),
        authority: status?.authority ?? "",
        since: status?.at ?? person.since,
      },
    ];
  });
  const each = [...new Map(known.map((line) => [`${line.subject} ${line.pseudonym}`, line])).values()];
  return { v: 1, search: question.search, nonce: question.nonce, known: each.slice(0, 64) };
}

/** The last word about her in this search, by an open desk. */
export function saidOf(person: Person, search: Id) {
  const entry = entriesOf(person, soughtKind).findLast(
    (one) => one.data.search === search && one.by.door === "desk",
  );
  return entry === undefined ? null : { ...entry.data, by: entry.by.officer!, at: entry.at };
}

/**
 * The safety check, and what follows: nothing is told to a unit that may be a threat to her. Throws `NOT_FOUND`,
 * `THREAT`, `SEARCH_SENT`.
 */
export async function sayOfSought(
  node: SearchNode,
  who: AtDesk,
  ask: { search: Id; person: Id; says: "tell" | "withhold"; threat: Threat; reason: string },
): Promise<void> {
  if (ask.says === "tell" && ask.threat !== "none") throw new SearchError("THREAT");
  const desk = await node.compartment.open(who);
  const asked = await node.store.read(standingOf(who), async (db) => {
    db.noteRead("victim-search.listed", {});
    return (await openQuestions(db, desk, { sent: true })).find((one) => one.row.id === ask.search);
  });
  const hit = asked?.work?.hits.find((one) => desk.person(one.person)?.id === ask.person);
  if (asked === undefined || hit === undefined) throw new SearchError("NOT_FOUND");
  if (asked.row.sent_at !== null) throw new SearchError("SEARCH_SENT");
  await desk.act(async (tx) => {
    await tx.append(ask.person, soughtKind, {
      ...{ search: ask.search, peer: asked.row.peer, purpose: asked.question.purpose },
      ...{ says: ask.says, threat: ask.threat, reason: ask.reason },
    });
  });
  await writeAll(node, who, new Map());
}

/** A fault of the other side is no reason to stop our own desk. */
export const quiet = (fault: unknown): boolean => fault instanceof OprfError || fault instanceof z.ZodError;
