// Messages as an open desk has them: unsealed once, joined by their numbers, without those that this officer must not see.
import type { AtDesk, OpenDesk } from "@simpul/features/victims/contract.ts";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { DistressError, type Excluded, type NotToTell } from "./contract.ts";
import { standingOf, type EmergencyNode } from "./node.ts";
import { excludedBecause } from "./rules.ts";
import { FactShape, MessageShape, type Fact, type Message, type SealedFact } from "./sealed.ts";

export interface KeptMessage {
  id: Id;
  clockAt: Date;
  takenBy: Id | null;
  takenAt: Date | null;
  message: Message;
}
export type KeptFact = SealedFact & { id: Id };

/** What was written with one number, or in one call, with what the desk did about it. */
export interface Thread {
  /** Of its first message. */
  id: Id;
  messages: KeptMessage[];
  facts: KeptFact[];
}

/** Read at most; the newest. */
const most = 5000;

interface Row {
  id: Id;
  jwe: string;
  from_state: string | null;
  clock_at: Date;
  taken_by: Id | null;
  taken_at: Date | null;
}

/** What was unsealed hangs on the desk's own book, and is gone with it. */
const unsealed = new WeakMap<object, Map<string, unknown>>();

async function read<T>(desk: OpenDesk, jwe: string, parse: (value: unknown) => T): Promise<T | null> {
  const known = unsealed.get(desk.holder) ?? new Map<string, unknown>();
  unsealed.set(desk.holder, known);
  if (known.has(jwe)) return known.get(jwe) as T | null;
  const plain = await desk.unseal(jwe);
  let value: T | null = null;
  try {
    if (plain !== null) value = parse(JSON.parse(Buffer.from(plain).toString("utf8")));
  } catch {
    // Sealed to this desk by somebody who did not know the form: counted as unread.
  }
  known.set(jwe, value);
  return value;
}

/** All threads that she may see, and how many messages nobody here can read. Throws `DESK_CLOSED`, `NOT_FOUND`. */
export async function readThreads(
  node: EmergencyNode,
  who: AtDesk,
): Promise<{ desk: OpenDesk; threads: Thread[]; unread: number }> {
  const desk = await node.compartment.open(who);
  const rows = await node.store.read(standingOf(who), async (db) => {
    db.noteRead("distress.read", {});
    const messages =
      await sql<Row>`select id, jwe, from_state, clock_at, taken_by, taken_at from simpul.distress_messages
      order by clock_at desc, id limit ${most}`.execute(db.rows);
    const facts = await sql<{ id: Id; message_id: Id; jwe: string }>`select id, message_id, jwe
      from simpul.distress_facts order by id limit ${most * 20}`.execute(db.rows);
    return { messages: messages.rows, facts: facts.rows };
  });
  const threads = new Map<string, Thread>();
  const threadOf = new Map<Id, Thread>();
  let unread = 0;
  for (const row of rows.messages) {
    const message = await read(desk, row.jwe, (value) => MessageShape.parse(value));
    // What says that it is another state's came from that state's node, or is not read.
    if (message === null || (message.from?.state ?? null) !== row.from_state) {
      unread += 1;
      continue;
    }
    const thread = threads.get(message.thread) ?? { id: row.id, messages: [], facts: [] };
    threads.set(message.thread, thread);
    threadOf.set(row.id, thread);
    thread.messages.push({
      ...{ id: row.id, clockAt: row.clock_at, takenBy: row.taken_by, takenAt: row.taken_at },
      message,
    });
  }
  for (const row of rows.facts) {
    const fact = await read(desk, row.jwe, (value) => FactShape.parse(value));
    if (fact !== null) threadOf.get(row.message_id)?.facts.push({ ...fact, id: row.id });
  }
  for (const thread of threads.values()) {
    thread.messages.sort((a, b) => (a.message.at < b.message.at ? -1 : 1));
    thread.id = thread.messages[0]!.id;
    thread.facts.sort((a, b) => (a.at < b.at ? -1 : 1));
  }
  const seen = [...threads.values()].filter((thread) => !hiddenFrom(thread, who, node.code));
  return { desk, threads: seen, unread };
}

/** Throws `NOT_FOUND`: for whoever must not see it, it is not there. */
export async function readThread(
  node: EmergencyNode,
  who: AtDesk,
  id: Id,
): Promise<{ desk: OpenDesk; thread: Thread; threads: Thread[] }> {
  const { desk, threads } = await readThreads(node, who);
  const thread = threads.find((one) => one.messages.some((message) => message.id === id));
  if (thread === undefined) throw new DistressError("NOT_FOUND", id);
  return { desk, thread, threads };
}

export const ofKind = <Kind extends Fact["kind"]>(
  thread: Thread,
  kind: Kind,
): (Omit<KeptFact, "fact"> & { fact: Extract<Fact, { kind: Kind }> })[] =>
  thread.facts.filter(
    (one): one is Omit<KeptFact, "fact"> & { fact: Extract<Fact, { kind: Kind }> } => one.fact.kind === kind,
  );

/** Whom the desk keeps out now. */
export function excludedIn(thread: Thread): (Excluded & { fact: Id; why: string })[] {
  const back = new Set<string>(ofKind(thread, "let-in").map((one) => one.fact.of));
  return ofKind(thread, "excluded")
    .filter((one) => !back.has(one.id))
    .map((one) => ({ ...one.fact.who, fact: one.id, why: one.fact.why }));
}

/** Whom the caller keeps out now: what she said in any message, without what she took back. */
export function notToTellIn(thread: Thread): { word: NotToTell; text: string }[] {
  const said = new Map<NotToTell, string>();
  for (const { message } of thread.messages)
    for (const word of message.said.not) said.set(word, word === "other" ? message.said.notOther : "");
  for (const { fact } of ofKind(thread, "said-otherwise")) said.delete(fact.word);
  return [...said].map(([word, text]) => ({ word, text }));
}

/** Whoever is suspected learns nothing of it, though she works at this desk and has it open. */
function hiddenFrom(thread: Thread, { officer }: AtDesk, state: string): boolean {
  const named = excludedIn(thread).filter(({ kind }) => kind !== "state");
  const { desk, agency, agencyKind } = officer;
  const candidate = { state, desk, agency, agencyKind, officers: [officer.id] };
  return excludedBecause(candidate, { not: [] }, named) !== null;
}

/** Closed by the desk's last word, unless something came after it. */
export function standing(thread: Thread): "waits" | "taken" | "closed" {
  if (thread.messages.some((one) => one.takenBy === null)) return "waits";
  return ofKind(thread, "closed").length > 0 && thread.facts.findLast(settles)?.fact.kind === "closed"
    ? "closed"
    : "taken";
}
const settles = ({ fact }: KeptFact): boolean => fact.kind === "closed" || fact.kind === "taken";
