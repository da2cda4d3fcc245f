// What became of a letter on paper, noted by an officer: sent, acknowledged, answered, refused. Nothing goes over a wire.
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AnswerKind, Clock, RequestState } from "../requests/contract.ts";
import {
  LettersError,
  spokenWays,
  type AskAcknowledged,
  type AskAnswered,
  type AskPosted,
  type AskRefused,
  type FormalNews,
  type LetterAct,
  type LetterOutcome,
} from "./contract.ts";
import { letterRow, type Db, type LetterRow, type LettersNode } from "./node.ts";
import { mayOf } from "./rules.ts";

type Noting = (tx: Writer, row: LetterRow) => Promise<void>;

/**
 * What this officer may note as it stands: how it travels, whoever works on its request and the contact point; what came
 * back to a recall or a question for permission, who may write such. Null for whoever may note nothing.
 */
export async function actsFor(node: LettersNode, db: Db, row: LetterRow): Promise<LetterAct[] | null> {
  const carries = await node.requests.mayNote(db, row.request_id);
  const { said } = row;
  const hears =
    said === null
      ? carries
      : said.kind === "recall"
        ? await node.recalls.mayNote(db, said.about)
        : await node.permissions.mayNote(db, said.about);
  if (!carries && !hears) return null;
  const travels = (one: LetterAct): boolean => one === "posted" || one === "acknowledged";
  return mayOf(row).filter((one) => hears || travels(one));
}

/** How it stands: with its thread, or in its own row where it has none. */
export async function move(
  node: LettersNode,
  tx: Writer,
  row: LetterRow,
  to: { state?: RequestState; clock?: Clock | null; outcome?: AnswerKind | LetterOutcome },
  step: Parameters<LettersNode["requests"]["move"]>[3],
): Promise<void> {
  if (row.said === null) {
    const { outcome, ...rest } = to;
    const ended = outcome === undefined ? {} : { outcome: outcome as AnswerKind };
    await node.requests.move(tx, row.id, { ...rest, ...ended }, step);
    return;
  }
  const clock = to.clock === undefined ? row.clock : to.clock;
  const due = clock?.state === "running" ? clock.due : null;
  await sql`update simpul.letters set standing = ${to.state ?? row.state}, outcome = ${to.outcome ?? row.outcome},
    clock = ${clock === null ? null : JSON.stringify(clock)}::jsonb, due_at = ${due}::timestamptz, changed_at = ${tx.at}
    where id = ${row.id}`.execute(tx.rows);
}

/** Under a lock, so that two officers who note the same do it once. Throws `NOT_FOUND`, `LETTER_NOT_NOW`. */
export async function note(
  node: LettersNode,
  standing: Standing,
  id: Id,
  act: LetterAct,
  noting: Noting,
): Promise<void> {
  const request = await node.store.write(standing, async (tx) => {
    const row = await letterRow(tx, id, { lock: true });
    const acts = await actsFor(node, tx, row);
    if (acts === null || (mayOf(row).includes(act) && !acts.includes(act)))
      throw new LettersError("NOT_FOUND");
    if (!acts.includes(act)) throw new LettersError("LETTER_NOT_NOW", { state: row.state });
    await noting(tx, row);
    return row.request_id;
  });
  node.wake(`request:${request}`);
}

const dueOf = (clock: Clock | null): Date | null =>
  clock?.state === "running" && clock.due !== null ? new Date(clock.due) : null;

type News = Omit<FormalNews, "ground"> & Partial<Pick<FormalNews, "ground">>;
/** A letter about something given moves no formal request. */
async function tellFormal(node: LettersNode, tx: Writer, row: LetterRow, news: News): Promise<void> {
  if (row.said === null) await node.assistance.noted(tx, row.request_id, { ground: null, ...news });
}

/** On what grounds a formal request may be refused; null where this letter asks for none. */
export const formalGrounds = (
  node: LettersNode,
  db: Db,
  row: LetterRow,
): Promise<readonly string[] | null> =>
  row.said === null ? node.assistance.grounds(db, row.request_id) : Promise.resolve(null);

/** A day that somebody wrote down is today at the latest, wherever on earth it was written. */
export function requirePast(node: LettersNode, day: string): void {
  const latest = new Date(node.clock.now().getTime() + 14 * 3_600_000).toISOString();
  if (day.slice(0, 10) > latest.slice(0, 10)) throw new LettersError("DAY_AHEAD");
}

/** It left: with this the clock begins. Others' terms are asked once more, as before any sending. */
export async function posted(node: LettersNode, standing: Standing, id: Id, ask: AskPosted): Promise<void> {
  requirePast(node, ask.on);
  await note(node, standing, id, "posted", async (tx, row) => {
    if (row.said === null) await node.requests.stillGoes(tx, id);
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
    await move(node, tx, row, { state: "posted", clock }, said);
    await tellFormal(node, tx, row, { what: "posted", due: dueOf(clock), text: ask.note.trim() });
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
    await move(node, tx, row, { state: "delivered" }, said);
    await tellFormal(node, tx, row, {
      ...{ what: "acknowledged", due: dueOf(row.clock), text: ask.theirReference.trim() },
    });
    tx.note("letter.acknowledged", { id: row.request_id, letter: id, on: ask.on });
  });
}

/** Items of its case that answer no letter yet. Throws `ALREADY_JOINED`, `NOT_AN_ITEM_HERE`. */
export async function requireScans(
  node: LettersNode,
  tx: Writer,
  row: LetterRow,
  items: readonly Id[],
): Promise<void> {
  const { rows: joined } = await sql<{ item_id: Id }>`select item_id from simpul.letter_scans
    where item_id = any(${[...items]}::uuid[])`.execute(tx.rows);
  if (joined[0] !== undefined) throw new LettersError("ALREADY_JOINED", { item: joined[0].item_id });
  const here = new Set((await node.requests.scans(tx, row.request_id)).map((one) => one.id));
  const strange = items.find((one) => !here.has(one));
  if (strange !== undefined) throw new LettersError("NOT_AN_ITEM_HERE", { item: strange });
}

/** Who said it, when and how, with its scans; `own`: what it says, where it is no answer of a request. */
export async function keepAnswer(
  tx: Writer,
  letter: Id,
  answer: Id,
  ask: Pick<AskAnswered, "way" | "saidBy" | "saidAt" | "theirReference">,
  items: readonly Id[],
  own: { content: unknown; shared: unknown } | null,
): Promise<void> {
  const json = (value: unknown) => (own === null ? null : JSON.stringify(value));
  await sql`insert into simpul.letter_answers (letter_id, id, way, said_by, said_at, their_reference, noted_by, at,
      content, shared)
    values (${letter}, ${answer}, ${ask.way}, ${ask.saidBy.trim()}, ${ask.saidAt}, ${ask.theirReference.trim()},
      ${tx.standing.actor.kind === "officer" ? tx.standing.actor.id : null}, ${tx.at}, ${json(own?.content)}::jsonb,
      ${json(own?.shared)}::jsonb)`.execute(tx.rows);
  for (const item of items)
    await sql`insert into simpul.letter_scans (item_id, letter_id, answer_id)
      values (${item}, ${letter}, ${answer})`.execute(tx.rows);
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
    await requireScans(node, tx, row, items);
    await node.requests.keepAnswer(tx, id, { ...ask, items, id: answer });
    await keepAnswer(tx, id, answer, ask, items, null);
    const interim = ask.kind === "interim";
    await node.requests.move(
      tx,
      id,
      interim ? {} : { state: "answered", outcome: ask.kind, clock: node.requests.end(row.clock, tx.at) },
      { kind: interim ? "interim" : "answered", side: "theirs", text: null, code: interim ? null : ask.kind },
    );
    await tellFormal(node, tx, row, { what: ask.kind, due: interim ? dueOf(row.clock) : null, text: "" });
    const spoken = spokenWays.includes(ask.way);
    tx.note("letter.answered", { id: row.request_id, letter: id, answer, way: ask.way, spoken, items });
  });
  return { id: made! };
}

export async function refused(node: LettersNode, standing: Standing, id: Id, ask: AskRefused): Promise<void> {
  requirePast(node, ask.saidAt);
  await note(node, standing, id, "refused", async (tx, row) => {
    const formal = await formalGrounds(node, tx, row);
    if (!(formal ?? node.requests.grounds()).includes(ask.ground)) throw new LettersError("NOT_A_GROUND");
    const clock = node.requests.end(row.clock, tx.at);
    const text = [ask.saidBy.trim(), ask.text.trim()].filter((one) => one !== "").join(": ");
    // The ground of a formal refusal stands with the formal request, whose list it is of.
    const code = formal === null ? { code: ask.ground } : {};
    const said = { kind: "refused", side: "theirs", text: text || null, code: null, ...code } as const;
    await node.requests.move(tx, id, { state: "refused", clock, ...code }, said);
    await tellFormal(node, tx, row, { what: "refused", due: null, text, ground: ask.ground });
    tx.note("letter.refused", { id: row.request_id, letter: id, way: ask.way, ground: ask.ground });
  });
}
