// Which authorities sign for a node, in the node's own signed word: founded or with another key, they are known at once.
import type { KeyObject } from "node:crypto";
import { CompactSign } from "jose";
import { Id, type Clock, type NodeCode } from "@simpul/model";
import type { OpenStore } from "@simpul/store";
import type { PeerClient } from "./client.ts";
import { soon } from "./compact.ts";
import { ExchangeError } from "./errors.ts";
import { rawPublic, readPublic, speakingTo, type NodeKeys } from "./keys.ts";
import { requestKeys, type Peer } from "./peers.ts";
import { tables } from "./rows.ts";
import { verifyByOne } from "./receipt.ts";

export type PublicAgency = { agency: Id; key: string };

/** JWS in compact form. */
export const signList = (
  list: object,
  node: string,
  key: KeyObject,
  typ = "simpul-agencies",
): Promise<string> =>
  new CompactSign(Buffer.from(JSON.stringify(list)))
    .setProtectedHeader({ alg: "EdDSA", kid: node, typ })
    .sign(key);

/** By the node's signing key, for one recipient. */
export function signAgencies(
  keys: NodeKeys,
  to: { node: NodeCode; knowsOurs: number },
  at: Date,
): Promise<string> {
  const { agencies, signing } = speakingTo(keys, to);
  const list = agencies.map(({ agency, privateKey }) => ({ agency, key: rawPublic(privateKey) }));
  const word = { v: 1, node: keys.node, to: to.node, at: at.toISOString(), agencies: list };
  return signList(word, keys.node, signing);
}

/** Throws `BAD_SIGNATURE` unless that node signed it for this one; `BAD_REQUEST` for another form. */
export async function readAgencies(
  text: string,
  expected: { keys: readonly KeyObject[]; node: NodeCode; to: NodeCode },
): Promise<PublicAgency[]> {
  let read: Record<string, unknown>;
  try {
    const { payload, header } = await soon(() => verifyByOne(text, expected.keys));
    if (header["typ"] !== "simpul-agencies") throw new Error("typ");
    read = JSON.parse(new TextDecoder().decode(payload)) as Record<string, unknown>;
  } catch (cause) {
    throw new ExchangeError("BAD_SIGNATURE", "a list of agencies", cause);
  }
  const { v, node, to, agencies } = read;
  if (node !== expected.node || to !== expected.to) throw new ExchangeError("BAD_SIGNATURE", "of another");
  if (v !== 1 || !Array.isArray(agencies) || agencies.length > 500)
    throw new ExchangeError("BAD_REQUEST", "agencies");
  try {
    const list = (agencies as PublicAgency[]).map(({ agency, key }) => {
      readPublic("Ed25519", key);
      return { agency: Id.parse(String(agency)), key };
    });
    if (new Set(list.map(({ agency }) => agency)).size !== list.length) throw new Error("twice");
    return list;
  } catch (cause) {
    throw new ExchangeError("BAD_REQUEST", "agencies", cause);
  }
}

/** Asks the peer for its list and keeps what changed, noted in the ledger. Gives whether anything did. */
export async function learnAgencies(
  node: { store: OpenStore; client: PeerClient; keys: NodeKeys; clock: Clock; agenciesPath: string },
  peer: Peer,
): Promise<boolean> {
  const answer = await node.client.call(peer, { method: "GET", path: node.agenciesPath, limit: 262_144 });
  const keys = requestKeys(peer, node.clock.now());
  const expected = { keys, node: peer.node, to: node.keys.node };
  const list = await readAgencies(answer.body.toString("latin1"), expected);
  const known = new Map([...peer.agencies].map(([agency, key]) => [agency, key.export({ format: "jwk" }).x]));
  const added = list.filter(({ agency }) => !known.has(agency)).length;
  const changed = list.filter(({ agency, key }) => known.has(agency) && known.get(agency) !== key).length;
  const removed = known.size + added - list.length;
  if (added + changed + removed === 0) return false;
  await node.store.write(
    { actor: { kind: "job", name: "exchange" }, purpose: "administration" },
    async (tx) => {
      await tables(tx.rows)
        .updateTable("simpul.peers")
        .set({ agencies: JSON.stringify(list) as never })
        .where("node", "=", peer.node)
        .where("state", "=", "confirmed")
        // A statement about its keys that came meanwhile names its agencies too.
        .where("keys_number", "=", peer.number)
        .execute();
      tx.note("peer.agencies-announced", { node: peer.node, added, changed, removed });
    },
  );
  return true;
}
