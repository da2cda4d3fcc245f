// After a hand-over: what the former owner learns goes to the owner as a proposal, which it takes or leaves.
import { EnvelopeRefused, type Envelope } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { HandOversError, type Proposal } from "./contract.ts";
import {
  findRow,
  officerOf,
  requireAct,
  requireInCase,
  rowOf,
  tell,
  wakeSoon,
  type Db,
  type HandOverRow,
  type HandOversNode,
} from "./node.ts";
import { most } from "./rules.ts";
import { read } from "./wire.ts";

type Row = {
  id: Id;
  ours: boolean;
  state: Proposal["state"];
  text: string;
  language: string;
  by_officer: Id | null;
  at: Date;
  answer: string;
  answered_by: Id | null;
};

export async function proposalsOf(db: Pick<Db, "rows">, handOver: Id): Promise<Proposal[]> {
  const { rows } = await sql<Row>`select * from simpul.hand_over_proposals where hand_over_id = ${handOver}
    order by at, id limit ${most.proposals}`.execute(db.rows);
  return rows.map(
    ({ by_officer: by, answered_by: answeredBy, at, id, ours, state, text, language, answer }) => ({
      ...{ id, ours, state, text, language, by, at: at.toISOString(), answer, answeredBy },
    }),
  );
}

/** Leaves the state: her second factor, bound to this hand-over. */
export async function propose(
  node: HandOversNode,
  standing: Standing,
  id: Id,
  ask: { text: string; language: string },
): Promise<{ id: Id }> {
  const done = await node.store.write(standing, async (tx) => {
    const row = await rowOf(tx, id, { lock: true });
    await requireAct(node, tx, "hand-over.propose", row);
    if (row.direction !== "outgoing" || row.state !== "handed")
      throw new HandOversError("NOT_NOW", { state: row.state });
    const proposal = tx.newId();
    await keep(tx, row.id, { id: proposal, ours: true, ...ask, by: officerOf(standing).id });
    await tell(tx, row.peer, "hand-over.proposed", { handOver: id, proposal, ...ask });
    tx.note("hand-over.proposed", { id, case: row.case_id!, peer: row.peer });
    return { row, proposal };
  });
  wakeSoon(node, done.row);
  return { id: done.proposal };
}

async function keep(
  tx: Writer,
  handOver: Id,
  of: { id: Id; ours: boolean; text: string; language: string; by: Id | null },
): Promise<void> {
  await sql`insert into simpul.hand_over_proposals (hand_over_id, id, ours, state, text, language, by_officer, at)
    values (${handOver}, ${of.id}, ${of.ours}, 'open', ${of.text}, ${of.language}, ${of.by}, ${tx.at})`.execute(
    tx.rows,
  );
}

const withPeer = async (tx: Writer, envelope: Envelope, id: Id, direction: HandOverRow["direction"]) => {
  const row = await findRow(tx, id, { lock: true });
  if (row?.peer !== envelope.from || row.direction !== direction || row.state !== "handed")
    throw new EnvelopeRefused("UNKNOWN_RECORD", "hand-over");
  return row;
};

export async function takeProposed(
  node: HandOversNode,
  tx: Writer,
  envelope: Envelope,
): Promise<HandOverRow> {
  const { handOver, proposal, text, language } = read("hand-over.proposed", envelope.body);
  const row = await withPeer(tx, envelope, handOver, "incoming");
  const there = await proposalsOf(tx, handOver);
  if (there.some((one) => one.id === proposal))
    throw new EnvelopeRefused("BAD_BODY", "a proposal that is there already");
  if (there.length >= most.proposals) throw new EnvelopeRefused("LIMITED", "proposals");
  await keep(tx, handOver, { id: proposal, ours: false, text, language, by: null });
  tx.note("hand-over.proposal-arrived", {
    id: handOver,
    peer: envelope.from,
    ...(row.case_id !== null && { case: row.case_id }),
  });
  return row;
}

/** The owner's officer takes it into the case by her own hand, or leaves it; the former owner hears which. */
export async function settle(
  node: HandOversNode,
  standing: Standing,
  id: Id,
  ask: { proposal: Id; taken: boolean; text: string },
): Promise<void> {
  if (!ask.taken && ask.text === "") throw new HandOversError("REASON_NEEDED");
  const done = await node.store.write(standing, async (tx) => {
    const row = await rowOf(tx, id, { lock: true });
    await requireInCase(node, tx, "case.edit", row.case_id);
    const set = await sql`update simpul.hand_over_proposals set state = ${ask.taken ? "taken" : "left"},
        answer = ${ask.text}, answered_by = ${officerOf(standing).id}, answered_at = ${tx.at}
      where hand_over_id = ${id} and id = ${ask.proposal} and not ours and state = 'open'`.execute(tx.rows);
    if (set.numAffectedRows !== 1n) throw new HandOversError("NOT_NOW", { state: "settled" });
    const { proposal, taken, text } = ask;
    await tell(tx, row.peer, "hand-over.settled", { handOver: id, proposal, taken, text });
    tx.note("hand-over.settled", { id, case: row.case_id!, peer: row.peer, taken });
    return row;
  });
  wakeSoon(node, done);
}

export async function takeSettled(_: HandOversNode, tx: Writer, envelope: Envelope): Promise<HandOverRow> {
  const { handOver, proposal, taken, text } = read("hand-over.settled", envelope.body);
  const row = await withPeer(tx, envelope, handOver, "outgoing");
  await sql`update simpul.hand_over_proposals set state = ${taken ? "taken" : "left"}, answer = ${text},
    answered_at = ${tx.at} where hand_over_id = ${handOver} and id = ${proposal} and ours and state = 'open'`.execute(
    tx.rows,
  );
  tx.note("hand-over.settled", { id: handOver, case: row.case_id!, peer: envelope.from, taken });
  return row;
}
