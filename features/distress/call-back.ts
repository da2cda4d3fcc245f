// What another state was told of an emergency is taken back from it: ours is called back there, theirs is gone here.
import { NodeCode, type Id } from "@simpul/model";
import type { Envelope, Leave, Outgoing } from "@simpul/exchange";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { idOf, keyed } from "./keep.ts";
import { deskJob, type DistressNode } from "./node.ts";

/** Joins what is told on with what another state had passed on, for nobody who has the database alone. */
export const originOf = (
  node: Pick<DistressNode, "secret">,
  passed: { readonly id: string; readonly state: string },
): Id => idOf(keyed(node), "origin", passed.state, passed.id);

/**
 * Withdraws what was told from desks of this state, and sends other states word to take it from theirs. Gives the desks
 * that must look anew.
 */
export async function callBack(
  tx: Writer,
  by: Id,
  of: { told: readonly string[]; desks: readonly Id[]; state: string | null },
): Promise<void> {
  if (of.told.length === 0) return;
  const { rows } = await sql<{ id: Id; state: string | null }>`update simpul.distress_told
    set withdrawn_by = ${by}, withdrawn_at = ${tx.at}
    where id = any(${of.told}::uuid[]) and withdrawn_at is null
      and (desk_id = any(${of.desks}::uuid[]) or state = ${of.state}) returning id, state`.execute(tx.rows);
  for (const { id, state } of rows) if (state !== null) await sendCallBack(tx, { id, state });
}

async function sendCallBack(tx: Writer, { id, state }: { id: Id; state: string }): Promise<void> {
  await tx.send({
    ...{ id: tx.newId(), to: NodeCode.parse(state), kind: "distress.called-back", urgent: true },
    body: { v: 1, id },
  });
  tx.note("distress.called-back", { id, peer: state });
}

/** What waits to be sent and was called back meanwhile stays here. */
export async function mayPass(node: Pick<DistressNode, "store">, envelope: Outgoing): Promise<Leave> {
  const { id } = envelope.body as { id: string };
  const { rows } = await node.store.read(deskJob, (db) =>
    sql<{ back: boolean }>`select withdrawn_at is not null as back from simpul.distress_told
      where id = ${id}`.execute(db.rows),
  );
  return rows[0]?.back === true ? { kind: "may-not", because: "it was called back" } : { kind: "may" };
}

/** They take back what they passed on: it is gone here and wherever it went from here, and they are told what had happened. */
export async function takenBack(
  node: DistressNode,
  tx: Writer,
  { from }: Pick<Envelope, "from">,
  id: Id,
): Promise<void> {
  const { rows } = await sql<{
    was_taken: boolean;
    onward: { id: Id; state: string | null; desk: Id | null }[];
  }>`select was_taken, onward from simpul.call_back_distress(${id}, ${originOf(node, { id, state: from })}, ${tx.at})`.execute(
    tx.rows,
  );
  const { was_taken: taken, onward } = rows[0]!;
  for (const { id: told, state } of onward) if (state !== null) await sendCallBack(tx, { id: told, state });
  await sayGone(node, tx, { id, state: from, taken });
  tx.note("distress.taken-back", { id, peer: from });
  setTimeout(() => {
    node.wake(`distress:${node.code}`);
    for (const { desk } of onward) if (desk !== null) node.wake(`desk:${desk}`);
  }, 50).unref();
}

/** The word to whoever took it back: that it is gone here, where it had gone from here, and who has not confirmed yet. */
async function sayGone(
  node: Pick<DistressNode, "secret">,
  tx: Writer,
  { id, state, taken }: { id: Id; state: string; taken: boolean },
): Promise<void> {
  const { rows } = await sql<{ onward: string[]; waits: string[] }>`select onward, waits
    from simpul.distress_onward(${originOf(node, { id, state })})`.execute(tx.rows);
  await tx.send({
    ...{ id: tx.newId(), to: NodeCode.parse(state), kind: "distress.gone", urgent: true },
    body: { v: 1, id, taken, ...rows[0]! },
  });
}

/**
 * Their word that it is gone there, and again when a state that had it from there says so too. Whoever took it back from
 * this state hears of each. A word that comes late never makes more states wait.
 */
export async function goneThere(
  node: Pick<DistressNode, "secret">,
  tx: Writer,
  { from }: Pick<Envelope, "from">,
  said: { id: Id; taken: boolean; onward: readonly string[]; waits?: readonly string[] },
): Promise<void> {
  const waits = said.waits ?? [];
  const { rows } = await sql<{ origin: Id | null }>`update simpul.distress_told
    set gone_at = ${tx.at}, gone_taken = ${said.taken}, gone_onward = ${said.onward}, gone_waits = ${waits}
    where id = ${said.id} and state = ${from} and withdrawn_at is not null
      and (gone_at is null or cardinality(gone_waits) > ${waits.length}) returning origin`.execute(tx.rows);
  tx.note("distress.gone", { id: said.id, peer: from });
  const origin = rows[0]?.origin ?? null;
  if (origin === null) return;
  const back = await sql<{ id: Id; state: string; taken: boolean }>`select id, state, taken
    from simpul.distress_taken_back()`.execute(tx.rows);
  const first = back.rows.find((one) => originOf(node, one) === origin);
  if (first !== undefined) await sayGone(node, tx, first);
}

/** Whether the peer whose envelope this is took it back before it came. */
export async function wasTakenBack(tx: Writer, id: Id): Promise<boolean> {
  const { rows } = await sql<{ back: boolean }>`select exists (select from simpul.distress_called_back
    where id = ${id} and state = simpul.peer()) as back`.execute(tx.rows);
  return rows[0]!.back;
}
