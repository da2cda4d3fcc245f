// Keeps what was said: sealed to the desk at once, its clock begun, and a sign for whoever has the number that it arrived.
import { createHash } from "node:crypto";
import { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { DistressError, type Said } from "./contract.ts";
import type { DistressNode } from "./node.ts";
import { numberOf, openReply, sealReply, type Reply, type ReplyKeys } from "./number.ts";
import { clockFrom } from "./rules.ts";
import { sealFor, type Message } from "./sealed.ts";

export const pageJob: Standing = { actor: { kind: "job", name: "open-page" }, purpose: "victim-assistance" };

/** Messages that nobody has taken, at most; a flood beyond it would fill the disk. */
const mostWaiting = 50_000;

/** An id that the same words from the same form always have, so that a form sent twice is kept once (UUIDv8). */
export function idOf(...parts: string[]): Id {
  const hex = createHash("sha256").update(parts.join("\n")).digest("hex");
  return Id.parse(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`,
  );
}

/** What makes an id that nobody without the node's secret can compute. */
export const keyed = (node: Pick<DistressNode, "secret">): string => Buffer.from(node.secret).toString("hex");

/**
 * Gives the number of the form, the same for the same form; null when the node has no desk key or computes too many
 * numbers just now. `number` continues what was written before.
 */
export async function keepSaid(
  node: DistressNode,
  ask: { said: Said; cut: boolean; slowed: boolean; once: string; number?: string },
): Promise<{ number: string; id: Id } | null> {
  const to = await node.sealTo();
  if (to === null) return null;
  const number = ask.number ?? numberOf(node.secret, ask.once);
  const keys = await node.replyKeys(number);
  if (keys === null) return null;
  const at = node.clock.now();
  const tag = keys.tag.toString("base64url");
  const message: Message = {
    ...{ v: 1, at: at.toISOString(), via: "page", thread: tag, by: null, from: null },
    ...{ said: ask.said, cut: ask.cut, slowed: ask.slowed },
    reply: { tag, key: keys.key.toString("base64url") },
  };
  const id = idOf(keyed(node), ask.once, JSON.stringify(ask.said));
  const jwe = await sealFor(to, message);
  await node.store.write(pageJob, async (tx) => {
    await addMessage(tx, { id, jwe });
    await sql`insert into simpul.distress_replies (id, tag, sealed, day)
      select ${tx.newId()}, ${keys.tag}, ${sealReply(keys, { kind: "arrived", text: "", day: dayOf(at) })}, ${dayOf(at)}::date
      where not exists (select 1 from simpul.distress_replies r where r.tag = ${keys.tag})`.execute(tx.rows);
    tx.note("distress.kept", { id });
  });
  node.wake("distress");
  return { number, id };
}

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** A sealed message with its clock. Gives false when it is there already. Throws `FULL` when a flood fills the node. */
export async function addMessage(tx: Writer, row: { id: Id; jwe: string; from?: string }): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from simpul.distress_messages
    where taken_by is null`.execute(tx.rows);
  if (rows[0]!.count >= mostWaiting) throw new DistressError("FULL");
  const added = await sql`insert into simpul.distress_messages (id, jwe, clock_at, from_state)
    values (${row.id}, ${row.jwe}, ${clockFrom(tx.at)}, ${row.from ?? null}) on conflict do nothing`.execute(
    tx.rows,
  );
  return added.numAffectedRows === 1n;
}

/** What stands behind a number, the oldest first; null when there is nothing. */
export async function repliesBehind(node: DistressNode, keys: ReplyKeys): Promise<Reply[] | null> {
  const { rows } = await node.store.read(pageJob, (db) =>
    sql<{ sealed: Buffer }>`select sealed from simpul.distress_replies where tag = ${keys.tag}
      order by id limit 100`.execute(db.rows),
  );
  return rows.length === 0 ? null : rows.map((row) => openReply(keys, row.sealed));
}
