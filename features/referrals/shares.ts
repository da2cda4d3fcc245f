// What passes between desks, by ids alone: placed, answered, called back through every holder, returned on silence. None of
// it needs an open desk, so that a withdrawal at night reaches everybody (VIC-3, VIC-4, COR-1).
import type { Id, NodeCode } from "@simpul/model";
import { inTurn, type Writer } from "@simpul/store";
import { sql } from "kysely";
import { ReferralsError, type ShareKind, type ShareState, type Way } from "./contract.ts";
import { shareRow, type ReferralsNode, type ShareRow } from "./node.ts";
import { moved, toHour, type ShareStep } from "./rules.ts";
import type { Wire } from "./wire.ts";

export interface Placed {
  id: Id;
  what: ShareKind;
  thread: Id;
  way: Way;
  peer: NodeCode | null;
  due: Date;
  /** Sealed to the peer's desk; null where a service is told otherwise. */
  jwe: string | null;
  /** Shares of other desks that it stands on. */
  parents: readonly Id[];
}

/** Offers something; what stands on another desk's share is told to that desk, so that it knows who holds it (COR-1). */
export async function place(tx: Writer, ask: Placed): Promise<void> {
  const fresh =
    await sql`insert into simpul.victim_shares (id, ours, what, thread, way, peer, state, made_at, due_at, changed_at)
    values (${ask.id}, true, ${ask.what}, ${ask.thread}, ${ask.way}, ${ask.peer}, 'pending', ${toHour(tx.at)}, ${ask.due},
      ${toHour(tx.at)}) on conflict do nothing`.execute(tx.rows);
  if (fresh.numAffectedRows !== 1n) throw new ReferralsError("NOT_NOW", { state: "offered" });
  await keepHolder(tx, ask.id, { share: ask.id, via: null, state: ask.peer, way: ask.way });
  for (const parent of ask.parents) {
    await sql`insert into simpul.victim_share_onward (parent, child) values (${parent}, ${ask.id}) on conflict do nothing`.execute(
      tx.rows,
    );
    const above = await shareRow(tx, parent);
    const onward = { share: ask.id, via: parent, state: ask.peer, way: ask.way };
    if (above.peer !== null) await say(tx, above, "onward", { onward });
  }
  if (ask.peer !== null && ask.jwe !== null)
    await tx.send({
      id: tx.newId(),
      to: ask.peer,
      kind: "share.offered",
      body: {
        share: ask.id,
        thread: ask.thread,
        what: ask.what,
        at: tx.at.toISOString(),
        due: ask.due.toISOString(),
        jwe: ask.jwe,
      } satisfies Wire<"share.offered">,
    });
  tx.note("share.offered", { id: ask.id, share: ask.what });
}

type Said = Wire<"share.said">;

/** Tells the other desk; what takes away goes ahead of everything else. */
export async function say(
  tx: Writer,
  row: Pick<ShareRow, "id" | "peer">,
  step: Said["step"],
  more: { answer?: string | null; onward?: Said["onward"] } = {},
): Promise<void> {
  if (row.peer === null) return;
  const body: Said = {
    share: row.id,
    step,
    at: tx.at.toISOString(),
    answer: more.answer ?? null,
    onward: more.onward ?? null,
  };
  const urgent = ["revoked", "withdrawn", "closed"].includes(step);
  await tx.send({ id: tx.newId(), to: row.peer, kind: "share.said", body, ...(urgent && { urgent }) });
}

/** Holders of one share at most: more is a fault or an attack. */
export const mostHolders = 200;

export async function keepHolder(
  tx: Writer,
  root: Id,
  holder: { share: Id; via: Id | null; state: NodeCode | null; way: Way },
): Promise<boolean> {
  const { rows } = await sql<{
    many: string;
  }>`select count(*) as many from simpul.victim_share_holders where root = ${root}`.execute(tx.rows);
  if (Number(rows[0]?.many ?? 0) >= mostHolders) return false;
  await sql`insert into simpul.victim_share_holders (root, share, via, state, way)
    values (${root}, ${holder.share}, ${holder.via}, ${holder.state}, ${holder.way}) on conflict do nothing`.execute(
    tx.rows,
  );
  return true;
}

/** Offers of one thread are placed and taken in one after the other, so that two that cross see each other. */
export const oneAtATime = (tx: Writer, thread: Id): Promise<void> => inTurn(tx, `shares of ${thread}`);

export const parentsOf = async (tx: Writer, child: Id): Promise<ShareRow[]> =>
  (
    await sql<ShareRow>`select s.* from simpul.victim_shares s join simpul.victim_share_onward o on o.parent = s.id
      where o.child = ${child} order by s.id`.execute(tx.rows)
  ).rows;

const childrenOf = async (tx: Writer, parent: Id): Promise<ShareRow[]> =>
  (
    await sql<ShareRow>`select s.* from simpul.victim_shares s join simpul.victim_share_onward o on o.child = s.id
      where o.parent = ${parent} order by s.id for update of s`.execute(tx.rows)
  ).rows;

export async function setState(tx: Writer, id: Id, state: ShareState): Promise<void> {
  await sql`update simpul.victim_shares set state = ${state}, changed_at = ${toHour(tx.at)}, seen_at = null where id = ${id}`.execute(
    tx.rows,
  );
}

export const destroy = (tx: Writer, id: Id): Promise<unknown> =>
  sql`select simpul.destroy_share(${id})`.execute(tx.rows);

/**
 * Called back: by us, or by the desk that gave it. What is held of it here is destroyed in this transaction, what stands on
 * it is called back with it, and whoever holds it is told. Gives whether anything changed; safe to repeat.
 */
export async function callBack(
  tx: Writer,
  row: ShareRow,
  why: "revoked" | "withdrawn" | "returned",
): Promise<boolean> {
  const next = moved(row, why, "giver");
  if (next === null || next === "ignored") {
    // It is told again that it is closed here: the first word may be what got lost.
    if (!row.ours && row.state === why) await say(tx, row, "closed");
    return false;
  }
  await setState(tx, row.id, next.state);
  await destroy(tx, row.id);
  if (row.ours) {
    await sql`update simpul.victim_share_holders set told_at = coalesce(told_at, ${tx.at}) where root = ${row.id}`.execute(
      tx.rows,
    );
    await say(tx, row, why);
    // Whoever opened the link, or was told by hand, may have written it down: somebody tells them by telephone.
    if (row.way === "link" && row.opened_at === null) await closed(tx, row, null);
  } else {
    for (const child of await childrenOf(tx, row.id)) await callBack(tx, child, why);
    await say(tx, row, "closed");
  }
  tx.note(`share.${why}`, { id: row.id, share: row.what });
  return true;
}

/** A holder of ours no longer has it; those above us hear of it, each under its own name for it. */
export async function closed(tx: Writer, root: ShareRow, onward: Said["onward"]): Promise<void> {
  const share = onward?.share ?? root.id;
  await sql`update simpul.victim_share_holders set closed_at = coalesce(closed_at, ${tx.at})
    where root = ${root.id} and share = ${share}`.execute(tx.rows);
  for (const parent of await parentsOf(tx, root.id))
    await say(tx, parent, "closed", {
      onward: onward ?? { share: root.id, via: parent.id, state: root.peer, way: root.way },
    });
}

/** A step of the one who has it: our officer about what came, or about what a service said by telephone. */
export async function take(
  tx: Writer,
  row: ShareRow,
  step: "accepted" | "rejected" | "done",
  answer: string | null,
) {
  const next = moved(row, step, "taker");
  if (next === null || next === "ignored") throw new ReferralsError("NOT_NOW", { state: row.state });
  if (step !== "done" && row.due_at !== null && row.due_at < tx.at)
    throw new ReferralsError("NOT_NOW", { state: "returned" });
  await setState(tx, row.id, next.state);
  if (step === "rejected") await destroy(tx, row.id);
  if (!row.ours) await say(tx, row, step, { answer });
  else if (step === "rejected") await closed(tx, row, null);
  tx.note(`share.${step}`, { id: row.id, share: row.what });
}

/** Silence returns it (VIC-4): this sees ids and deadlines and nothing else. Gives how many. */
export async function returnOnSilence(
  node: Pick<ReferralsNode, "code" | "store" | "clock" | "wake" | "send">,
): Promise<number> {
  const job = { actor: { kind: "job", name: "referrals" }, purpose: "victim-assistance" } as const;
  const now = node.clock.now();
  const due = await node.store.read(job, async (db) => {
    const { rows } = await sql<{
      id: Id;
    }>`select id from simpul.victim_shares where state = 'pending' and due_at < ${now}
      order by due_at limit 500`.execute(db.rows);
    return rows;
  });
  if (due.length === 0) return 0;
  const returned = await node.store.write(job, async (tx) => {
    let count = 0;
    for (const { id } of due) {
      const row = await shareRow(tx, id, { lock: true });
      if (row.state !== "pending" || row.due_at === null || row.due_at >= now) continue;
      // What came and was not answered is not kept, whether or not the other side's word has arrived.
      if (await callBack(tx, row, "returned")) count += 1;
    }
    tx.note("share.silence", { count });
    return count;
  });
  node.wake(`shares:${node.code}`);
  node.send();
  return returned;
}

export const isStep = (step: Said["step"]): step is ShareStep => step !== "closed" && step !== "onward";
