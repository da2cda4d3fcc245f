// The files of a bundle in the order in which they are written: bag, papers, originals, records, proofs, trust, verifier.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { caseManifest } from "@simpul/evidence/case-manifest";
import { tagFiles, tagManifest, type Bagged } from "@simpul/evidence/bag";
import { bundlePaths, type DeviceWord } from "@simpul/evidence/bundle";
import { Digest, type Id } from "@simpul/model";
import { keyName, preAuthEncoding, fromBase64, toBase64, toSpki, utf8 } from "@simpul/seal";
import type { Head } from "@simpul/store";
import { nodeVerifying } from "@simpul/store/keys";
import { EvidenceRoomError } from "../contract.ts";
import { originalPath, type GatheredItem } from "./gather.ts";
import type { ExportNode, ExportRow, SaidOfKeys } from "./node.ts";
import { papers } from "./papers.ts";
import type { ReadPolicy } from "./policy.ts";

/** One file of the zip; `compress` is off where packing would only cost time. */
export interface Entry {
  path: string;
  size: number;
  compress: boolean;
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface Making {
  row: ExportRow;
  items: readonly GatheredItem[];
  policy: ReadPolicy;
  /** The head that every proof leads to. */
  head: Head;
  /** For what a key signed that was stolen since: the last head that others cosigned before, by the key's name. */
  headsBefore: ReadonlyMap<string, Head>;
  said: readonly SaidOfKeys[];
  proven: boolean;
  /** Names of officers, by id. */
  names: ReadonlyMap<Id, string>;
  /** The plain bytes of an item, piece by piece. */
  original(item: GatheredItem): AsyncIterable<Uint8Array>;
  at: Date;
}

const sha256 = (bytes: Uint8Array): Digest => Digest.parse(createHash("sha256").update(bytes).digest("hex"));

/** A public key in the spelling of stock tools. */
const pem = (raw: Uint8Array): string =>
  `-----BEGIN PUBLIC KEY-----\n${toBase64(toSpki(raw))}\n-----END PUBLIC KEY-----\n`;

interface NamedKey {
  /** As files call it: `id-1f0a…` for a node's, `device-…` for an officer's device. */
  name: string;
  keyid: string;
  raw: Uint8Array;
}

/** Every key that signed something here: the nodes', and those of the devices. */
function keysOf(node: ExportNode, making: Making): NamedKey[] {
  const named = (prefix: string, raw: Uint8Array): NamedKey => {
    const keyid = keyName(raw, nodeVerifying);
    return { name: `${prefix}-${keyid.slice(0, 16)}`, keyid, raw };
  };
  const keys = [
    ...node.nodeKeys.map((raw) => named(node.code, raw)),
    ...making.policy.peers.flatMap((peer) =>
      [peer, ...peer.earlier, ...peer.stolen].map(({ main }) => named(peer.node, main.publicKey)),
    ),
  ];
  for (const { publicKey } of devicesOf(making).values()) keys.push(named("device", publicKey));
  return keys;
}

/** Each device once, by its id. */
const devicesOf = (making: Making): Map<Id, DeviceWord> =>
  new Map(making.items.map(({ device }) => [device.device, device]));

/** As their nodes signed them: the word of another state for its officer's device came with its item. */
function* deviceWords(making: Making): Generator<[string, string]> {
  const words = new Map(making.items.map(({ device, deviceWord }) => [device.device, deviceWord]));
  for (const [device, word] of words) yield [bundlePaths.device(device), word];
}

/** The small files about one item: statements, signatures for stock tools, leaves and proofs. */
async function* itemFiles(
  node: ExportNode,
  making: Making,
  item: GatheredItem,
  keys: readonly NamedKey[],
): AsyncGenerator<[string, string | Uint8Array]> {
  for (const [number, { signed, text, leaf }] of item.statements.entries()) {
    yield [bundlePaths.statement(item.id, number), text];
    yield [
      bundlePaths.signedBytes(item.id, number),
      preAuthEncoding(signed.payloadType, fromBase64(signed.payload)),
    ];
    for (const one of signed.signatures) {
      const key = keys.find(({ keyid }) => keyid === one.keyid);
      if (key !== undefined) yield [bundlePaths.signature(item.id, number, key.name), fromBase64(one.sig)];
    }
    if (leaf === null) continue;
    const before = signed.signatures.flatMap(({ keyid }) => making.headsBefore.get(keyid) ?? [])[0];
    // What was logged after the theft stands under the newest head, and the verifier says why it does not count.
    const head = before !== undefined && before.size > leaf.index ? before : making.head;
    const proof = await node.ledger.proofFile("main", leaf.id, head);
    if (proof === null) throw new EvidenceRoomError("NOT_READY", { item: item.id, statement: number });
    yield [bundlePaths.leaf(item.id, number), JSON.stringify({ salt: leaf.salt, record: leaf.record })];
    yield [bundlePaths.proof(item.id, number), proof];
  }
  yield [bundlePaths.disclosures(item.id), JSON.stringify(item.disclosures)];
  for (const { id, signed } of item.permissions) yield [bundlePaths.permission(id), signed];
}

/** What bag-info.txt says; values are plain text, and never the officer's reason, which stays at home. */
function bagInfo(node: ExportNode, { row, at, proven }: Making): Record<string, string> {
  return {
    "Source-Organization": `Simpul ${node.code.toUpperCase()} (${node.name})`,
    "Bagging-Date": at.toISOString().slice(0, 10),
    "Bag-Software-Agent": "Simpul 0.1.0",
    "External-Identifier": row.id,
    "Internal-Sender-Identifier": row.case_number,
    Recipient: `${row.recipient} (${row.recipient_state.toUpperCase()})`,
    Purpose: row.purpose,
    Cosigners: proven ? "quorum" : "follow",
    ...(node.exercise ? { Exercise: "EXERCISE - everything in this bundle is invented" } : {}),
  };
}

/** What its officer did not let be shown stands in no manifest either. */
const manifestOf = (node: ExportNode, { row, items, at }: Making): string =>
  caseManifest({
    ...{ id: row.id, name: `${row.case_number} · ${row.recipient}`, from: node.code, at },
    items: items.map((one) => ({
      ...{ id: one.id, digest: one.digest, size: one.size, mediaType: one.mediaType },
      ...{ originator: one.originator, path: originalPath(one), custody: one.statements },
      fileName: one.shown.find(({ name }) => name === "fileName")?.value ?? null,
    })),
  });

/**
 * All files, each once. Digests of originals stand in the manifest before their bytes are written, so those are hashed
 * again on the way: throws `DAMAGED` where they are not what was sealed.
 */
export async function* bundleEntries(node: ExportNode, making: Making): AsyncGenerator<Entry> {
  const tags: Bagged[] = [];
  const small = (file: string, content: string | Uint8Array): Entry => {
    const bytes = typeof content === "string" ? utf8(content) : content;
    tags.push({ path: file, sha256: sha256(bytes), size: bytes.length });
    return { path: file, size: bytes.length, compress: true, bytes: [bytes] };
  };
  const payload = making.items.map((item) => ({
    path: originalPath(item),
    sha256: item.digest,
    size: item.size,
  }));
  for (const { path: file, text } of tagFiles(payload, bagInfo(node, making))) yield small(file, text);
  const keys = keysOf(node, making);
  for (const [file, text] of papers(node, making, keys)) yield small(file, text);
  yield small(bundlePaths.caseManifest, manifestOf(node, making));
  for (const item of making.items) {
    const bytes = asSealed(making.original(item), item);
    yield { path: originalPath(item), size: item.size, compress: item.mediaType.startsWith("text/"), bytes };
  }
  for (const [file, text] of deviceWords(making)) yield small(file, text);
  for (const { node: of, number, text } of making.said) yield small(bundlePaths.keys(of, number), text);
  const written = new Set<string>();
  for (const item of making.items) {
    for await (const [file, content] of itemFiles(node, making, item, keys)) {
      // One permission may stand for several items.
      if (!written.has(file)) yield small(file, content);
      written.add(file);
    }
  }
  yield small(bundlePaths.policy, making.policy.text);
  for (const key of keys) yield small(bundlePaths.key(key.name), pem(key.raw));
  if (!making.proven)
    yield small(bundlePaths.cosignersFollow, `${making.row.unproven ?? "no other state cosigns this log"}\n`);
  for (const name of ["verify.html", "verify.mjs"]) {
    const built = await readFile(path.join(node.verifier, name)).catch((fault: unknown) => {
      throw new EvidenceRoomError("VERIFIER_NOT_BUILT", {}, fault);
    });
    yield small(`verify/${name}`, built);
  }
  const last = tagManifest(tags);
  yield small(last.path, last.text);
}

/** The bytes, ended by a refusal unless they are those whose digest the officer's device signed. */
async function* asSealed(source: AsyncIterable<Uint8Array>, item: GatheredItem): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const part of source) {
    hash.update(part);
    yield part;
  }
  if (hash.digest("hex") !== item.digest) throw new EvidenceRoomError("DAMAGED", { item: item.id });
}
