// What the emergency desk does with a message: take it, answer, keep somebody out, link a person, close. Each is a sealed fact.
import type { AtDesk, DeskWriter } from "@simpul/features/victims/contract.ts";
import { VictimsError, type EntryKind } from "@simpul/features/victims/contract.ts";
import { NodeCode, type Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { z } from "zod";
import { callBack } from "./call-back.ts";
import { excludedIn, notToTellIn, ofKind, readThread, type Thread } from "./book.ts";
import { DistressError, type Closing, type Excluded, type NotToTell } from "./contract.ts";
import { dayOf } from "./keep.ts";
import { deskJob, type EmergencyNode } from "./node.ts";
import { sealReply, type Reply } from "./number.ts";
import { sealFor, type Fact, type SealedFact } from "./sealed.ts";

/** Stands on a person's page: she came by this message. */
export const linkedKind: EntryKind<{ message: string; where: string }> = {
  kind: "distress.message",
  schema: z.strictObject({ message: z.uuid(), where: z.string().max(2000) }),
};

/** Seals a fact before the transaction begins, so that one that is tried again stays the same. */
export async function sealedFact(
  node: EmergencyNode,
  who: AtDesk,
  fact: Fact,
): Promise<(tx: Writer, message: Id) => Promise<Id>> {
  const to = await node.compartment.sealTo();
  if (to === null) throw new VictimsError("NO_DESK_KEY");
  const sealed: SealedFact = { v: 1, at: node.clock.now().toISOString(), by: who.officer.id, fact };
  const jwe = await sealFor(to, sealed);
  return async (tx, message) => {
    const id = tx.newId();
    await sql`insert into simpul.distress_facts (id, message_id, jwe, hour)
      values (${id}, ${message}, ${jwe}, date_trunc('hour', ${tx.at}::timestamptz))`.execute(tx.rows);
    tx.note("distress.fact", { id: message });
    return id;
  };
}

async function act(
  node: EmergencyNode,
  who: AtDesk,
  id: Id,
  make: (thread: Thread) => Fact,
  more?: (tx: DeskWriter, thread: Thread) => Promise<void>,
): Promise<void> {
  const { desk, thread } = await readThread(node, who, id);
  const add = await sealedFact(node, who, make(thread));
  await desk.act(async (tx) => {
    await add(tx, thread.id);
    await more?.(tx, thread);
  });
  node.wake(`distress:${node.code}`);
}

async function reply(tx: Writer, thread: Thread, what: Omit<Reply, "day">): Promise<boolean> {
  const way = thread.messages.find((one) => one.message.reply !== null)?.message.reply;
  if (way === undefined || way === null) return false;
  const keys = { tag: Buffer.from(way.tag, "base64url"), key: Buffer.from(way.key, "base64url") };
  const day = dayOf(tx.at);
  await sql`insert into simpul.distress_replies (id, tag, sealed, day)
    values (${tx.newId()}, ${keys.tag}, ${sealReply(keys, { ...what, day })}, ${day}::date)`.execute(tx.rows);
  return true;
}

/** Stops the clock: somebody reads it and answers for it. Whoever wrote sees that it was read. */
export async function takeMessage(node: EmergencyNode, who: AtDesk, id: Id): Promise<void> {
  await act(
    node,
    who,
    id,
    () => ({ kind: "taken" }),
    async (tx, thread) => {
      for (const one of thread.messages)
        await sql`update simpul.distress_messages set taken_by = ${who.officer.id},
          taken_at = date_trunc('hour', ${tx.at}::timestamptz) where id = ${one.id} and taken_by is null`.execute(
          tx.rows,
        );
      const from = thread.messages[0]!.message.from;
      if (from !== null && ofKind(thread, "taken").length === 0)
        await tx.send({
          ...{ id: tx.newId(), to: NodeCode.parse(from.state), kind: "distress.taken", urgent: true },
          body: { v: 1, id: from.id },
        });
      if (ofKind(thread, "taken").length === 0) await reply(tx, thread, { kind: "read", text: "" });
    },
  );
  node.send();
}

export const noteMessage = (node: EmergencyNode, who: AtDesk, id: Id, text: string): Promise<void> =>
  act(node, who, id, () => ({ kind: "noted", text }));

/** To whoever has the number. Throws `NO_NUMBER` where none was left. */
export const answerMessage = (node: EmergencyNode, who: AtDesk, id: Id, text: string): Promise<void> =>
  act(
    node,
    who,
    id,
    () => ({ kind: "answered", text }),
    async (tx, thread) => {
      if (!(await reply(tx, thread, { kind: "answer", text }))) throw new DistressError("NO_NUMBER", id);
    },
  );

export const closeMessage = (
  node: EmergencyNode,
  who: AtDesk,
  id: Id,
  ask: { why: Closing; text: string },
): Promise<void> => act(node, who, id, () => ({ kind: "closed", ...ask }));

export const noteCall = (node: EmergencyNode, who: AtDesk, id: Id, text: string): Promise<void> =>
  act(node, who, id, () => ({ kind: "called", step: "phone", text }));

/**
 * Keeps somebody out. What they were told before is taken from them, from another state by calling it back; who has read it is on the record. Throws `OWN_DESK`
 * for oneself, one's own desk, agency and state: somebody must be able to help.
 */
export async function exclude(
  node: EmergencyNode,
  who: AtDesk,
  id: Id,
  ask: { who: Excluded; why: string },
): Promise<void> {
  const own: Readonly<Record<Excluded["kind"], string>> = {
    officer: who.officer.id,
    desk: who.officer.desk,
    agency: who.officer.agency,
    state: node.code,
  };
  if (own[ask.who.kind] === ask.who.id) throw new DistressError("OWN_DESK");
  const desks = await desksOf(node, ask.who);
  await act(
    node,
    who,
    id,
    () => ({ kind: "excluded", ...ask }),
    async (tx, thread) => {
      const told = ofKind(thread, "informed").map((one) => one.fact.told);
      await callBack(tx, who.officer.id, {
        told,
        desks,
        state: ask.who.kind === "state" ? ask.who.id : null,
      });
    },
  );
  node.send();
  for (const desk of desks) node.wake(`desk:${desk}`);
}

/** The desks of this state that keeping somebody out closes. */
async function desksOf(node: EmergencyNode, { kind, id }: Excluded): Promise<Id[]> {
  if (kind === "desk") return [id as Id];
  if (kind === "state") return [];
  const { rows } = await node.store.read(deskJob, (db) =>
    kind === "agency"
      ? sql<{ id: Id }>`select id from simpul.desks where agency_id = ${id}`.execute(db.rows)
      : sql<{
          id: Id;
        }>`select desk_id as id from simpul.memberships where officer_id = ${id} and ended_at is null`.execute(
          db.rows,
        ),
  );
  return rows.map((row) => row.id);
}

/** The desk takes back its own word; a caller's word stays until she says otherwise. Throws `NOT_FOUND`. */
export const letIn = (
  node: EmergencyNode,
  who: AtDesk,
  id: Id,
  ask: { of: Id; why: string },
): Promise<void> =>
  act(node, who, id, (thread) => {
    if (!excludedIn(thread).some((one) => one.fact === ask.of)) throw new DistressError("NOT_FOUND", ask.of);
    return { kind: "let-in", ...ask };
  });

export const saidOtherwise = (
  node: EmergencyNode,
  who: AtDesk,
  id: Id,
  ask: { word: NotToTell; how: string },
): Promise<void> =>
  act(node, who, id, (thread) => {
    if (!notToTellIn(thread).some((one) => one.word === ask.word)) throw new DistressError("NOT_FOUND");
    return { kind: "said-otherwise", ...ask };
  });

/** Joins it with a person of the compartment, by her reference, or makes one of what was said. Gives the reference. */
export async function linkPerson(
  node: EmergencyNode,
  who: AtDesk,
  id: Id,
  pseudonym: string | null,
): Promise<string> {
  const { desk, thread } = await readThread(node, who, id);
  const there = pseudonym === null ? null : desk.byPseudonym(pseudonym);
  if (pseudonym !== null && there === null) throw new DistressError("NOT_FOUND", pseudonym);
  const first = thread.messages[0]!.message;
  const { said } = first;
  const name = said.call?.person ?? "";
  const person = await desk.act(async (tx) => {
    const door = first.via === "hotline" ? "hotline" : first.via === "state" ? "peer" : "page";
    const made =
      there?.id ??
      (await tx.create(
        {
          names: name === "" ? [] : [{ text: name, use: "called" }],
          languages: first.via === "page" && said.for !== "other" ? [said.language] : [],
          heldAt: said.where.slice(0, 500),
          ageSaid: said.child && said.many === "one" ? "child" : "not-said",
        },
        door,
      ));
    await tx.append(made, linkedKind, { message: thread.id, where: said.where });
    return made;
  });
  const add = await sealedFact(node, who, { kind: "linked", person });
  await desk.act((tx) => add(tx, thread.id));
  node.wake(`distress:${node.code}`);
  return desk.person(person)?.pseudonym ?? "";
}
