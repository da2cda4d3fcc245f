// Peers as rows: entered by one person, confirmed by another, read by every connection.
import { sql } from "kysely";
import { actorName, Digest, Id, NodeCode } from "@simpul/model";
import type { OpenStore, Writer } from "@simpul/store";
import { createPublicKey, type KeyObject } from "node:crypto";
import { ExchangeError } from "./errors.ts";
import { rawPublic, readPublic, type PublicKeys } from "./keys.ts";
import { tables, type PeerRow } from "./rows.ts";

/** A confirmed peer, its keys read. */
export interface Peer {
  node: NodeCode;
  host: string;
  port: number;
  pin: Digest;
  signing: KeyObject;
  sealing: KeyObject;
  agencies: ReadonlyMap<string, KeyObject>;
  state: PeerRow["state"];
  /** The version of the wire that both speak. */
  version: number;
  /** Statements about its keys that led to these. */
  number: number;
  /** Its keys of before, newest first; none that were revoked. */
  former: readonly FormerKeys[];
  /** The last statement about our keys that it acknowledged. */
  knowsOurs: number;
  /** The last of them of which it knows that the keys before are not used any more. */
  settledOurs: number;
  /** Its keys of now were declared stolen. */
  revoked: boolean;
}

export interface FormerKeys {
  pin: Digest;
  signing: KeyObject;
  agencies: ReadonlyMap<string, KeyObject>;
  /** When others took their place, and until when they are still taken on the line. */
  endedAt: Date;
  until: Date;
}

/** The pins under which it may stand at the line now. */
export const pinsOf = (peer: Peer, now: Date): Digest[] => [
  peer.pin,
  ...peer.former.filter(({ until }) => until > now).map(({ pin }) => pin),
];
/** The keys that may sign its requests now. */
export const requestKeys = (peer: Peer, now: Date): KeyObject[] => [
  peer.signing,
  ...peer.former.filter(({ until }) => until > now).map(({ signing }) => signing),
];
/** The keys that signed for it at any time, none that was revoked: what lasts was signed by the key of its day. */
export const everSigned = (peer: Peer): KeyObject[] => [
  peer.signing,
  ...peer.former.map(({ signing }) => signing),
];

/** What a state tells another about its node, over a channel that both trust. */
export interface PeerCard extends PublicKeys {
  node: NodeCode;
  /** `host:port` */
  address: string;
  /** Published keys of the private check, as `typeKey(…).published` gives them. */
  oprf?: unknown[];
  /** The node is part of an exercise; absent: it is live. Counts in the fingerprint, so nobody takes it off unheard. */
  exercise?: true | undefined;
}

function readAddress(address: string): { host: string; port: number } {
  const read = /^(\[[0-9a-f:]+\]|[A-Za-z0-9.-]+):(\d{1,5})$/.exec(address);
  const port = Number(read?.[2]);
  if (!read || port < 1 || port > 65_535) throw new ExchangeError("NOT_A_PEER", "address");
  return { host: read[1]!.replace(/^\[|\]$/g, ""), port };
}

/** Throws `NOT_A_PEER` for a card with a key that is none. */
function readCard(card: PeerCard): void {
  try {
    NodeCode.parse(card.node);
    Digest.parse(card.pin);
    readPublic("Ed25519", card.signing);
    readPublic("X25519", card.sealing);
    for (const { agency, key } of card.agencies) readPublic("Ed25519", (Id.parse(agency), key));
  } catch (cause) {
    throw new ExchangeError("NOT_A_PEER", "a key", cause);
  }
  readAddress(card.address);
}

/**
 * The first person's half: the card is entered, nothing goes to that node or comes from it yet. Throws `NOT_A_PEER`
 * for a card that is none, and for a pin that stands under another state's name.
 */
export async function proposePeer(tx: Writer, card: PeerCard): Promise<void> {
  readCard(card);
  const before = await tables(tx.rows)
    .selectFrom("simpul.peers")
    .selectAll()
    .where("node", "=", card.node)
    .executeTakeFirst();
  const other = await tables(tx.rows)
    .selectFrom("simpul.peers")
    .select("node")
    .where("pin", "=", card.pin)
    .where("node", "!=", card.node)
    .executeTakeFirst();
  if (other) throw new ExchangeError("NOT_A_PEER", `its pin is that of ${other.node}`);
  const values = {
    address: card.address,
    pin: card.pin,
    signing: card.signing,
    sealing: card.sealing,
    agencies: JSON.stringify(card.agencies) as never,
    oprf: JSON.stringify(card.oprf ?? []) as never,
    state: "proposed" as const,
    proposed_by: actorName(tx.standing.actor),
    proposed_at: tx.at,
    confirmed_by: null,
    confirmed_at: null,
    stopped_by: null,
    stopped_at: null,
    stopped_because: null,
    version: 1,
    speaks: 1,
    health: "unknown" as const,
    health_since: null,
    last_error: null,
    failed_at: null,
    keys_number: card.number ?? 0,
    keys_since: tx.at,
    knows_ours: 0,
    knew_ours_at: null,
    settled_ours: 0,
    revoked_since: null,
    revoked_at: null,
    keys_fault: null,
    keys_fault_at: null,
  };
  // What two persons once confirmed stays on record; on the line a new card takes its place at once.
  if (before?.confirmed_at && before.signing !== card.signing) await keepFormer(tx, before, tx.at);
  await tables(tx.rows)
    .insertInto("simpul.peers")
    .values({ node: card.node, ...values })
    .onConflict((conflict) => conflict.column("node").doUpdateSet(values))
    .execute();
  await tables(tx.rows)
    .insertInto("simpul.peer_lines")
    .values({ peer: card.node, next_try: tx.at } as never)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  tx.note("peer.proposed", { node: card.node, pin: card.pin });
}

/** Keeps keys that others take the place of; on the line they count until `until`. */
export async function keepFormer(tx: Writer, row: PeerRow, until: Date): Promise<void> {
  const { node, pin, signing, agencies, revoked_since, revoked_at } = row;
  await tables(tx.rows)
    .insertInto("simpul.peer_keys")
    .values({
      ...{ node, pin, signing, until, revoked_since, revoked_at },
      number: row.keys_number,
      agencies: JSON.stringify(agencies) as never,
      since: row.keys_since,
      ended_at: tx.at,
    })
    .onConflict((known) => known.columns(["node", "signing"]).doUpdateSet({ ended_at: tx.at, until }))
    .execute();
}

/**
 * The second person's half. Throws `SAME_PERSON`, `NOT_A_PEER`; `pin` is what she compared, and must be it. `knowsOurs`:
 * the number of our keys, whose card the other state holds by now.
 */
export async function confirmPeer(tx: Writer, node: NodeCode, pin: Digest, knowsOurs = 0): Promise<void> {
  const by = actorName(tx.standing.actor);
  const row = await tables(tx.rows)
    .selectFrom("simpul.peers")
    .select(["proposed_by", "pin"])
    .where("node", "=", node)
    .executeTakeFirst();
  if (row?.pin !== pin) throw new ExchangeError("NOT_A_PEER", "no such pin was entered");
  if (row.proposed_by === by) throw new ExchangeError("SAME_PERSON");
  await tables(tx.rows)
    .updateTable("simpul.peers")
    .set({ state: "confirmed", confirmed_by: by, confirmed_at: tx.at, knows_ours: knowsOurs })
    .where("node", "=", node)
    .execute();
  tx.note("peer.confirmed", { node, pin });
}

/** Ends all exchange with that node until it is proposed and confirmed anew. Throws `NOT_A_PEER`. */
export async function stopPeer(tx: Writer, node: NodeCode, because: string): Promise<void> {
  const by = actorName(tx.standing.actor);
  const stopped = await tables(tx.rows)
    .updateTable("simpul.peers")
    .set({ state: "stopped", stopped_by: by, stopped_at: tx.at, stopped_because: because })
    .where("node", "=", node)
    .where("state", "!=", "stopped")
    .executeTakeFirst();
  if (stopped.numUpdatedRows !== 1n) throw new ExchangeError("NOT_A_PEER", node);
  tx.note("peer.stopped", { node, reason: because });
}

/** Where connections find the peers. */
export interface Peers {
  byPin(pin: string): Promise<Peer | null>;
  byNode(node: string): Promise<Peer | null>;
}

/** The same as raw keys of 32 bytes, the newest first. */
export const signedEver = (peer: Peer): Uint8Array[] =>
  everSigned(peer).map((key) => Buffer.from(rawPublic(key), "base64url"));

interface FormerJson {
  pin: string;
  signing: string;
  agencies: { agency: string; key: string }[];
  ended_at: string;
  until: string;
}

const agencyKeys = (list: PeerRow["agencies"]): Map<string, KeyObject> =>
  new Map(list.map(({ agency, key }) => [agency, readPublic("Ed25519", key)]));

function readPeer(row: PeerRow & { former: FormerJson[] }): Peer {
  return {
    node: NodeCode.parse(row.node),
    ...readAddress(row.address),
    pin: Digest.parse(row.pin),
    signing: readPublic("Ed25519", row.signing),
    sealing: createPublicKey({ key: { kty: "OKP", crv: "X25519", x: row.sealing }, format: "jwk" }),
    agencies: agencyKeys(row.agencies),
    state: row.state,
    version: row.version,
    number: row.keys_number,
    former: row.former.map((one) => ({
      pin: Digest.parse(one.pin),
      signing: readPublic("Ed25519", one.signing),
      agencies: agencyKeys(one.agencies),
      endedAt: new Date(one.ended_at),
      until: new Date(one.until),
    })),
    knowsOurs: row.knows_ours,
    settledOurs: row.settled_ours,
    revoked: row.revoked_at !== null,
  };
}

/** Peers from the database, asked each time: a peer that is stopped is stopped at once, in every process. */
export function storedPeers(store: OpenStore): Peers {
  const one = (column: "pin" | "node", value: string) =>
    store.aside("exchange", async (rows) => {
      const where =
        column === "node"
          ? sql`p.node = ${value}`
          : sql`(p.pin = ${value} or p.node = (select k.node from simpul.peer_keys k where k.pin = ${value}
              and k.until > now() - interval '1 day' and k.revoked_since is null order by k.until desc limit 1))`;
      const found = await sql<PeerRow & { former: FormerJson[] }>`
        select p.*, coalesce((select jsonb_agg(jsonb_build_object('pin', k.pin, 'signing', k.signing,
            'agencies', k.agencies, 'ended_at', k.ended_at, 'until', k.until) order by k.ended_at desc)
          from simpul.peer_keys k where k.node = p.node and k.revoked_since is null), '[]') as former
        from simpul.peers p where p.state in ('confirmed', 'suspended', 'stopped') and ${where}
        order by p.pin = ${value} desc limit 1`.execute(rows);
      const row = found.rows[0];
      return row === undefined ? null : readPeer(row);
    });
  return { byPin: (pin) => one("pin", pin), byNode: (node) => one("node", node) };
}

/** Every peer that two persons confirmed and nobody stopped or suspended. */
export async function confirmedPeers(store: OpenStore): Promise<NodeCode[]> {
  const known = await store.aside("exchange", (rows) =>
    tables(rows).selectFrom("simpul.peers").select("node").where("state", "=", "confirmed").execute(),
  );
  return known.map(({ node }) => NodeCode.parse(node));
}
