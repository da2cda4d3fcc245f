// A small, whole bundle in memory for tests and conformance files: one item of the exercise, sealed and cosigned.
import type { Digest, Id, NodeCode } from "@simpul/model";
import {
  cosign,
  inclusionProof,
  leafHash,
  nodeHash,
  printCheckpoint,
  printProofFile,
  rootOf,
  saltedLeaf,
} from "@simpul/ledger";
import type { HashReader } from "@simpul/ledger";
import {
  noteTypes,
  printNote,
  printVerifierKey,
  signKeyStatement,
  signNote,
  signStatement,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
  verifierKey,
} from "@simpul/seal";
import type { KeyStatement, Signer, Verifying } from "@simpul/seal";
import { tagManifest } from "../bag/manifest.ts";
import { tagFiles } from "../bag/write.ts";
import { statementDigest } from "../chain.ts";
import { writeAcquisition, writeCustody } from "../write.ts";
import { payloadType } from "../statement.ts";
import { writeDevice } from "./device-write.ts";
import { bundlePaths } from "./layout.ts";

export interface ExampleKeys {
  node: Signer;
  device: Signer;
  cosigner: Signer;
}

/** What became of the node's key after the item was sealed. */
export type ExampleAfter =
  /** It was changed: the head that proves the item bears the next key's signature. */
  | { kind: "changed"; next: Signer }
  /** It was stolen: the head is the last one of before. */
  | { kind: "revoked"; next: Signer; since: string };

const item = "01890000-0000-7000-8000-000000000001" as Id;
const officer = "01890000-0000-7000-8000-000000000002" as Id;
const desk = "01890000-0000-7000-8000-000000000003" as Id;
const device = "01890000-0000-7000-8000-000000000004" as Id;
const at = "2031-03-01T02:00:00Z";

/** Files by path, and the policy that a verifier must get by another way. */
export async function exampleBundle(
  keys: ExampleKeys,
  engine: Verifying,
  random: { bytes(length: number): Uint8Array },
  after: ExampleAfter | null = null,
): Promise<{ files: Map<string, Uint8Array>; policy: string; policyBefore: string; item: Id }> {
  const id = "id" as NodeCode;
  const original = utf8(
    "LATIHAN 03/02/31 19.02 - Kak Melly: Masih minat kerja customer service di luar negeri?\n",
  );
  const sha256 = (bytes: Uint8Array): Digest => toHex(engine.hash(bytes)) as Digest;
  const logOf = (key: Signer) => verifierKey("id.simpul/main", noteTypes.ed25519, key.publicKey, engine);
  const headSigner = after?.kind === "changed" ? after.next : keys.node;
  const log = logOf(headSigner);
  const kh = verifierKey("kh.simpul/cosigner", noteTypes.cosignature, keys.cosigner.publicKey, engine);

  const taken = writeAcquisition(
    { hash: (data) => engine.hash(data), random: random },
    sha256(original),
    {
      item,
      node: id,
      officer,
      desk,
      device,
      method: "device-export",
      tool: { name: "simpul", version: "0.1.0" },
      mediaType: "text/plain",
      size: original.length,
      takenAt: at,
      clockOffset: 0,
    },
    { fileName: "chat.txt" },
  );
  const subjects = { original: sha256(original), "sealed-file": sha256(utf8("the sealed file")) };
  const previous = statementDigest(engine, taken.bytes);
  const sealed = writeCustody(subjects, {
    item,
    number: 1,
    event: "sealed",
    previous,
    at,
    node: id,
    actor: `officer:${officer}`,
    purpose: "crime-investigation",
    facts: {},
  });
  const word = {
    device,
    officer,
    node: id,
    publicKey: keys.device.publicKey,
    from: "2031-01-01T00:00:00Z",
    revokedAt: null,
  };
  const signed = [
    await signStatement(payloadType, taken.bytes, [keys.device, keys.node], engine),
    await signStatement(payloadType, sealed, [keys.node], engine),
  ];

  const leaves = [taken.bytes, sealed].map((statement, nth) => {
    const salt = random.bytes(32);
    const record = JSON.stringify({
      v: 1,
      log: "main",
      kind: "item.sealed",
      nth,
      about: { id: item, digest: statementDigest(engine, statement) },
    });
    return { salt, record, leaf: saltedLeaf(salt, utf8(record), engine) };
  });
  const hashes: HashReader = async (level, index) =>
    level === 0
      ? leafHash(leaves[index]!.leaf, engine)
      : nodeHash(await hashes(level - 1, 2 * index), await hashes(level - 1, 2 * index + 1), engine);
  const head = printCheckpoint({ origin: log.name, size: 2, root: await rootOf(2, hashes, engine) });
  const time = Date.parse(at) / 1000 + 60;
  const checkpoint = printNote({
    text: head,
    signatures: [await signNote(head, log, headSigner), await cosign(head, kh, time, keys.cosigner)],
  });
  const rest = `witness kh ${printVerifierKey(kh)}\nquorum kh\n`;
  const own = `log ${printVerifierKey(logOf(keys.node))}\n`;
  const policyBefore = own + rest;
  const next = after === null ? "" : `log ${printVerifierKey(logOf(after.next))}\n`;
  const policy =
    after?.kind === "revoked"
      ? `${next}# revoked ${printVerifierKey(logOf(keys.node))} ${after.since}\n${rest}`
      : next + own + rest;

  const files = new Map<string, Uint8Array>([[bundlePaths.original(item, ".txt"), original]]);
  const payload = [
    { path: bundlePaths.original(item, ".txt"), sha256: sha256(original), size: original.length },
  ];
  const add = (path: string, text: string): void => void files.set(path, utf8(text));
  for (const [number, statement] of signed.entries()) {
    add(bundlePaths.statement(item, number), JSON.stringify(statement));
    const { salt, record } = leaves[number]!;
    add(bundlePaths.leaf(item, number), JSON.stringify({ salt: toBase64(salt), record }));
    const proof = await inclusionProof(number, 2, hashes, engine);
    add(bundlePaths.proof(item, number), printProofFile({ index: number, proof, checkpoint, extra: null }));
  }
  add(bundlePaths.disclosures(item), JSON.stringify(taken.disclosures));
  add(
    bundlePaths.device(device),
    JSON.stringify(await signStatement(payloadType, writeDevice(word), [after?.next ?? keys.node], engine)),
  );
  if (after !== null) add(bundlePaths.keys("id", 1), await saidOfKeys(keys.node, after, engine));
  add(bundlePaths.policy, policy);
  for (const { path, text } of tagFiles(payload, { "Source-Organization": "EXERCISE" })) add(path, text);
  const tags = [...files]
    .filter(([path]) => !path.startsWith("data/"))
    .map(([path, bytes]) => ({ path, sha256: sha256(bytes), size: bytes.length }));
  const last = tagManifest(tags);
  add(last.path, last.text);
  return { files, policy, policyBefore, item };
}

/** What the node signed about its keys an hour after the item was sealed. */
function saidOfKeys(old: Signer, after: ExampleAfter, engine: Verifying): Promise<string> {
  const changed = after.kind === "changed";
  const raw = toBase64Url(after.next.publicKey);
  const statement: KeyStatement = {
    v: 1,
    kind: after.kind,
    node: "id",
    number: 1,
    previous: null,
    at: "2031-03-01T03:00:00.000Z",
    until: changed ? "2031-03-31T03:00:00.000Z" : null,
    since: changed ? null : after.since,
    old: toBase64Url(old.publicKey),
    new: changed ? { pin: toHex(engine.hash(utf8("pin"))), signing: raw, sealing: raw, agencies: [] } : null,
  };
  return signKeyStatement(statement, changed ? [old, after.next] : [old], engine);
}
