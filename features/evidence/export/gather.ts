// Everything that a bundle needs to know before it is written: items with their chains, leaves, keys, names, permissions.
import { acquisitionOf, readStatement, statementDigest, type ConcealedName } from "@simpul/evidence";
import type { Digest, Handling, Id, NodeCode } from "@simpul/model";
import { fromBase64, parseSignedStatement, toBase64, type SignedStatement } from "@simpul/seal";
import { bundlePaths, readDevice, type DeviceWord } from "@simpul/evidence/bundle";
import type { Reader } from "@simpul/store";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import { EvidenceRoomError } from "../contract.ts";
import { payloadOf } from "../custody.ts";
import { deviceWord } from "../from-peer.ts";
import { hex, tables } from "../node.ts";
import { refuseCalledBack } from "../called-back.ts";
import { fieldsOf } from "./ask.ts";
import type { ExportNode, ExportRow } from "./node.ts";
import { grantedFor, missingUses } from "./terms.ts";

/** A statement's place in this node's log: what opens its leaf. */
export interface LeafOf {
  id: Id;
  index: number;
  record: string;
  salt: string;
}

export interface GatheredStatement {
  signed: SignedStatement;
  /** The row's text as it is kept. */
  text: string;
  digest: Digest;
  event: string;
  at: Date;
  actor: string;
  leaf: LeafOf | null;
}

export interface GatheredItem {
  id: Id;
  fileName: string;
  mediaType: string;
  size: number;
  digest: Digest;
  sealedDigest: Digest;
  takenAt: Date;
  handling: Handling;
  originator: NodeCode;
  foreign: boolean;
  /** The word that goes along for the device that signed its acquisition, and its originator's signature on it. */
  device: DeviceWord;
  deviceWord: string;
  /** Shown facts with their values, and the disclosures that open them. */
  shown: { name: ConcealedName; value: string }[];
  disclosures: string[];
  statements: GatheredStatement[];
  permissions: readonly { id: Id; signed: string }[];
}

/** Extensions that name a kind and nothing else; any other file is plain bytes to whoever opens the bundle. */
const extension = (fileName: string): string => /\.[A-Za-z0-9]{1,8}$/.exec(fileName)?.[0].toLowerCase() ?? "";

/** Where its bytes lie in the bundle. */
export const originalPath = (item: GatheredItem): string =>
  bundlePaths.original(item.id, extension(item.fileName));

/** Reads all of it in one go, as it stood when the bundle was asked for. Throws `KEY_DESTROYED`. */
export async function gather(node: ExportNode, db: Reader, row: ExportRow): Promise<GatheredItem[]> {
  const items: GatheredItem[] = [];
  await refuseCalledBack(
    db,
    row.items.map((one) => one.id),
  );
  for (const { id, last } of row.items) {
    const item = await tables(db)
      .selectFrom("simpul.evidence_items")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    if (item.state !== "sealed") throw new EvidenceRoomError("KEY_DESTROYED", { item: id });
    const statements = await statementsOf(db, id, last);
    const { facts } = acquisitionOf(readStatement(payloadOf(statements[0]!.signed)));
    const disclosures = item.disclosures.filter((one) => row.fields.includes(nameIn(one)));
    const originator = item.given_by ?? facts.node;
    const foreign = item.origin === "peer" || originator !== node.code;
    const held = { originator, foreign, handling: item.handling };
    const {
      permitted,
      permissions,
      over = false,
    } = await grantedFor(node, db, id, held, row.recipient_state);
    // HC-8: asked once more just before it leaves; what was taken back meanwhile stops it.
    const missing = missingUses(node.code, row.recipient_state, held, permitted);
    if (over || missing.length > 0)
      throw new EvidenceRoomError("PERMISSION_NEEDED", {
        originator,
        codes: item.handling.codes.join("+"),
        uses: missing.join(","),
        items: id,
        count: 1,
      });
    items.push({
      id,
      fileName: item.file_name,
      mediaType: item.media_type,
      size: Number(item.size),
      digest: hex(item.digest),
      sealedDigest: hex(item.sealed_digest),
      takenAt: item.taken_at,
      ...held,
      ...(await deviceOf(node, db, id, facts.device)),
      shown: fieldsOf(statements[0]!.text, disclosures),
      disclosures,
      statements,
      permissions,
    });
  }
  return items;
}

/** Its originator's word for the device that acquired it: ours, or the one that came with it. Throws `NO_DEVICE`. */
async function deviceOf(
  node: ExportNode,
  db: Reader,
  item: Id,
  device: Id,
): Promise<Pick<GatheredItem, "device" | "deviceWord">> {
  const text = await deviceWord(node, db, item, device);
  if (text === null) throw new EvidenceRoomError("NO_DEVICE");
  return { device: readDevice(payloadOf(parseSignedStatement(text))), deviceWord: text };
}

/** The name in `[salt, name, value]`. */
const nameIn = (disclosure: string): ConcealedName => (JSON.parse(disclosure) as [string, ConcealedName])[1];

async function statementsOf(db: Reader, item: Id, last: number): Promise<GatheredStatement[]> {
  const rows = await tables(db)
    .selectFrom("simpul.evidence_statements")
    .selectAll()
    .where("item_id", "=", item)
    .where("number", "<=", last)
    .orderBy("number")
    .execute();
  const { rows: leaves } = await sql<{
    id: Id;
    index: string | null;
    record: string;
    salt: Buffer;
    digest: string;
  }>`
    select id, index::text, record, salt, record::jsonb -> 'about' ->> 'digest' as digest from simpul.leaves
    where log = 'main' and about_id = ${item} and record is not null and record::jsonb -> 'about' ? 'digest'`.execute(
    db.rows,
  );
  const places = new Map(leaves.map((leaf) => [leaf.digest, leaf]));
  return rows.map((row) => {
    const signed = parseSignedStatement(row.signed);
    const digest = statementDigest(nodeVerifying, fromBase64(signed.payload));
    const leaf = places.get(digest);
    return {
      signed,
      text: row.signed,
      digest,
      event: row.event,
      at: row.at,
      actor: row.actor,
      leaf:
        leaf === undefined
          ? null
          : {
              id: leaf.id,
              // Not placed yet counts as beyond every head.
              index: leaf.index === null ? Number.MAX_SAFE_INTEGER - 1 : Number(leaf.index),
              record: leaf.record,
              salt: toBase64(new Uint8Array(leaf.salt)),
            },
    };
  });
}

/** How long the log must be for every statement to be under its head. */
export const sizeNeeded = (items: readonly GatheredItem[]): number =>
  1 + Math.max(0, ...items.flatMap((item) => item.statements.map((one) => one.leaf?.index ?? 0)));
