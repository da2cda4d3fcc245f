// Items that cross a border: leaving with their proof, arriving as sealed evidence whose story is checked first.
import { AgeIdentity, checkChain, concealedNames, payloadType, statementDigest } from "@simpul/evidence";
import { readDevice, writeDevice, type DeviceWord } from "@simpul/evidence/bundle";
import { Evaluation, type Digest, type Handling, type Id, type NodeCode } from "@simpul/model";
import { parseSignedStatement, signStatement, verifyStatement, type SignedStatement } from "@simpul/seal";
import type { Reader, Writer } from "@simpul/store";
import { BlobError } from "@simpul/store/blobs";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import {
  EvidenceRoomError,
  type ArrivingItem,
  type ItemProof,
  type ItemsForOthers,
  type ProofCheck,
} from "./contract.ts";
import { addEvent, chainOf, payloadOf, signEvent } from "./custody.ts";
import { nodeAge } from "./engine.ts";
import { encrypting, keyContext, openSealed, readBack } from "./intake/seal.ts";
import { someItems } from "./items.ts";
import { hex, jobStanding, tables, unhex, type EvidenceNode } from "./node.ts";
import { identityOf } from "./reading/job.ts";

/** What arriving items ask beside the room itself: every key that signed for a state, the newest first. */
export type ReceivingNode = EvidenceNode & { keysOf(code: NodeCode): Promise<readonly Uint8Array[]> };

/** Facts of the acquisition that are shown to a state that receives the item; who and where stay at home. */
const shown: readonly (typeof concealedNames)[number][] = ["fileName", "authority"];
const standing = jobStanding("receive");

export const itemsForOthers = (node: ReceivingNode): ItemsForOthers => ({
  itemsOf: (db, ask) => someItems(db, ask),
  givenOnPaper,
  depart: (tx, item, facts) => depart(node, tx, item, facts),
  takeInFromPeer: (arriving, bytes, also) => takeIn(node, arriving, bytes, also),
  async openForPeers(digest) {
    const found = await node.store.read(standing, async (db) => {
      const item = await tables(db)
        .selectFrom("simpul.evidence_items")
        .select(["id", "sealed_digest"])
        .where("digest", "=", unhex(digest))
        .where("state", "=", "sealed")
        .limit(1)
        .executeTakeFirst();
      return item === undefined ? null : { item, identity: await identityOf(node, db, item.id) };
    });
    if (found === null) return null;
    const sealed = hex(found.item.sealed_digest);
    const source = await openSealed(node, found.identity, sealed, (await node.blobs.size(sealed)) ?? 0);
    return { size: source.size, read: (start, end) => source.range(start, end) };
  },
});

async function givenOnPaper(
  tx: Writer,
  item: Id,
  { by, handling, evaluation }: { by: NodeCode; handling: Handling; evaluation: Evaluation },
): Promise<void> {
  if ((await someItems(tx, { ids: [item] })).length === 0) throw new EvidenceRoomError("NOT_FOUND");
  const { rows } = await sql<{ given: boolean }>`select simpul.item_given_by(${item}, ${by},
    ${JSON.stringify(handling)}::jsonb, ${Evaluation.print(evaluation)}) as given`.execute(tx.rows);
  if (rows[0]?.given !== true) throw new EvidenceRoomError("ALREADY_DIFFERENT", { item });
}

async function depart(
  node: EvidenceNode,
  tx: Writer,
  item: Id,
  facts: { to: NodeCode; envelope: Id },
): Promise<ItemProof> {
  await addEvent(node, tx, item, "transferred-out", { ...facts });
  const chain = await chainOf(tx, item);
  const row = await tables(tx)
    .selectFrom("simpul.evidence_items")
    .select("disclosures")
    .where("id", "=", item)
    .executeTakeFirstOrThrow();
  const device = await deviceWord(node, tx, item, deviceOf(chain));
  if (device === null) throw new EvidenceRoomError("PROOF_DOES_NOT_HOLD", { why: "no device key" });
  return {
    statements: chain.map((signed) => JSON.stringify(signed)),
    disclosures: row.disclosures.filter((text) =>
      (shown as readonly string[]).includes((JSON.parse(text) as [string, string, string])[1]),
    ),
    device,
  };
}

/** This node's word for one of its devices, or the one with which a peer's item came. Null where nobody knows it. */
export async function deviceWord(
  node: Pick<EvidenceNode, "code" | "devices" | "signer">,
  db: Pick<Reader, "rows">,
  item: Id,
  device: Id,
): Promise<string | null> {
  const { rows } = await sql<{ device_word: string }>`select device_word from simpul.evidence_origins
    where item_id = ${item}`.execute(db.rows);
  if (rows[0] !== undefined) return rows[0].device_word;
  const key = await node.devices.keyOf(device);
  if (key === null) return null;
  const word = writeDevice({
    device,
    officer: key.officer,
    node: node.code,
    publicKey: key.publicKey,
    from: key.addedAt.toISOString(),
    revokedAt: key.revokedAt?.toISOString() ?? null,
  });
  return JSON.stringify(await signStatement(payloadType, word, [node.signer], nodeVerifying));
}

function deviceOf(chain: readonly SignedStatement[]): Id {
  const { predicate } = JSON.parse(Buffer.from(payloadOf(chain[0]!)).toString("utf8")) as {
    predicate: { device: Id };
  };
  return predicate.device;
}

interface Proven {
  chain: SignedStatement[];
  head: Digest;
  method: string;
  takenAt: Date;
  nodeKeys: Record<string, string[]>;
  deviceKey: Uint8Array;
}

/** The whole story, checked against keys that two persons confirmed; throws `PROOF_DOES_NOT_HOLD` with what is wrong. */
async function prove(node: ReceivingNode, arriving: ArrivingItem): Promise<Proven> {
  const wrong = (check: ProofCheck, why: string, cause?: unknown) =>
    new EvidenceRoomError("PROOF_DOES_NOT_HOLD", { check, why: why.slice(0, 200) }, cause);
  let chain: SignedStatement[];
  const codes = new Set<NodeCode>([arriving.originator, arriving.from]);
  try {
    chain = arriving.proof.statements.map(parseSignedStatement);
    for (const signed of chain) {
      const { predicate } = JSON.parse(Buffer.from(payloadOf(signed)).toString("utf8")) as {
        predicate: { node?: string };
      };
      if (/^[a-z]{2}$/.test(predicate.node ?? "")) codes.add(predicate.node as NodeCode);
    }
  } catch (cause) {
    throw wrong("not-a-statement", "not statements", cause);
  }
  const keys = new Map<NodeCode, readonly Uint8Array[]>();
  for (const code of codes) keys.set(code, code === node.code ? node.nodeKeys : await node.keysOf(code));
  const word = await believedDevice(arriving, keys.get(arriving.originator) ?? []).catch((cause: unknown) => {
    throw wrong("device-not-vouched", "the word for its device", cause);
  });
  const checked = await checkChain(
    nodeVerifying,
    {
      node: (code) => keys.get(code) ?? [],
      device: (id) => (id === word.device ? [word.publicKey] : []),
    },
    chain,
  );
  const { acquisition } = checked;
  if (!checked.ok || acquisition === null)
    throw wrong(
      checked.problems[0]?.problem ?? "not-a-statement",
      checked.problems.map((one) => `${one.number} ${one.problem}`).join(", "),
    );
  const last = checked.events.at(-1);
  if (last?.event !== "transferred-out" || last.facts["to"] !== node.code || last.node !== arriving.from)
    throw wrong("not-handed-over", "not handed to us");
  const { facts, original } = acquisition;
  if (facts.item !== arriving.id || facts.node !== arriving.originator)
    throw wrong("other-item", "another item");
  if (original !== arriving.digest || facts.size !== arriving.size) throw wrong("other-bytes", "other bytes");
  return {
    chain,
    deviceKey: word.publicKey,
    head: last.digest,
    method: facts.method,
    takenAt: new Date(facts.takenAt),
    nodeKeys: Object.fromEntries(
      [...keys].map(([code, list]) => [code, list.map((key) => Buffer.from(key).toString("base64url"))]),
    ),
  };
}

/** What the originator signed about the device; throws unless it did. */
async function believedDevice(arriving: ArrivingItem, keys: readonly Uint8Array[]): Promise<DeviceWord> {
  const signed = parseSignedStatement(arriving.proof.device);
  await verifyStatement(signed, keys, nodeVerifying);
  const word = readDevice(payloadOf(signed));
  if (word.node !== arriving.originator) throw new EvidenceRoomError("PROOF_DOES_NOT_HOLD");
  return word;
}

async function takeIn(
  node: ReceivingNode,
  arriving: ArrivingItem,
  bytes: AsyncIterable<Uint8Array>,
  also: (tx: Writer) => Promise<void>,
): Promise<void> {
  if (await isHere(node, arriving)) {
    await node.store.write(standing, async (tx) => {
      await also(tx);
      tx.note("evidence.received-again", { id: arriving.id, from: arriving.from });
    });
    return;
  }
  const proven = await prove(node, arriving);
  const identity = AgeIdentity.make(nodeAge, node.random);
  const { size, digest } = arriving;
  const sealed = await node.blobs
    .put(encrypting(node, bytes, identity, digest), {
      most: size + 4 * 1024 * 1024 + Math.ceil(size / 1024),
    })
    .catch((fault: unknown) => {
      if (fault instanceof BlobError && fault.code === "DISK_FULL")
        throw new EvidenceRoomError("NO_ROOM", {}, fault);
      if (fault instanceof BlobError && fault.code === "TOO_LARGE")
        throw new EvidenceRoomError("SIZE_DIFFERS", { size }, fault);
      throw fault;
    });
  await readBack(node, identity, sealed, digest);
  await node.store.write(standing, async (tx) => {
    await insertItem(node, tx, arriving, proven, { identity, sealed: sealed.digest });
    await also(tx);
  });
  node.wake(`item:${arriving.id}`);
}

/** Throws `ALREADY_DIFFERENT` when other bytes lie under the same id. */
async function isHere(node: EvidenceNode, arriving: ArrivingItem): Promise<boolean> {
  const there = await node.store.read(standing, (db) =>
    tables(db)
      .selectFrom("simpul.evidence_items")
      .select(["digest"])
      .where("id", "=", arriving.id)
      .executeTakeFirst(),
  );
  if (there === undefined) return false;
  if (hex(there.digest) !== arriving.digest) throw new EvidenceRoomError("ALREADY_DIFFERENT");
  return true;
}

async function insertItem(
  node: ReceivingNode,
  tx: Writer,
  arriving: ArrivingItem,
  proven: Proven,
  kept: { identity: AgeIdentity; sealed: Digest },
): Promise<void> {
  const { id, digest, from, originator } = arriving;
  const number = proven.chain.length;
  const event = await signEvent(
    node,
    { original: digest, "sealed-file": kept.sealed },
    {
      item: id,
      number,
      event: "received",
      previous: proven.head,
      at: tx.at.toISOString(),
      node: node.code,
      actor: "job:receive",
      purpose: standing.purpose,
      facts: { from, size: arriving.size, readBack: true },
    },
  );
  const head = statementDigest(nodeVerifying, payloadOf(event));
  const rows = tables(tx);
  await rows
    .insertInto("simpul.evidence_items")
    .values({
      id,
      case_id: arriving.case,
      agency_id: arriving.agency,
      desk_id: arriving.desk,
      taken_in_by: null,
      origin: "peer",
      state: "sealed",
      file_name: arriving.fileName,
      media_type: arriving.mediaType,
      method: proven.method,
      size: arriving.size,
      digest: unhex(digest),
      sealed_digest: unhex(kept.sealed),
      disclosures: JSON.stringify(arriving.proof.disclosures),
      taken_at: proven.takenAt,
      sealed_at: tx.at,
      handling: JSON.stringify(arriving.handling),
      evaluation: Evaluation.print(arriving.evaluation),
      chain: number + 1,
      chain_head: unhex(head),
      agency_only: arriving.agencyOnly,
    })
    .execute();
  await rows
    .insertInto("simpul.evidence_statements")
    .values(
      [...proven.chain, event].map((signed, at) => {
        const told = JSON.parse(Buffer.from(payloadOf(signed)).toString("utf8")) as {
          predicate: { event?: string; at?: string; takenAt?: string; actor?: string; officer?: string };
        };
        const { event: name, at: when, takenAt, actor, officer } = told.predicate;
        return {
          item_id: id,
          number: at,
          event: at === 0 ? "acquired" : (name ?? ""),
          at: new Date(when ?? takenAt ?? tx.at),
          actor: actor ?? `officer:${officer ?? ""}`,
          digest: unhex(statementDigest(nodeVerifying, payloadOf(signed))),
          signed: JSON.stringify(signed),
        };
      }),
    )
    .execute();
  const wrapped = node.box.wrap(kept.identity.scalar, keyContext(id));
  await rows
    .insertInto("simpul.evidence_keys")
    .values({ item_id: id, holder: "node", wrapped: Buffer.from(wrapped) })
    .execute();
  await rows
    .insertInto("simpul.evidence_readings")
    .values({ item_id: id, state: "waiting", changed_at: tx.at })
    .execute();
  await sql`insert into simpul.evidence_origins (item_id, node, from_node, node_keys, device_key, device_word, at)
    values (${id}, ${originator}, ${from}, ${JSON.stringify(proven.nodeKeys)}::jsonb,
      ${Buffer.from(proven.deviceKey)}, ${arriving.proof.device}, ${tx.at})`.execute(tx.rows);
  tx.note("evidence.received", { id, digest: head, from, ...(arriving.case && { case: arriving.case }) });
  await tx.enqueue({ kind: "evidence.read", payload: { item: id }, key: id });
}
