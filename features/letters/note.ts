// What became of a letter on paper, noted by an officer: sent, acknowledged, answered, refused. Nothing goes over a wire.
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import {
  LettersError,
  spokenWays,
  type AskAcknowledged,
  type AskAnswered,
  type AskPosted,
  type AskRefused,
} from "./contract.ts";
import { letterRow, type LetterRow, type LettersNode } from "./node.ts";
import { mayOf } from "./rules.ts";

type Noting = (tx: Writer, row: LetterRow) => Promise<void>;

/** Under a lock, so that two officers who note the same do it once. Throws `NOT_FOUND`, `LETTER_NOT_NOW`. */
async function note(
  node: LettersNode,
  standing: Standing,
  id: Id,
  act: ReturnType<typeof mayOf>[number],
  noting: Noting,
): Promise<void> {
  const request = await node.store.write(standing, async (tx) => {
    const row = await letterRow(tx, id, { lock: true });
    if (!(await node.requests.mayNote(tx, row.request_id))) throw new LettersError("NOT_FOUND");
    if (!mayOf(row.state).includes(act)) throw new LettersError("LETTER_NOT_NOW", { state: row.state });
    await noting(tx, row);
    return row.request_id;
  });
  node.wake(`request:${request}`);
}

/** A day that somebody wrote down is today at the latest, wherever on earth it was written. */
function requirePast(node: LettersNode, day: string): void {
  const latest = new Date(node.clock.now().getTime() + 14 * 3_600_000).toISOString();
  if (day.slice(0, 10) > latest.slice(0, 10)) throw new LettersError("DAY_AHEAD");
}

/** It left: with this the clock begins. Others' terms are asked once more, as before any sending. */
export async function posted(node: LettersNode, standing: Standing, id: Id, ask: AskPosted): Promise<void> {
  requirePast(node, ask.on);
  await note(node, standing, id, "posted", async (tx, row) => {
    await node.requests.stillGoes(tx, id);
    await sql`update simpul.letters set posted_on = ${ask.on}::date, channel = ${ask.channel},
      sent_note = ${ask.note.trim()} where id = ${id}`.execute(tx.rows);
    const { days, state } = row.correspondent;
    const clock = node.requests.clock({
      from: new Date(`${ask.on}T12:00:00Z`),
      days: row.urgent ? days.urgent : days.ordinary,
      state,
      urgent: row.urgent,
    });
    const said = { kind: "posted", side: "ours", text: ask.note.trim() || null, code: ask.channel } as const;
    await node.requests.move(tx, id, { state: "posted", clock }, said);
    tx.note("letter.posted", { id: row.request_id, letter: id, on: ask.on, channel: ask.channel });
  });
}

export async function acknowledged(
  node: LettersNode,
  standing: Standing,
  id: Id,
  ask: AskAcknowledged,
): Promise<void> {
  requirePast(node, ask.on);
  await note(node, standing, id, "acknowledged", async (tx, row) => {
    await sql`update simpul.letters set acknowledged_on = ${ask.on}::date, their_reference = ${ask.theirReference.trim()}
      where id = ${id}`.execute(tx.rows);
    const said = { kind: "delivered", side: "theirs", text: ask.theirReference.trim() || null } as const;
    await node.requests.move(tx, id, { state: "delivered" }, said);
    tx.note("letter.acknowledged", { id: row.request_id, letter: id, on: ask.on });
  });
}

/** Taken in as an item or said by phone: in one step it lies at the case, under the terms of whoever gave it. */
export async function answered(
  node: LettersNode,
  standing: Standing,
  id: Id,
  ask: AskAnswered,
): Promise<{ id: Id }> {
  requirePast(node, ask.saidAt);
  const items = [...new Set(ask.items)];
  if (ask.kind !== "none-held" && ask.text.trim() === "" && items.length === 0)
    throw new LettersError("EMPTY_LETTER_ANSWER");
  let made: Id | null = null;
  await note(node, standing, id, "answer", async (tx, row) => {
    const answer = tx.newId();
    made = answer;
    const { rows: joined } = await sql<{ item_id: Id }>`select item_id from simpul.letter_scans
      where item_id = any(${items}::uuid[])`.execute(tx.rows);
    if (joined[0] !== undefined) throw new LettersError("ALREADY_JOINED", { item: joined[0].item_id });
    const here = new Set((await node.requests.scans(tx, row.request_id)).map((one) => one.id));
    const strange = items.find((one) => !here.has(one));
    if (strange !== undefined) throw new LettersError("NOT_AN_ITEM_HERE", { item: strange });
    await node.requests.keepAnswer(tx, id, { ...ask, items, id: answer });
    await sql`insert into simpul.letter_answers (letter_id, id, way, said_by, said_at, their_reference, noted_by, at)
      values (${id}, ${answer}, ${ask.way}, ${ask.saidBy.trim()}, ${ask.saidAt}, ${ask.theirReference.trim()},
        ${tx.standing.actor.kind === "officer" ? tx.standing.actor.id : null}, ${tx.at})`.execute(tx.rows);
    for (const item of items)
      await sql`insert into simpul.letter_scans (item_id, letter_id, answer_id)
        values (${item}, ${id}, ${answer})`.execute(tx.rows);
    const interim = ask.kind === "interim";
    await node.requests.move(
      tx,
      id,
      interim ? {} : { state: "answered", outcome: ask.kind, clock: node.requests.end(row.clock, tx.at) },
      { kind: interim ? "interim" : "answered", side: "theirs", text: null, code: interim ? null : ask.kind },
    );
    const spoken = spokenWays.includes(ask.way);
    tx.note("letter.answered", { id: row.request_id, letter: id, answer, way: ask.way, spoken, items });
  });
  return { id: made! };
}

export async function refused(node: LettersNode, standing: Standing, id: Id, ask: AskRefused): Promise<void> {
  requirePast(node, ask.saidAt);
  if (!node.requests.grounds().includes(ask.ground)) throw new LettersError("NOT_A_GROUND");
  await note(node, standing, id, "refused", async (tx, row) => {
    const clock = node.requests.end(row.clock, tx.at);
    const text = [ask.saidBy.trim(), ask.text.trim()].filter((one) => one !== "").join(": ");
    const said = { kind: "refused", side: "theirs", text: text || null, code: ask.ground } as const;
    await node.requests.move(tx, id, { state: "refused", clock, code: ask.ground }, said);
    tx.note("letter.refused", { id: row.request_id, letter: id, way: ask.way, ground: ask.ground });
  });
}
