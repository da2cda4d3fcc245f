// Keys of victim desks between states: ours is told to every peer, theirs is kept, and a changed one waits for two persons.
import { readBody, type Envelope } from "@simpul/exchange";
import type { Id, NodeCode } from "@simpul/model";
import type { Reader, Standing, Writer } from "@simpul/store";
import { CompactEncrypt } from "jose";
import { sql } from "kysely";
import { ReferralsError, type PeerDeskKey, type PeerDesks } from "../contract.ts";
import { jobStanding, ofTheDesk, type ReferralsNode } from "../node.ts";
import { DeskKeyTold, fingerprintOf, readDeskKey, signDeskKey, type PublicKey } from "./wire.ts";

type KeyRow = {
  peer: NodeCode;
  kid: string;
  key: PublicKey;
  state: PeerDeskKey["state"];
  at: Date;
  compared_by: Id | null;
};
type Rows = Pick<Reader | Writer, "rows">;

/** Tells our key to every peer that was not told it yet. Gives how many were; safe to run again. */
export async function tellDeskKey(node: ReferralsNode): Promise<number> {
  const own = await node.compartment.sealTo();
  if (own === null) return 0;
  const peers = await node.peers();
  const told = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{
      peer: string;
    }>`select peer from simpul.desk_key_told where kid = ${own.kid}`.execute(db.rows);
    return new Set(rows.map((row) => row.peer));
  });
  const missing = peers.filter((peer) => !told.has(peer));
  if (missing.length === 0) return 0;
  const { x, y } = own.key as PublicKey;
  const at = node.clock.now().toISOString();
  const word = { v: 1, node: node.code, kid: own.kid, key: { kty: "EC", crv: "P-256", x, y }, at } as const;
  const statement = await signDeskKey(node.signer, word);
  await node.store.write(jobStanding, async (tx) => {
    for (const peer of missing) {
      const fresh =
        await sql`insert into simpul.desk_key_told (peer, kid, at) values (${peer}, ${own.kid}, ${tx.at})
        on conflict do nothing`.execute(tx.rows);
      if (fresh.numAffectedRows === 1n)
        await tx.send({ id: tx.newId(), to: peer, kind: "desk-key.told", body: { statement } });
    }
    tx.note("desk-key.told", { peers: missing });
  });
  node.send();
  return missing.length;
}

/** The first key of a peer is taken up, for its node is pinned; another one waits until two persons compared it. */
export async function takeDeskKey(node: ReferralsNode, tx: Writer, envelope: Envelope): Promise<void> {
  const { statement } = readBody(DeskKeyTold, envelope.body);
  const word = await readDeskKey(statement, envelope.from, await node.keysOf(envelope.from));
  const { rows } =
    await sql<KeyRow>`select * from simpul.peer_desk_keys where peer = ${envelope.from}`.execute(tx.rows);
  const known = rows.find((row) => row.kid === word.kid);
  if (known === undefined) {
    if (rows.some((row) => row.state === "changed"))
      await sql`update simpul.peer_desk_keys set state = 'old' where peer = ${envelope.from} and state = 'changed'`.execute(
        tx.rows,
      );
    const state = rows.length === 0 ? "trusted" : "changed";
    await sql`insert into simpul.peer_desk_keys (peer, kid, key, statement, state, at) values (${envelope.from},
      ${word.kid}, ${JSON.stringify(word.key)}::jsonb, ${statement}, ${state}, ${tx.at})`.execute(tx.rows);
  }
  tx.note("desk-key.arrived", { peer: envelope.from, kid: word.kid, first: rows.length === 0 });
}

/** All that are known, those to be compared first. */
export async function listDeskKeys(node: ReferralsNode, standing: Standing) {
  const because = ofTheDesk(node, standing);
  const own = await node.compartment.sealTo();
  return node.store.read(standing, async (db) => {
    db.allowed(because);
    db.noteRead("desk-key.listed", {});
    const { rows } = await sql<KeyRow>`select * from simpul.peer_desk_keys where state <> 'old'
      order by state = 'trusted', peer`.execute(db.rows);
    return {
      own: own === null ? null : { kid: own.kid, fingerprint: fingerprintOf(own.key) },
      keys: rows.map((row) => ({ ...viewOf(row), comparedBy: row.compared_by })),
    };
  });
}

/** One person compares the fingerprint she hears, a second one confirms it; then things are sealed to the new key. */
export async function compareDeskKey(
  node: ReferralsNode,
  standing: Standing,
  ask: { peer: NodeCode; heard: string },
): Promise<"compared" | "trusted"> {
  const because = ofTheDesk(node, standing);
  const { actor } = standing;
  if (actor.kind !== "officer") throw new ReferralsError("NOT_FOUND");
  const done = await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<KeyRow>`select * from simpul.peer_desk_keys where peer = ${ask.peer}
      and state = 'changed' for update`.execute(tx.rows);
    const row = rows[0];
    if (row === undefined) throw new ReferralsError("NOT_FOUND");
    if (ask.heard.replaceAll(/\s/g, "") !== fingerprintOf(row.key).replaceAll(" ", ""))
      throw new ReferralsError("PEER_DESK_KEY_CHANGED");
    if (row.compared_by === null) {
      await sql`update simpul.peer_desk_keys set compared_by = ${actor.id} where peer = ${row.peer} and kid = ${row.kid}`.execute(
        tx.rows,
      );
      tx.note("desk-key.compared", { peer: row.peer, kid: row.kid });
      return "compared";
    }
    if (row.compared_by === actor.id) throw new ReferralsError("SAME_OFFICER");
    await sql`update simpul.peer_desk_keys set state = 'old' where peer = ${row.peer} and state = 'trusted'`.execute(
      tx.rows,
    );
    await sql`update simpul.peer_desk_keys set state = 'trusted', confirmed_by = ${actor.id}, confirmed_at = ${tx.at}
      where peer = ${row.peer} and kid = ${row.kid}`.execute(tx.rows);
    tx.note("desk-key.confirmed", { peer: row.peer, kid: row.kid });
    return "trusted";
  });
  node.wake(`shares:${node.code}`);
  return done;
}

const viewOf = (row: KeyRow): PeerDeskKey => ({
  peer: row.peer,
  kid: row.kid,
  key: row.key,
  fingerprint: fingerprintOf(row.key),
  state: row.state,
  at: row.at.toISOString(),
});

const sizes = [1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 2_097_152] as const;

/** JSON, filled with spaces to the next size, sealed to that key (JWE compact). Throws `RangeError` above 2 MiB. */
export async function sealTo(
  to: { kid: string; key: PublicKey | PeerDeskKey["key"] },
  value: unknown,
): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const size = sizes.find((one) => one >= bytes.length);
  if (size === undefined) throw new RangeError("at most 2 MiB are passed on at once");
  const filled = new Uint8Array(size).fill(0x20);
  filled.set(bytes);
  return new CompactEncrypt(filled)
    .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM", kid: to.kid })
    .encrypt({ ...to.key, alg: "ECDH-ES+A256KW" });
}

/** For every room that seals to victim desks abroad. */
export const peerDesks = (): PeerDesks => {
  const keyOf = async (db: Rows, peer: NodeCode): Promise<PeerDeskKey | null> => {
    const { rows } =
      await sql<KeyRow>`select * from simpul.peer_desk_keys where peer = ${peer} and state <> 'old'`.execute(
        db.rows,
      );
    if (rows.some((row) => row.state === "changed"))
      throw new ReferralsError("PEER_DESK_KEY_CHANGED", { state: peer });
    return rows[0] === undefined ? null : viewOf(rows[0]);
  };
  return {
    keyOf,
    async states(db) {
      const { rows } = await sql<{ peer: NodeCode }>`select peer from simpul.peer_desk_keys group by peer
        having bool_or(state = 'trusted') and not bool_or(state = 'changed') order by peer`.execute(db.rows);
      return rows.map((row) => row.peer);
    },
    async sealFor(db, peer, value) {
      const key = await keyOf(db, peer);
      if (key === null) throw new ReferralsError("NO_PEER_DESK_KEY", { state: peer });
      return sealTo(key, value);
    },
  };
};
