// A peer's keys of the month: signed by its node, remembered, and refused when they change within the month.
import { keyId, type PublishedKey } from "@simpul/match/oprf";
import { SimpulError } from "@simpul/model";
import type { NodeCode, SelectorType } from "@simpul/model";
import { parseSignedStatement, SealError, verifyStatement } from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import { jobStanding, type ChecksNode } from "../node.ts";
import { isCurrent } from "../rules.ts";
import { keysType, KeysStatement, questions } from "../wire.ts";

export type PeerFaultCode = "KEY_CHANGED" | "BAD_STATEMENT" | "WRONG_MONTH" | "NOT_A_PEER";
/** What a peer says of its keys cannot be believed; `facts` for the alarm. */
export class PeerFault extends SimpulError<PeerFaultCode> {}

export interface OfferedFilter {
  digest: string;
  size: number;
  profile: string;
}
export interface PeerKeys {
  epoch: string;
  keys: ReadonlyMap<SelectorType, PublishedKey>;
  filters: ReadonlyMap<SelectorType, OfferedFilter>;
  /** By it the peer signs its filters as well. */
  signedBy: readonly Uint8Array[];
}

const text = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

async function readSigned(
  node: ChecksNode,
  peer: NodeCode,
  answer: Uint8Array,
  signedBy: readonly Uint8Array[],
) {
  try {
    const signed = parseSignedStatement(text(answer));
    const { payloadType, body } = await verifyStatement(signed, signedBy, nodeVerifying);
    if (payloadType !== keysType) throw new PeerFault("BAD_STATEMENT", payloadType.slice(0, 80));
    const statement = KeysStatement.parse(JSON.parse(text(body)));
    if (statement.node !== peer) throw new PeerFault("BAD_STATEMENT", "another state's");
    return statement;
  } catch (fault) {
    if (fault instanceof PeerFault) throw fault;
    const detail = fault instanceof SealError ? fault.code : "not its form";
    throw new PeerFault("BAD_STATEMENT", detail, fault);
  }
}

/** Asks a peer for its keys and keeps them. Throws `PeerFault`, or what the exchange throws. */
export async function peerKeys(node: ChecksNode, peer: NodeCode): Promise<PeerKeys> {
  if ((await node.keysOf(peer)).length === 0) throw new PeerFault("NOT_A_PEER", peer);
  const answer = await node.asking.ask(peer, questions.keys, new Uint8Array());
  // After the answer: it may be the first that the peer's new key signed, told of right before.
  const signedBy = await node.keysOf(peer);
  const { epoch, keys, filters } = await readSigned(node, peer, answer, signedBy);
  if (!isCurrent(epoch, node.clock.now())) throw new PeerFault("WRONG_MONTH", epoch);
  for (const { id, publicKey } of keys)
    if (keyId(node.engine, Buffer.from(publicKey, "hex")) !== id)
      throw new PeerFault("BAD_STATEMENT", "a key under another's name");
  await remember(node, peer, epoch, keys);
  return {
    epoch,
    signedBy,
    keys: new Map(keys.map((key) => [key.type, { ...key, node: peer, epoch }])),
    filters: new Map(filters.map(({ type, ...filter }) => [type, filter])),
  };
}

async function remember(
  node: ChecksNode,
  peer: NodeCode,
  epoch: string,
  keys: KeysStatement["keys"],
): Promise<void> {
  const known = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ type: string; public_key: string }>`select type, public_key
      from simpul.check_peer_keys where peer = ${peer} and epoch = ${epoch}`.execute(db.rows);
    return new Map(rows.map((row) => [row.type, row.public_key]));
  });
  const changed = keys.find(({ type, publicKey }) => (known.get(type) ?? publicKey) !== publicKey);
  if (changed !== undefined) throw new PeerFault("KEY_CHANGED", `${changed.type} ${epoch}`);
  const fresh = keys.filter(({ type }) => !known.has(type));
  if (fresh.length === 0) return;
  await node.store.write(jobStanding, async (tx) => {
    for (const { type, id, publicKey } of fresh)
      await sql`insert into simpul.check_peer_keys (peer, epoch, type, key_id, public_key, seen_at)
        values (${peer}, ${epoch}, ${type}, ${id}, ${publicKey}, ${tx.at}) on conflict do nothing`.execute(
        tx.rows,
      );
    tx.note("check.peer-keys-kept", { peer, epoch, keys: fresh.map((key) => `${key.type} ${key.id}`) });
  });
}
