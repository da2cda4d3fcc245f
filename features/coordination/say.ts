// A unit speaks to parties of a space that it follows, and each answers: by codes of a list, never in words of its own.
import { EnvelopeRefused, type Envelope } from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import type { Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { InboxSource } from "../inbox/contract.ts";
import {
  CoordinationError,
  coordinationLimits,
  type PartyAnswer,
  type Spoken,
  type UnitWord,
} from "./contract.ts";
import { requireReading, type CoordinationNode } from "./node.ts";
import { codeOf } from "./rules.ts";
import { read } from "./wire.ts";

interface Row {
  id: Id;
  unit: NodeCode;
  party: NodeCode;
  space: Id;
  says: UnitWord;
  call_at: Date | null;
  at: Date;
  answer: PartyAnswer | null;
  answered_at: Date | null;
}
const spokenOf = ({ call_at, at, answer, answered_at, ...row }: Row): Spoken => ({
  ...row,
  ...{ when: call_at?.toISOString() ?? null, at: at.toISOString() },
  answer: answer === null ? null : { says: answer, at: answered_at!.toISOString() },
});

/** Newest first, as row security shows them. */
export async function wordsOf(db: Pick<Reader | Writer, "rows">, space: Id): Promise<Spoken[]> {
  const { rows } = await sql<Row>`select * from simpul.coordination_words where space = ${space}
    order by at desc, party limit ${coordinationLimits.words * 12}`.execute(db.rows);
  return rows.map(spokenOf);
}

async function insert(tx: Writer, word: Omit<Spoken, "answer">): Promise<void> {
  const { id, unit, party, space, says, when, at } = word;
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.coordination_words
    where unit = ${unit} and party = ${party} and space = ${space} and answer is null`.execute(tx.rows);
  if (rows[0]!.n >= coordinationLimits.words) throw new CoordinationError("LIMIT_REACHED");
  await sql`insert into simpul.coordination_words (id, unit, party, space, says, call_at, at)
    values (${id}, ${unit}, ${party}, ${space}, ${says}, ${when}::timestamptz, ${at}::timestamptz)
    on conflict do nothing`.execute(tx.rows);
}

/** To each named party that tells this unit figures of the space. Throws `NOT_FOUND`, `LIMIT_REACHED`. */
export async function speak(
  node: CoordinationNode,
  standing: Standing,
  space: Id,
  ask: { to: NodeCode[]; says: UnitWord; when: string | null },
): Promise<void> {
  const because = requireReading(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{ state: NodeCode }>`select state from simpul.coordination_figures
      where about = 'space' and id = ${space} and figures is not null and state = any(${ask.to}::text[])`.execute(
      tx.rows,
    );
    if (rows.length < new Set(ask.to).size) throw new CoordinationError("NOT_FOUND");
    const said = { space, says: ask.says, when: ask.when, at: tx.at.toISOString() };
    for (const { state: party } of rows) {
      const id = tx.newId();
      await insert(tx, { id, unit: node.code, party, ...said });
      await tx.send({ id: tx.newId(), to: party, kind: "coordination.word", body: { id, ...said } });
      tx.note("coordination.spoke", { id: space, peer: party, says: ask.says });
    }
  });
  node.send();
  node.wake(`coordination:${node.code}`);
}

/** One answer to each word. Throws `NOT_FOUND`. */
export async function answerWord(
  node: CoordinationNode,
  standing: Standing,
  ask: { unit: NodeCode; id: Id; says: PartyAnswer },
): Promise<void> {
  const because = requireReading(node, standing);
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const space = await answered(tx, { ...ask, party: node.code, at: tx.at.toISOString() });
    if (space === null) throw new CoordinationError("NOT_FOUND");
    await tx.send({
      ...{ id: tx.newId(), to: ask.unit, kind: "coordination.answer" },
      body: { id: ask.id, says: ask.says, at: tx.at.toISOString() },
    });
    tx.note("coordination.answered", { id: space, peer: ask.unit, says: ask.says });
  });
  node.send();
  node.wake(`coordination:${node.code}`);
}

/** The space that it was about; null where no such word waits. */
async function answered(
  tx: Writer,
  of: { unit: NodeCode; party: NodeCode; id: Id; says: PartyAnswer; at: string },
): Promise<Id | null> {
  const { rows } = await sql<{ space: Id }>`update simpul.coordination_words
    set answer = ${of.says}, answered_at = ${of.at}::timestamptz
    where unit = ${of.unit} and party = ${of.party} and id = ${of.id} and answer is null returning space`.execute(
    tx.rows,
  );
  return rows[0]?.space ?? null;
}

/** A word is heard from a unit that is told figures of the space; to anybody else the space is not there. */
export async function takeWord(node: CoordinationNode, tx: Writer, envelope: Envelope): Promise<void> {
  const word = read("coordination.word", envelope.body, node.known);
  const unit = envelope.from;
  const { rows } = await sql`select 1 from simpul.coordination_told
    where unit = ${unit} and about = 'space' and id = ${word.space} and figures is not null`.execute(tx.rows);
  if (rows.length === 0) throw new EnvelopeRefused("UNKNOWN_RECORD", word.space);
  try {
    await insert(tx, { ...word, unit, party: node.code });
  } catch (fault) {
    throw fault instanceof CoordinationError ? new EnvelopeRefused("LIMITED", "words") : fault;
  }
  tx.note("coordination.word-arrived", { id: word.space, peer: unit, says: word.says });
}

export async function takeAnswer(node: CoordinationNode, tx: Writer, envelope: Envelope): Promise<void> {
  const of = read("coordination.answer", envelope.body, node.known);
  const space = await answered(tx, { ...of, unit: node.code, party: envelope.from });
  if (space === null) throw new EnvelopeRefused("UNKNOWN_RECORD", of.id);
  tx.note("coordination.answer-arrived", { id: space, peer: envelope.from, says: of.says });
}

/** Words that wait for the answer of who speaks for the state. */
export const coordinationInbox = (node: CoordinationNode): InboxSource => ({
  name: "coordination",
  async waiting(_, db) {
    const { rows } = await sql<Row>`select * from simpul.coordination_words
      where party = ${node.code} and answer is null order by at limit 100`.execute(db.rows);
    return rows.map((row) => ({
      ...{ id: row.id, kind: "coordination-word", title: codeOf("space", row.space) },
      ...{ to: `/joint/${row.space}?tab=parties`, due: row.call_at?.toISOString() ?? null },
      ...{ since: row.at.toISOString(), for: "desk" as const, case: null },
    }));
  },
});
