// Envelopes that are about to leave: which are next, what the law says right before, their numbers and sealed bytes.
import { randomBytes } from "node:crypto";
import type { Digest, Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import {
  excludesFrom,
  sealTogether,
  voidType,
  type AttachmentRef,
  type Envelope,
  type Excluded,
} from "./envelope.ts";
import { ExchangeError } from "./errors.ts";
import { signingTo, type AgencyKey } from "./keys.ts";
import { type Peer } from "./peers.ts";
import { tables } from "./rows.ts";
import type { Leave, Outgoing, Sending } from "./sender.ts";
import { togetherFrom } from "./together.ts";

export interface Row {
  id: string;
  kind: string;
  body: unknown;
  attachments: string[];
  sequence: number | null;
  sealed: Buffer | null;
  first_id: string | null;
  urgent: boolean;
  /** Who over there is excluded, as its sealed bytes say. */
  excluded: string[];
}

export const outgoingOf = (row: Row, to: NodeCode): Outgoing => ({
  id: row.id as Id,
  first: (row.first_id ?? row.id) as Id,
  to,
  kind: row.kind,
  body: row.body,
  attachments: row.attachments as Digest[],
  excluded: row.excluded as Id[],
});

/**
 * The next envelopes, in the order in which they leave: what has its number first, because the peer takes no later one
 * before it; then the urgent; then the oldest. As many as fit into `bytes`, one at least, `most` at most; above number
 * `after`, because those up to it are on their way.
 */
export async function nextRows(
  node: Pick<Sending, "store">,
  peer: NodeCode,
  fit: { most: number; bytes: number; after: number },
): Promise<Row[]> {
  const { rows: found } = await node.store.chore("exchange", ({ rows }) =>
    sql<Row>`
      with next as (
        select id, row_number() over w as place,
          sum(coalesce(octet_length(sealed), 1024 + 2 * pg_column_size(body))) over w as bytes
        from simpul.outbox where peer = ${peer} and state = 'waiting'
          and (sequence is null or sequence > ${fit.after})
        window w as (order by sequence asc nulls last, urgent desc, created_at, id)
        order by sequence asc nulls last, urgent desc, created_at, id limit ${fit.most})
      select o.id, o.kind, o.body, o.attachments, o.sequence, o.sealed, o.first_id, o.urgent, o.excluded
      from next join simpul.outbox o on o.peer = ${peer} and o.id = next.id
      where next.place = 1 or next.bytes <= ${fit.bytes}
      order by next.place`.execute(rows),
  );
  // The urgent go without company: on a bad line each letter beside them costs seconds.
  const ordinary = found.findIndex((row) => !row.urgent);
  return ordinary > 0 ? found.slice(0, ordinary) : found;
}

/** What is about to get its number. */
export interface Going {
  row: Row;
  /** What the law said against it after it had got its number: it travels as nothing. */
  void: string | null;
  /** Who at the other node is not to see it. */
  excluded: readonly Excluded[];
}

export interface Sealed extends Going {
  seq: number;
  sealed: string;
}

/** A node of before would show to everybody what somebody is excluded from: it is not sent there. */
export function lawFor(peer: Peer, leave: Leave): Leave {
  const excludes = leave.kind === "may" && (leave.excluded?.length ?? 0) > 0;
  if (!excludes || peer.version >= excludesFrom) return leave;
  return { kind: "may-not", because: "CANNOT_EXCLUDE: the node there has to be updated first" };
}

/**
 * Gives envelopes their numbers and their sealed bytes in one transaction, so that a process that dies leaves no gap;
 * the second time it finds both. What the law forbids by now keeps its number and says nothing any more.
 */
export async function number(node: Sending, peer: Peer, rows: readonly Going[]): Promise<Sealed[]> {
  const offers = new Map<Row, AttachmentRef[]>();
  for (const one of rows)
    if (one.row.sealed === null && one.void === null)
      offers.set(one.row, await offer(node, outgoingOf(one.row, peer.node)));
  return node.store.chore("exchange", async (keeper) => {
    const db = tables(keeper.rows);
    const fresh = rows.filter(({ row }) => row.sequence === null).length;
    let last = 0;
    if (fresh > 0) {
      const line = await db
        .updateTable("simpul.peer_lines")
        .set((set) => ({ sent: set("sent", "+", fresh) }))
        .where("peer", "=", peer.node)
        .returning("sent")
        .executeTakeFirstOrThrow();
      last = line.sent - fresh;
    }
    const given = rows.map((one) => ({ ...one, seq: one.row.sequence ?? ++last }));
    const kept = ({ row, void: because }: Going): boolean =>
      row.sequence !== null && row.sealed !== null && because === null;
    const anew = given.filter((one) => !kept(one));
    const texts = await sealAll(node, peer, anew, keeper.at, offers);
    const sealed = given.map((one): Sealed => {
      const text = texts.get(one.row);
      if (text === undefined) return { ...one, sealed: one.row.sealed!.toString("latin1") };
      one.row.excluded = one.excluded.map(({ id }) => id);
      return { ...one, sealed: text };
    });
    const changed = sealed.filter(({ row, sealed: text }) => row.sealed?.toString("latin1") !== text);
    await keepSealed(keeper.rows, peer.node, changed);
    await keepOffers(keeper.rows, peer.node, keeper.at, offers);
    return sealed;
  });
}

/**
 * A settled envelope whose bytes a restore forgot, sealed anew under its old number, and kept. It says nothing where
 * the law forbids it by now, or where its files are not held any more.
 */
export async function sealAgain(node: Sending, peer: Peer, row: Row, seq: number): Promise<string> {
  const outgoing = outgoingOf(row, peer.node);
  const leave = lawFor(peer, await node.mayLeave(outgoing));
  const refs = leave.kind === "may" ? await offer(node, outgoing).catch(() => null) : null;
  const excluded = leave.kind === "may" ? (leave.excluded ?? []) : [];
  const why = leave.kind === "may-not" ? leave.because : refs === null ? "a file is not held" : null;
  return node.store.chore("exchange", async ({ rows, at }) => {
    const anew = { row, seq, void: why, excluded };
    const texts = await sealAll(node, peer, [anew], at, new Map([[row, refs ?? []]]));
    const sealed = texts.get(row)!;
    await tables(rows)
      .updateTable("simpul.outbox")
      .set({ sealed: Buffer.from(sealed, "latin1"), excluded: excluded.map(({ id }) => id) as string[] })
      .where("peer", "=", peer.node)
      .where("id", "=", row.id)
      .execute();
    await keepOffers(rows, peer.node, at, new Map([[row, refs ?? []]]));
    return sealed;
  });
}

type Given = Going & { seq: number };

/** What one agency signs goes under one signature where the peer can read that. */
async function sealAll(
  node: Sending,
  peer: Peer,
  list: readonly Given[],
  at: Date,
  offers: ReadonlyMap<Row, AttachmentRef[]>,
): Promise<Map<Row, string>> {
  const groups: { by: AgencyKey; group: Given[] }[] = [];
  for (const one of list) {
    const by = signingTo(node.keys, peer, node.agencyFor(outgoingOf(one.row, peer.node)));
    const same = groups.find((each) => each.by.privateKey === by.privateKey && each.by.agency === by.agency);
    if (same === undefined || peer.version < togetherFrom) groups.push({ by, group: [one] });
    else same.group.push(one);
  }
  const texts = new Map<Row, string>();
  for (const { by, group } of groups) {
    const envelopes = group.map((one) => envelopeOf(node, peer, one, at, offers.get(one.row) ?? [], by));
    const sealed = await sealTogether(envelopes, by, peer.sealing);
    for (const [i, { row }] of group.entries()) texts.set(row, sealed[i]!);
  }
  return texts;
}

function envelopeOf(
  node: Sending,
  peer: Peer,
  one: Given,
  at: Date,
  attachments: AttachmentRef[],
  by: AgencyKey,
): Envelope {
  const outgoing = outgoingOf(one.row, peer.node);
  return {
    v: peer.version,
    id: outgoing.id,
    type: one.void === null ? outgoing.kind : voidType,
    from: node.keys.node,
    to: peer.node,
    agency: by.agency,
    seq: one.seq,
    at: at.toISOString(),
    ...(peer.version >= 2 ? { urgent: one.row.urgent } : {}),
    ...(one.excluded.length > 0 && one.void === null ? { excluded: [...one.excluded] } : {}),
    body: one.void === null ? outgoing.body : {},
    attachments,
  };
}

/** Another process that numbered one of them meanwhile undoes this transaction, and with it the numbers. */
async function keepSealed(
  rows: Parameters<typeof tables>[0],
  peer: NodeCode,
  sealed: readonly Sealed[],
): Promise<void> {
  if (sealed.length === 0) return;
  const list = sealed.map(
    (one) =>
      sql`(${one.row.id}::uuid, ${one.seq}::bigint, ${Buffer.from(one.sealed, "latin1")}::bytea,
        ${one.row.sequence}::bigint, ${one.row.excluded}::uuid[])`,
  );
  const kept = await sql`
    update simpul.outbox o set sequence = v.seq, sealed = v.sealed, excluded = v.excluded
    from (values ${sql.join(list)}) as v (id, seq, sealed, had, excluded)
    where o.peer = ${peer} and o.id = v.id and o.sequence is not distinct from v.had and o.state = 'waiting'`.execute(
    rows,
  );
  if (kept.numAffectedRows !== BigInt(sealed.length)) throw new Error("the line was lost to another process");
}

async function keepOffers(
  rows: Parameters<typeof tables>[0],
  peer: NodeCode,
  at: Date,
  offers: ReadonlyMap<Row, AttachmentRef[]>,
): Promise<void> {
  const list = [...offers].flatMap(([row, refs]) =>
    refs.map(({ digest, size, key }) => ({
      peer,
      envelope: row.id,
      digest,
      size,
      key: Buffer.from(key, "base64url"),
      at,
      fetched_at: null,
    })),
  );
  if (list.length > 0) await tables(rows).insertInto("simpul.offered").values(list).execute();
}

/** A fresh key for each file and recipient. Throws `NOT_FOUND` for a file that this node does not hold. */
async function offer(node: Sending, outgoing: Outgoing): Promise<AttachmentRef[]> {
  const refs: AttachmentRef[] = [];
  for (const digest of outgoing.attachments) {
    const source = await node.attachments.open(digest);
    if (!source) throw new ExchangeError("NOT_FOUND", `attachment ${digest}`);
    refs.push({ digest, size: source.size, key: randomBytes(32).toString("base64url") });
  }
  return refs;
}
