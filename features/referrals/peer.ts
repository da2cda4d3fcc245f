// This room's side of the exchange: keys of victim desks, sealed offers, and the short words that follow them.
import { EnvelopeRefused, type Envelope, type Outgoing, type PeerPart, type Receipt } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { takeDeskKey } from "./desk-keys/keys.ts";
import { jobStanding, soon, type ReferralsNode, type ShareRow } from "./node.ts";
import { answered, stands, toHour } from "./rules.ts";
import {
  callBack,
  closed,
  destroy,
  isStep,
  keepHolder,
  oneAtATime,
  parentsOf,
  say,
  setState,
} from "./shares.ts";
import { read, type Wire } from "./wire.ts";

const longest = 90 * 86_400_000;

export function referralsPart(node: ReferralsNode): PeerPart {
  const wake = () =>
    soon(() => {
      node.wake(`shares:${node.code}`);
      node.send();
    });
  const may = () => Promise.resolve({ kind: "may" as const });
  return {
    takes: {
      "desk-key.told": async (tx, envelope) => {
        await takeDeskKey(node, tx, envelope);
        wake();
      },
      "share.offered": async (tx, envelope) => {
        await takeOffered(node, tx, envelope);
        wake();
      },
      "share.said": async (tx, envelope) => {
        await takeSaid(tx, envelope);
        wake();
      },
    },
    leaves: {
      "desk-key.told": may,
      // What takes away, and what tells that it is gone, is never held back.
      "share.said": may,
      "share.offered": (envelope) => mayLeave(node, envelope),
    },
    receipted: {
      "share.offered": (out, receipt) => refusedThere(node, out, receipt, "share.offered"),
      "share.said": (out, receipt) => refusedThere(node, out, receipt, "share.said"),
    },
  };
}

/** The law's last word: what was withdrawn, recalled or came back while it waited does not leave. */
async function mayLeave(node: ReferralsNode, envelope: Outgoing) {
  const { share } = envelope.body as Wire<"share.offered">;
  const state = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{
      state: string;
    }>`select state from simpul.victim_shares where id = ${share}`.execute(db.rows);
    return rows[0]?.state;
  });
  return state === "pending"
    ? ({ kind: "may" } as const)
    : ({ kind: "may-not", because: `the offer is ${state ?? "gone"}` } as const);
}

const rowOf = async (tx: Writer, id: Id): Promise<ShareRow | null> =>
  (await sql<ShareRow>`select * from simpul.victim_shares where id = ${id} for update`.execute(tx.rows))
    .rows[0] ?? null;

async function takeOffered(node: ReferralsNode, tx: Writer, envelope: Envelope): Promise<void> {
  const body = read("share.offered", envelope.body);
  const due = new Date(body.due);
  if (due.getTime() - Date.parse(body.at) > longest) throw new EnvelopeRefused("BAD_BODY", "due");
  const known = await rowOf(tx, body.share);
  if (known !== null) {
    // Called back before it came: the mark that was left refuses the late copy (COR-3).
    if (known.ours || known.peer !== envelope.from)
      throw new EnvelopeRefused("NOT_ALLOWED", "another's share");
    tx.note("share.late-copy", { id: body.share, peer: envelope.from });
    return;
  }
  if (body.what === "transfer") await oneAtATime(tx, body.thread);
  const crossing = body.what === "transfer" ? await crossed(tx, body, envelope.from) : "none";
  const state = crossing === "mine" ? "revoked" : "pending";
  await sql`insert into simpul.victim_shares (id, ours, what, thread, way, peer, state, made_at, due_at, changed_at, crossed)
    values (${body.share}, false, ${body.what}, ${body.thread}, 'peer', ${envelope.from}, ${state}, ${toHour(tx.at)},
      ${due}, ${toHour(tx.at)}, ${crossing !== "none"})`.execute(tx.rows);
  if (state === "pending")
    await sql`insert into simpul.victim_share_contents (share_id, jwe) values (${body.share}, ${body.jwe})`.execute(
      tx.rows,
    );
  tx.note("share.arrived", { id: body.share, peer: envelope.from, share: body.what });
}

/** Both desks offered her to each other: the same offer stands on both sides, without another word. */
async function crossed(
  tx: Writer,
  body: Wire<"share.offered">,
  from: string,
): Promise<"mine" | "theirs" | "none"> {
  const { rows } =
    await sql<ShareRow>`select * from simpul.victim_shares where thread = ${body.thread} and ours
    and peer = ${from} and what = 'transfer' and state = 'pending' for update`.execute(tx.rows);
  const mine = rows[0];
  if (mine === undefined) return "none";
  const who = stands(mine.id, body.share);
  if (who === "theirs") {
    await setState(tx, mine.id, "revoked");
    await sql`update simpul.victim_share_holders set told_at = ${tx.at}, closed_at = ${tx.at} where root = ${mine.id}`.execute(
      tx.rows,
    );
  }
  await sql`update simpul.victim_shares set crossed = true where id = ${mine.id}`.execute(tx.rows);
  return who;
}

async function takeSaid(tx: Writer, envelope: Envelope): Promise<void> {
  const body = read("share.said", envelope.body);
  const row = await rowOf(tx, body.share);
  if (row === null) {
    if (!["revoked", "withdrawn", "returned"].includes(body.step))
      throw new EnvelopeRefused("UNKNOWN_RECORD", "share");
    await leaveMark(tx, body, envelope);
    return;
  }
  if (row.peer !== envelope.from) throw new EnvelopeRefused("UNKNOWN_RECORD", "share");
  if (body.step === "onward" || body.step === "closed") {
    if (!row.ours) throw new EnvelopeRefused("NOT_ALLOWED", "not theirs to say");
    await hearHolder(tx, row, body);
    return;
  }
  if (!isStep(body.step)) return;
  if (body.step === "accepted" || body.step === "rejected" || body.step === "done") {
    if (!row.ours) throw new EnvelopeRefused("NOT_ALLOWED", "not theirs to say");
    await hearAnswer(tx, row, { ...body, step: body.step });
    return;
  }
  if (row.ours) throw new EnvelopeRefused("NOT_ALLOWED", "not theirs to say");
  await callBack(tx, row, body.step);
  // Taken over before its recall arrived: here both met, and her desk is this one.
  if (row.what === "transfer" && row.state === "accepted" && body.step === "revoked")
    await say(tx, row, "accepted");
  tx.note("share.heard", { id: row.id, peer: envelope.from, step: body.step });
}

/** It never came, or comes later: the mark refuses it then, and the other side hears that nothing is held. */
async function leaveMark(tx: Writer, body: Wire<"share.said">, envelope: Envelope): Promise<void> {
  await sql`insert into simpul.victim_shares (id, ours, what, thread, way, peer, state, made_at, changed_at, seen_at)
    values (${body.share}, false, 'referral', ${body.share}, 'peer', ${envelope.from}, ${body.step}, ${toHour(tx.at)},
      ${toHour(tx.at)}, ${tx.at})`.execute(tx.rows);
  await say(tx, { id: body.share, peer: envelope.from }, "closed");
  tx.note("share.mark", { id: body.share, peer: envelope.from });
}

async function hearHolder(tx: Writer, row: ShareRow, body: Wire<"share.said">): Promise<void> {
  if (body.step === "closed") {
    if (body.onward !== null) await keepOnward(tx, row, body.onward);
    await closed(tx, row, body.onward);
  } else if (body.onward !== null) {
    await keepOnward(tx, row, body.onward);
    for (const parent of await parentsOf(tx, row.id))
      await say(tx, parent, "onward", { onward: body.onward });
    // It went on after it was called back: that crossed, and is told once more.
    if (row.state === "withdrawn" || row.state === "revoked") {
      await sql`update simpul.victim_share_holders set told_at = coalesce(told_at, ${tx.at}) where root = ${row.id}`.execute(
        tx.rows,
      );
      await say(tx, row, row.state);
    }
  } else throw new EnvelopeRefused("BAD_BODY", "onward");
  tx.note("share.heard", { id: row.id, ...(row.peer !== null && { peer: row.peer }), step: body.step });
}

async function keepOnward(
  tx: Writer,
  row: ShareRow,
  onward: NonNullable<Wire<"share.said">["onward"]>,
): Promise<void> {
  if (!(await keepHolder(tx, row.id, onward))) throw new EnvelopeRefused("LIMITED", "holders");
}

async function hearAnswer(
  tx: Writer,
  row: ShareRow,
  body: Wire<"share.said"> & { step: "accepted" | "rejected" | "done" },
): Promise<void> {
  const next = answered({ ...row, due: row.due_at }, body.step, new Date(body.at));
  if (next === "late") throw new EnvelopeRefused("NOT_ALLOWED", "too late: it was returned");
  if (next !== "ignored") {
    await setState(tx, row.id, next.state);
    if (body.answer !== null)
      await sql`update simpul.victim_shares set answer = ${body.answer} where id = ${row.id}`.execute(
        tx.rows,
      );
    if (body.step === "rejected") await closed(tx, row, null);
  }
  tx.note("share.heard", { id: row.id, ...(row.peer !== null && { peer: row.peer }), step: body.step });
}

/** The other side did not take it: an offer comes back, an acceptance that came too late is none. */
async function refusedThere(
  node: ReferralsNode,
  out: Outgoing,
  receipt: Receipt,
  kind: "share.offered" | "share.said",
): Promise<void> {
  if (receipt.outcome === "accepted") return;
  const body = out.body as Wire<"share.said">;
  const late = kind === "share.said" && body.step === "accepted" && receipt.code === "NOT_ALLOWED";
  if (kind === "share.said" && !late) return;
  await node.store.write(jobStanding, async (tx) => {
    const row = await rowOf(tx, body.share);
    if (row !== null && (late ? row.state === "accepted" : row.state === "pending")) {
      await setState(tx, row.id, "returned");
      await destroy(tx, row.id);
    }
    tx.note("share.not-taken", { id: body.share, peer: out.to });
  });
  node.wake(`shares:${node.code}`);
}
