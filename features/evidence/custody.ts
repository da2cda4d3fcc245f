// An item's chain: adding an event to it, and telling it as a story with its proof.
import {
  acquisitionOf,
  checkChain,
  openConcealed,
  payloadType,
  readStatement,
  statementDigest,
  writeCustody,
  type ChainKeys,
  type CustodyEvent,
  type CustodyEventName,
  type Subjects,
} from "@simpul/evidence";
import { actorName, type Id } from "@simpul/model";
import { parseSignedStatement, signStatement, type SignedStatement } from "@simpul/seal";
import type { Reader, Writer } from "@simpul/store";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import { EvidenceRoomError, type AcquisitionTold, type Story, type StoryLine } from "./contract.ts";
import { hex, requireItem, tables, unhex, type EvidenceNode } from "./node.ts";

/** The statement of one event, signed by the node. */
export async function signEvent(
  node: Pick<EvidenceNode, "signer">,
  subjects: Subjects,
  event: CustodyEvent,
): Promise<SignedStatement> {
  return signStatement(payloadType, writeCustody(subjects, event), [node.signer], nodeVerifying);
}

export const payloadOf = (signed: SignedStatement): Uint8Array =>
  new Uint8Array(Buffer.from(signed.payload, "base64"));

/** What stands on these items' custody, of each the first `most` statements in their order. */
export async function statementsOn(
  db: Pick<Reader, "rows">,
  items: readonly Id[],
  most: number,
): Promise<{ item: Id; event: string; at: Date }[]> {
  if (items.length === 0) return [];
  const found = await tables(db)
    .selectFrom("simpul.evidence_statements")
    .select(["item_id as item", "event", "at"])
    .where("item_id", "in", [...items])
    .where("number", "<", most)
    .orderBy("item_id")
    .orderBy("number")
    .execute();
  return found;
}

/**
 * Adds an event to an item's chain in the transaction of the act, with its leaf. Two acts at once do not get the same
 * place: the item's row gives it, and the later one is tried again by the store.
 */
export async function addEvent(
  node: EvidenceNode,
  tx: Writer,
  item: Id,
  event: CustodyEventName,
  facts: CustodyEvent["facts"] = {},
): Promise<void> {
  const rows = tables(tx);
  const at = await rows
    .selectFrom("simpul.evidence_items")
    .select(["chain", "chain_head", "digest", "sealed_digest", "case_id"])
    .where("id", "=", item)
    .executeTakeFirst();
  if (at === undefined) throw new EvidenceRoomError("NOT_FOUND");
  const signed = await signEvent(
    node,
    { original: hex(at.digest), "sealed-file": hex(at.sealed_digest) },
    {
      item,
      number: at.chain,
      event,
      previous: hex(at.chain_head),
      at: tx.at.toISOString(),
      node: node.code,
      actor: actorName(tx.standing.actor),
      purpose: tx.standing.purpose,
      facts,
    },
  );
  const digest = statementDigest(nodeVerifying, payloadOf(signed));
  await rows
    .updateTable("simpul.evidence_items")
    .set({ chain: at.chain + 1, chain_head: unhex(digest) })
    .where("id", "=", item)
    .execute();
  await rows
    .insertInto("simpul.evidence_statements")
    .values({
      item_id: item,
      number: at.chain,
      event,
      at: tx.at,
      actor: actorName(tx.standing.actor),
      digest: unhex(digest),
      signed: JSON.stringify(signed),
    })
    .execute();
  tx.note(`evidence.${event}`, { id: item, digest, ...(at.case_id && { case: at.case_id }) });
}

const viewingLasts = 30 * 60_000;

/** One event for each viewing: the first look in half an hour of one session. */
export async function noteViewing(node: EvidenceNode, tx: Writer, item: Id, session: Id): Promise<void> {
  const rows = tables(tx);
  const last = await rows
    .selectFrom("simpul.evidence_viewings")
    .select("began_at")
    .where("item_id", "=", item)
    .where("session_id", "=", session)
    .executeTakeFirst();
  if (last !== undefined && tx.at.getTime() - last.began_at.getTime() < viewingLasts) return;
  if (tx.standing.actor.kind !== "officer") return;
  await rows
    .insertInto("simpul.evidence_viewings")
    .values({ item_id: item, session_id: session, officer_id: tx.standing.actor.id, began_at: tx.at })
    .onConflict((on) => on.columns(["item_id", "session_id"]).doUpdateSet({ began_at: tx.at }))
    .execute();
  await addEvent(node, tx, item, "viewed");
}

/** The chain as signed statements, oldest first. */
export async function chainOf(db: Pick<Reader, "rows">, item: Id): Promise<SignedStatement[]> {
  const rows = await tables(db)
    .selectFrom("simpul.evidence_statements")
    .select("signed")
    .where("item_id", "=", item)
    .orderBy("number")
    .execute();
  return rows.map((row) => parseSignedStatement(row.signed));
}

/** The acquisition as it was signed, its concealed facts opened: whoever sees the item may know them. */
function toldOf(signed: SignedStatement, disclosures: readonly string[]): AcquisitionTold {
  const acquisition = acquisitionOf(readStatement(payloadOf(signed)));
  const { method, takenAt, mediaType, size, tool, clockOffset } = acquisition.facts;
  return {
    method,
    takenAt,
    mediaType,
    size,
    tool: `${tool.name} ${tool.version}`,
    clockOffset,
    hidden: openConcealed(nodeVerifying.hash, acquisition, disclosures),
  };
}

interface Origin {
  /** Of each state concerned; one key alone where the item came before keys had a history. */
  node_keys: Record<string, string | string[]>;
  device_key: Buffer;
}

/** The keys by which an item's chain is checked here: ours, and for a peer's item those it came with. */
export async function chainKeysOf(
  node: Pick<EvidenceNode, "code" | "nodeKeys" | "devices">,
  db: Pick<Reader, "rows">,
  item: Id,
  chain: readonly SignedStatement[],
): Promise<ChainKeys> {
  const { rows } = await sql<Origin>`select node_keys, device_key from simpul.evidence_origins
    where item_id = ${item}`.execute(db.rows);
  const origin = rows[0];
  const device = new Map<Id, readonly Uint8Array[]>();
  for (const acquisition of chain.slice(0, 1)) {
    const { predicate } = JSON.parse(Buffer.from(payloadOf(acquisition)).toString("utf8")) as {
      predicate: { device: Id };
    };
    const key = origin?.device_key ?? (await node.devices.keyOf(predicate.device))?.publicKey;
    device.set(predicate.device, key === undefined ? [] : [key]);
  }
  return {
    node(code) {
      if (code === node.code) return node.nodeKeys;
      return [origin?.node_keys[code] ?? []].flat().map((key) => Buffer.from(key, "base64url"));
    },
    device: (one) => device.get(one) ?? [],
  };
}

/** The item's story in words, checked anew, each line with where its proof stands. */
export async function storyOf(node: EvidenceNode, db: Reader, id: Id): Promise<Story> {
  const item = await requireItem(node, db, "evidence.view", id);
  const chain = await chainOf(db, id);
  const rows = await tables(db)
    .selectFrom("simpul.evidence_statements")
    .select(["number", "event", "at", "actor", "digest"])
    .where("item_id", "=", id)
    .orderBy("number")
    .execute();
  const { rows: leaves } = await sql<{ digest: string; index: string | null }>`
    select record::jsonb -> 'about' ->> 'digest' as digest, index::text from simpul.leaves
    where about_id = ${id} and log = 'main' and record is not null`.execute(db.rows);
  const places = new Map(leaves.map((leaf) => [leaf.digest, leaf.index]));
  const checked = await checkChain(nodeVerifying, await chainKeysOf(node, db, id, chain), chain);
  db.noteRead("evidence.story", { id, ...(item.case_id && { case: item.case_id }) });
  const lines: StoryLine[] = [];
  for (const row of rows) {
    const index = places.get(hex(row.digest)) ?? null;
    const cosigners = index === null ? [] : await node.cosigners(Number(index));
    const event = checked.events.find((one) => one.number === row.number);
    lines.push({
      number: row.number,
      event: row.number === 0 ? "acquired" : (row.event as CustodyEventName),
      at: row.at.toISOString(),
      actor: row.actor,
      purpose: event?.purpose ?? null,
      facts: event?.facts ?? {},
      digest: hex(row.digest),
      proof: cosigners.length > 0 ? "cosigned" : index === null ? "kept" : "logged",
      cosigners,
    });
  }
  return {
    item: id,
    acquisition: toldOf(chain[0]!, item.disclosures),
    original: hex(item.digest),
    sealedFile: hex(item.sealed_digest),
    intact: checked.ok && checked.events.length + 1 === item.chain,
    problems: checked.problems.map((one) => `${one.number} ${one.problem}`),
    lines,
  };
}
