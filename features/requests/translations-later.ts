// A translation made after its words had left goes after them: an officer's, of her own state's words, to whoever has them.
import { EnvelopeRefused } from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { known, read, type From } from "./arrive.ts";
import { RequestsError, type Paragraph } from "./contract.ts";
import { mayDraft } from "./draft.ts";
import { send } from "./leave.ts";
import {
  officerOf,
  requestRow,
  requireAct,
  type AnswerRow,
  type RequestsNode,
  type RequestRow,
} from "./node.ts";
import { called, keepTravelled, originalOf, reached, type Words } from "./translations-travel.ts";

interface Made {
  about_id: Id;
  field: string;
  original: Buffer;
  language: string;
  into_language: string;
  text: string;
  officer_id: Id;
}

/**
 * To every state that has the words and not yet this translation of them. Throws `NOT_FOUND` where she does not see it, or it
 * is a machine's or another state's; `NOT_NOW` where nobody is left to send it to, or the words are others by now.
 */
export async function sendLater(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  translation: Id,
): Promise<{ to: NodeCode[] }> {
  const to = await node.store.write(standing, async (tx) => {
    const row = await requestRow(tx, id);
    // As with any word that follows a request or an answer: whoever works on it.
    if (row.direction === "outgoing") await mayDraft(node, tx, row);
    else await requireAct(node, tx, "request.answer", row);
    const { rows } =
      await sql<Made>`select about_id, field, original, language, into_language, text, officer_id
      from simpul.request_translations where request_id = ${id} and id = ${translation}
      and machine is null and officer_id is not null`.execute(tx.rows);
    const made = rows[0];
    if (made === undefined) throw new RequestsError("NOT_FOUND");
    const words = await wordsOf(tx, row, made.about_id);
    if (words === null || !(originalOf(made.about_id, words, made.field)?.equals(made.original) ?? false))
      throw new RequestsError("NOT_NOW", { state: "changed" });
    const officer = (await node.directory.officers([made.officer_id])).get(made.officer_id);
    const ours = officerOf(standing);
    const sent: NodeCode[] = [];
    for (const one of (await reached(tx, row)).filter(({ about }) => about === made.about_id)) {
      const { numAffectedRows } = await sql`insert into simpul.translation_sendings
          (request_id, translation_id, thread_id, sent_by, at)
        values (${id}, ${translation}, ${one.thread}, ${ours.id}, ${tx.at}) on conflict do nothing`.execute(
        tx.rows,
      );
      if (numAffectedRows !== 1n) continue;
      await send(tx, one.peer, "translation.sent", {
        agency: row.agency_id ?? ours.agency,
        thread: one.thread,
        answer: made.about_id === id ? null : made.about_id,
        original: made.original.toString("hex") as never,
        translation: {
          ...{ field: made.field, language: made.language, into: made.into_language, text: made.text },
          by: called(officer),
        },
      });
      sent.push(one.peer);
    }
    if (sent.length === 0) throw new RequestsError("NOT_NOW", { state: "sent" });
    const { field, into_language: into } = made;
    const original = made.original.toString("hex");
    tx.note("translation.sent", { id, about: made.about_id, field, into, original, peers: sent });
    return sent;
  });
  node.send();
  node.wake(`request:${id}`);
  return { to };
}

/** The words as they stand here now; null where they are gone. */
async function wordsOf(tx: Writer, row: RequestRow, about: Id): Promise<Words | null> {
  if (about === row.id) return { draft: row.draft };
  const { rows } = await sql<AnswerRow>`select a.* from simpul.request_answers a
    join simpul.request_threads t on t.id = a.thread_id where a.id = ${about} and t.request_id = ${row.id}`.execute(
    tx.rows,
  );
  return rows[0] === undefined ? null : { narrative: rows[0].content.narrative };
}

/** Of an answer that this peer gave in that thread; null for any other. */
async function wordsFrom(tx: Writer, answer: Id, thread: Id): Promise<Words | null> {
  const { rows } = await sql<{ narrative: Paragraph[] | null }>`
    select simpul.words_from_peer(${answer}, ${thread}) as narrative`.execute(tx.rows);
  const narrative = rows[0]?.narrative ?? null;
  return narrative === null ? null : { narrative };
}

/** Beside exactly the words it was made of; what stands here no more gets none. Gives the request. */
export async function takeLater({ node, tx, envelope }: From): Promise<Id> {
  const body = read("translation.sent", envelope.body);
  const { thread: named, answer, original, translation } = body;
  // Of their question in a thread that came, of their answer in one that went.
  const thread = await known(tx, envelope, named, answer === null ? "incoming" : "outgoing");
  const row = await requestRow(tx, thread.request_id);
  const about = answer ?? row.id;
  const words: Words | null = answer === null ? { draft: row.draft } : await wordsFrom(tx, answer, thread.id);
  if (words === null) throw new EnvelopeRefused("UNKNOWN_RECORD", "answer");
  const here = originalOf(about, words, translation.field);
  if (here?.toString("hex") !== original) throw new EnvelopeRefused("NOT_ALLOWED", "of other words");
  await keepTravelled(tx, { request: row.id, about, from: envelope.from }, words, [translation]);
  tx.note("translation.received", {
    id: row.id,
    about,
    field: translation.field,
    into: translation.into,
    original,
  });
  node.wake(`request:${row.id}`);
  return row.id;
}
