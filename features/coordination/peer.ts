// Coordination's side of the exchange: figures of a state about its own part, its word that they are taken back, a unit's word.
import { EnvelopeRefused, type Envelope, type Outgoing, type PeerPart } from "@simpul/exchange";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { coordinationLimits } from "./contract.ts";
import { allToTell } from "./give.ts";
import { jobStanding, type CoordinationNode } from "./node.ts";
import { takeAnswer, takeWord } from "./say.ts";
import { read } from "./wire.ts";

export const coordinationPart = (node: CoordinationNode): PeerPart => ({
  takes: {
    "coordination.figures": (tx, envelope) => takeFigures(node, tx, envelope),
    "coordination.over": (tx, envelope) => takeOver(node, tx, envelope),
    "coordination.word": (tx, envelope) => takeWord(node, tx, envelope).then(() => wakeLater(node)),
    "coordination.answer": (tx, envelope) => takeAnswer(node, tx, envelope).then(() => wakeLater(node)),
  },
  leaves: {
    "coordination.figures": (out) => mayLeave(node, out),
    "coordination.over": () => Promise.resolve({ kind: "may" }),
    // Codes alone, about no person.
    "coordination.word": () => Promise.resolve({ kind: "may" }),
    "coordination.answer": () => Promise.resolve({ kind: "may" }),
  },
});

/** The law's last word: to a unit that its note does not name any more, nothing leaves that waited. */
async function mayLeave(node: CoordinationNode, { to, body }: Outgoing) {
  const { about, id } = read("coordination.figures", body, node.known);
  const all = await node.store.read(jobStanding, (db) => allToTell(node, db));
  const named = all.some((one) => one.about === about && one.id === id && one.units.includes(to));
  return named
    ? ({ kind: "may" } as const)
    : ({ kind: "may-not", because: "the unit is not named for it" } as const);
}

async function takeFigures(node: CoordinationNode, tx: Writer, envelope: Envelope): Promise<void> {
  const { about, id, at, figures } = read("coordination.figures", envelope.body, node.known);
  const state = envelope.from;
  const { rows } = await sql<{ count: number; there: boolean }>`select count(*)::int as count,
      coalesce(bool_or(id = ${id} and about = ${about}), false) as there
    from simpul.coordination_figures where state = ${state}`.execute(tx.rows);
  if (!rows[0]!.there && rows[0]!.count >= coordinationLimits.perState)
    throw new EnvelopeRefused("LIMITED", "figures");
  await sql`insert into simpul.coordination_figures as f (state, about, id, figures, at, arrived_at)
    values (${state}, ${about}, ${id}, ${JSON.stringify(figures)}::jsonb, ${at}::timestamptz, ${tx.at})
    on conflict (state, about, id) do update set figures = excluded.figures, at = excluded.at,
      arrived_at = excluded.arrived_at where f.at < excluded.at`.execute(tx.rows);
  tx.note("coordination.figures-arrived", { id, about, peer: state });
  wakeLater(node);
}

async function takeOver(node: CoordinationNode, tx: Writer, envelope: Envelope): Promise<void> {
  const { about, id, at } = read("coordination.over", envelope.body, node.known);
  await sql`update simpul.coordination_figures set figures = null, at = ${at}::timestamptz, arrived_at = ${tx.at}
    where state = ${envelope.from} and about = ${about} and id = ${id}`.execute(tx.rows);
  tx.note("coordination.over-arrived", { id, about, peer: envelope.from });
  wakeLater(node);
}

/** Told after the commit: a page that asks now finds what arrived. */
const wakeLater = (node: CoordinationNode): void =>
  void setTimeout(() => node.wake(`coordination:${node.code}`), 50).unref();
