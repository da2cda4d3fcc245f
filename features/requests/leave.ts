// Leaving the state: the exact body, the record of the release, and the envelope in the transaction of the approval.
import type { Digest, Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { ItemProof } from "../evidence/contract.ts";
import type { Follows, Grant, Paragraph, SharedItem } from "./contract.ts";
import { digestOf } from "./grants.ts";
import { json, type RequestsNode, type Shared, type ThreadRow } from "./node.ts";
import { originatorsOf, unionOf } from "./rules.ts";
import { keepShares } from "./taken-back.ts";
import type { Wire, WireItem, WireType } from "./shapes.ts";

/** An envelope of this room, in the transaction of the act that caused it. */
export async function send<T extends WireType>(
  tx: Writer,
  to: NodeCode,
  kind: T,
  body: Wire<T>,
  about: { id?: Id; attachments?: Digest[] } = {},
): Promise<Id> {
  const id = about.id ?? tx.newId();
  await tx.send({ id, to, kind, body, attachments: about.attachments ?? [], urgent: isUrgent(kind, body) });
  return id;
}

/** One thread is as urgent from its first envelope to its last, so none of it overtakes what it answers. */
function isUrgent(kind: WireType, body: object): boolean {
  // HC-9: its owner hears of it at once.
  if (kind === "override.notified") return true;
  const { urgent, clock } = body as { urgent?: boolean; clock?: { urgent: boolean } };
  return urgent ?? clock?.urgent ?? false;
}

/** What leaves with its items still without their proof; `envelope` is its id on the way. */
export interface Leaving<T extends "request.sent" | "answer.released"> {
  kind: T;
  to: NodeCode;
  envelope: Id;
  thread: Id;
  body: Omit<Wire<T>, "items">;
  items: SharedItem[];
  follows?: Follows | null;
}

/** What belongs to another room goes right behind, in the same transaction. */
async function sendFollowing(tx: Writer, { to, follows }: Pick<Leaving<"request.sent">, "to" | "follows">) {
  if (follows) await tx.send({ id: tx.newId(), to, ...follows });
}

/**
 * Puts it into the outbox. Items leave with their custody: that is written by a job of this node in one transaction
 * with the envelope, because whoever lets something go need not be able to open it.
 */
export async function depart<T extends "request.sent" | "answer.released">(
  tx: Writer,
  leaving: Leaving<T>,
): Promise<void> {
  if (leaving.items.length === 0) {
    await send(tx, leaving.to, leaving.kind, { ...leaving.body, items: [] } as unknown as Wire<T>, {
      id: leaving.envelope,
    });
    await sendFollowing(tx, leaving);
    return;
  }
  await tx.enqueue({ kind: "requests.depart", payload: leaving, key: leaving.envelope });
}

/** Of others' records, only those permissions go along that let this state have them. */
export const along = <T extends { originator: NodeCode; grants: Grant[] }>(
  node: Pick<RequestsNode, "code">,
  list: readonly T[],
  to: NodeCode,
): T[] =>
  list.map((one) =>
    one.originator === node.code
      ? one
      : {
          ...one,
          grants: one.grants.filter(
            (grant) =>
              (grant.action === "onward" || grant.action === "override") && grant.recipients.includes(to),
          ),
        },
  );

/** The job: each item's chain says to whom it went, and that is its proof there. */
export async function departWithItems(node: RequestsNode, tx: Writer, leaving: Leaving<"answer.released">) {
  const items: WireItem[] = [];
  for (const item of leaving.items) {
    const proof: ItemProof = await node.items.depart(tx, item.id, {
      to: leaving.to,
      envelope: leaving.envelope,
    });
    items.push({ ...item, proof });
  }
  await send(
    tx,
    leaving.to,
    leaving.kind,
    { ...leaving.body, items },
    {
      id: leaving.envelope,
      attachments: [...new Set(items.map((item) => item.digest))],
    },
  );
  await sendFollowing(tx, leaving);
}

/** The record of what left or arrived, on what terms; both sides write one about the same words. */
export async function keepRelease(
  node: Pick<RequestsNode, "code">,
  tx: Writer,
  thread: Pick<ThreadRow, "id" | "request_id" | "peer">,
  release: {
    what: "request" | "answer";
    ours: boolean;
    by: Id | null;
    author: Id | null;
    reason: string | null;
    shared: Shared;
    narrative: readonly Paragraph[];
    /** Whatever else was said, so that the digest covers it. */
    said: unknown;
  },
): Promise<Digest> {
  const { what, ours, shared } = release;
  // Links to our purpose and grants are part of what was seen; proofs of items have their own digests.
  const digest = digestOf({ said: release.said, records: shared.records, items: shared.items });
  const from = ours ? node.code : thread.peer;
  const originators = originatorsOf(from, [...shared.records, ...shared.items]);
  await sql`insert into simpul.releases (id, thread_id, what, at, released_by, author_id, from_node, to_node, reason,
      records, items, handling, originators, digest)
    values (${tx.newId()}, ${thread.id}, ${what}, ${tx.at}, ${release.by}, ${release.author}, ${from},
      ${ours ? thread.peer : node.code}, ${release.reason}, ${shared.records.length}, ${shared.items.length},
      ${json(unionOf([...shared.records, ...shared.items, ...release.narrative]))}, ${originators}::text[],
      ${Buffer.from(digest, "hex")})`.execute(tx.rows);
  const { answer = null } = release.said as { answer?: Id };
  const words = what === "answer" ? release.narrative : [];
  if (ours)
    await keepShares(tx, thread, {
      request: thread.request_id,
      answer,
      own: node.code,
      shared,
      narrative: words,
    });
  return digest;
}
