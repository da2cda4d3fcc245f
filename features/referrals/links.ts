// A one-time link for a service without a node: its key stands in the link alone, the server keeps what it cannot read.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, timingSafeEqual } from "node:crypto";
import type { Id, NodeCode, Random } from "@simpul/model";
import { sql } from "kysely";
import { z } from "zod";
import { clean } from "@simpul/doors/http";
import { ReferralsError, rejections, type Referred } from "./contract.ts";
import { jobStanding, shareRow, type ReferralsNode } from "./node.ts";
import { moved } from "./rules.ts";
import { closed, destroy, setState } from "./shares.ts";

/** What the service is shown. */
export interface Handed {
  v: 1;
  /** The state that asks, and the day and hour until which it waits. */
  node: NodeCode;
  due: string;
  content: Referred;
}

export const LinkAnswer = z.strictObject({
  step: z.enum(["accepted", "rejected"]),
  code: z.enum(rejections).nullable(),
  text: clean(2000),
  name: clean(200),
});
export type LinkAnswer = z.infer<typeof LinkAnswer>;

const proofInfo = "simpul-link-proof-v1";
/** Wrong keys after which a link is dead: somebody guesses. */
const mostTries = 20;

export const proofOf = (key: Uint8Array): Buffer =>
  Buffer.from(hkdfSync("sha256", key, new Uint8Array(), proofInfo, 32));
const digestOf = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

/** AES-256-GCM: 12 bytes, ciphertext, 16 bytes of tag, in base64url; bound to the share and to what it is. */
export function box(key: Uint8Array, random: Random, about: string, value: unknown): string {
  const iv = random.bytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(about));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
  return Buffer.concat([iv, text, cipher.getAuthTag()]).toString("base64url");
}

/** Null for anything but what was boxed under this key about this. */
export function unbox(key: Uint8Array, about: string, boxed: string): unknown {
  try {
    const bytes = Buffer.from(boxed, "base64url");
    const cipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAAD(Buffer.from(about));
    cipher.setAuthTag(bytes.subarray(-16));
    const text = Buffer.concat([cipher.update(bytes.subarray(12, -16)), cipher.final()]);
    return JSON.parse(text.toString("utf8")) as unknown;
  } catch {
    return null;
  }
}

/** The key for the link, and the row that the server keeps. */
export function makeLink(
  random: Random,
  share: Id,
  handed: Handed,
): { key: string; box: string; proof: Buffer } {
  const key = random.bytes(32);
  return {
    key: Buffer.from(key).toString("base64url"),
    box: box(key, random, `given ${share}`, handed),
    proof: digestOf(proofOf(key)),
  };
}

export const linkPath = (share: Id, key: string): string => `/handed/${share}#${key}`;

/** Who opens it proves the key without showing it. Throws `LINK_DEAD` for everything that is not open any more. */
export async function openLink(
  node: ReferralsNode,
  share: Id,
  proof: string,
): Promise<{ box: string; due: string }> {
  const found = await node.store.write(jobStanding, async (tx) => {
    const link = await proven(tx, share, proof);
    if (link === null) return null;
    await sql`update simpul.victim_shares set opened_at = coalesce(opened_at, ${tx.at}) where id = ${share}`.execute(
      tx.rows,
    );
    tx.note("share.opened", { id: share });
    return link;
  });
  if (found === null) throw new ReferralsError("LINK_DEAD");
  node.wake(`shares:${node.code}`);
  return { box: found.box, due: found.due.toISOString() };
}

/** The service says yes or no; its words come sealed under the link's key, and the link dies. */
export async function answerLink(
  node: ReferralsNode,
  share: Id,
  ask: { proof: string; step: "accepted" | "rejected"; answer: string },
): Promise<void> {
  const done = await node.store.write(jobStanding, async (tx) => {
    const link = await proven(tx, share, ask.proof);
    if (link === null) return false;
    const row = await shareRow(tx, share, { lock: true });
    const next = moved(row, ask.step, "taker");
    if (next === null || next === "ignored") return false;
    await setState(tx, share, next.state);
    await sql`update simpul.victim_shares set answer = ${ask.answer} where id = ${share}`.execute(tx.rows);
    await destroy(tx, share);
    if (ask.step === "rejected") await closed(tx, row, null);
    tx.note(`share.${ask.step}`, { id: share, share: row.what });
    return true;
  });
  if (!done) throw new ReferralsError("LINK_DEAD");
  node.wake(`shares:${node.code}`);
  node.send();
}

type Writing = Parameters<Parameters<ReferralsNode["store"]["write"]>[1]>[0];

/** Null when it is dead, or the proof is not its key's; the transaction notes the try all the same. */
async function proven(tx: Writing, share: Id, proof: string): Promise<{ box: string; due: Date } | null> {
  const { rows } = await sql<{ box: string; proof: Buffer; tries: number; state: string; due_at: Date }>`
    select l.box, l.proof, l.tries, s.state, s.due_at from simpul.victim_share_links l join simpul.victim_shares s on s.id = l.share_id
    where l.share_id = ${share} for update of l`.execute(tx.rows);
  const link = rows[0];
  if (link === undefined) {
    tx.note("share.link-tried", {});
    return null;
  }
  const right = timingSafeEqual(link.proof, digestOf(Buffer.from(proof, "base64url")));
  const alive = link.state === "pending" && link.due_at > tx.at && link.tries < mostTries;
  if (right && alive) return { box: link.box, due: link.due_at };
  if (!right)
    await sql`update simpul.victim_share_links set tries = tries + 1 where share_id = ${share}`.execute(
      tx.rows,
    );
  tx.note("share.link-tried", { id: share });
  return null;
}
