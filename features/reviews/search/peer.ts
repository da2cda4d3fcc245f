// This room's side of the exchange: questions that come sealed, replies that leave when their time comes, evaluation.
import { EnvelopeRefused, type PeerPart } from "@simpul/exchange";
import type { NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { evaluateFor } from "./evaluate.ts";
import { replyFor } from "./hold.ts";
import { jobStanding, type SearchNode } from "./node.ts";
import type { QuestionRow } from "./rows.ts";
import { evaluateQuestion, read, type Reply } from "./wire.ts";

const soon = (run: () => void): void => void setTimeout(run, 50).unref();
const longestHours = 168;

export function searchPart(node: SearchNode): PeerPart {
  const may = () => Promise.resolve({ kind: "may" as const });
  return {
    takes: {
      "victim-search.asked": async (tx, envelope) => {
        const body = read("victim-search.asked", envelope.body);
        const answerAt = new Date(body.answerAt);
        const ahead = answerAt.getTime() - tx.at.getTime();
        if (ahead > longestHours * 3_600_000) throw new EnvelopeRefused("BAD_BODY", "answerAt");
        const made = await sql`insert into simpul.victim_questions (id, peer, question, arrived_at, answer_at)
          values (${body.search}, ${envelope.from}, ${body.question}, ${tx.at}, ${answerAt}) on conflict do nothing`.execute(
          tx.rows,
        );
        if (made.numAffectedRows !== 1n) throw new EnvelopeRefused("BAD_BODY", "a search twice");
        tx.note("victim-search.arrived", { id: body.search, peer: envelope.from });
        soon(() => node.wake("victims:searches"));
      },
      "victim-search.answered": async (tx, envelope) => {
        const body = read("victim-search.answered", envelope.body);
        const took =
          await sql`update simpul.victim_searches set state = 'answered', answer = ${body.reply}, seed = null
          where id = ${body.search} and peer = ${envelope.from} and state = 'asked'`.execute(tx.rows);
        if (took.numAffectedRows !== 1n) throw new EnvelopeRefused("UNKNOWN_RECORD", "search");
        tx.note("victim-search.answered", { id: body.search, peer: envelope.from });
        soon(() => node.wake("victims:searches"));
      },
    },
    // Two persons agreed to the question; the reply is sealed, and says nothing unless an officer said it should.
    leaves: { "victim-search.asked": may, "victim-search.answered": may },
    questions: { [evaluateQuestion]: (peer, body) => evaluateFor(node, peer, body) },
  };
}

/**
 * Every reply leaves at its time, by the clock and by nothing else: found or not, told or not, with the desk open or
 * closed. Ends searches whose answer never came. Gives how many left.
 */
export async function sendReplies(node: SearchNode): Promise<number> {
  const now = node.clock.now();
  const due = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<Pick<QuestionRow, "id" | "peer">>`select id, peer from simpul.victim_questions
      where sent_at is null and answer_at <= ${now} order by answer_at limit 200`.execute(db.rows);
    return rows;
  });
  for (const one of due) await sendOne(node, one);
  await endSilent(node, now);
  if (due.length > 0) node.send();
  return due.length;
}

async function sendOne(node: SearchNode, { id, peer }: Pick<QuestionRow, "id" | "peer">): Promise<void> {
  await node.store.write(jobStanding, async (tx) => {
    const { rows } = await sql<QuestionRow>`select * from simpul.victim_questions
      where peer = ${peer} and id = ${id} and sent_at is null for update`.execute(tx.rows);
    const row = rows[0];
    if (row === undefined) return;
    // Nobody opened the desk in time: without the question's nonce this is read as nothing to tell, like any other.
    const nothing: Reply = { v: 1, search: id, nonce: "0".repeat(64), known: [] };
    const reply = row.reply ?? (await replyFor(node, tx, peer, nothing));
    await sql`update simpul.victim_questions set sent_at = ${tx.at}, reply = null
      where peer = ${peer} and id = ${id}`.execute(tx.rows);
    if (reply !== null)
      await tx.send({
        id: tx.newId(),
        to: peer,
        kind: "victim-search.answered",
        body: { search: id, reply },
      });
    tx.note("victim-search.replied", { id, peer });
  });
}

/** A week after its time nothing comes any more: the key goes. */
async function endSilent(node: SearchNode, now: Date): Promise<void> {
  const before = new Date(now.getTime() - longestHours * 3_600_000);
  const silent = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ id: string; peer: NodeCode }>`select id, peer from simpul.victim_searches
      where state = 'asked' and answer_at < ${before}`.execute(db.rows);
    return rows;
  });
  for (const { id, peer } of silent)
    await node.store.write(jobStanding, async (tx) => {
      await sql`update simpul.victim_searches set state = 'over', seed = null
        where id = ${id} and state = 'asked'`.execute(tx.rows);
      tx.note("victim-search.silent", { peer });
    });
}
