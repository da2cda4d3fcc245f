// The wire between nodes as plain files: envelopes, receipts, signed requests, attachments, cards, each valid or to be refused.
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Id, NodeCode } from "@simpul/model";
import { followKeys, KeyStatementError, type KnownKeys } from "@simpul/seal";
import { nodeVerifying } from "@simpul/store/keys";
import { readAgencies } from "../../packages/exchange/agencies.ts";
import { openChunk, sealedChunkBytes, sealedSize, chunkBytes } from "../../packages/exchange/attachments.ts";
import {
  blockOf,
  cardFingerprint,
  EnvelopeRefused,
  openEnvelope,
  readReceipt,
  verifyRequest,
} from "../../packages/exchange/index.ts";
import type { EvidenceLine, PeerCard } from "../../packages/exchange/index.ts";
import {
  open,
  read,
  Report,
  SignedCall,
  signedWith,
  Tombstone,
  tombstonesOf,
  types,
  type WireType,
} from "../../features/recalls/wire.ts";
import { read as readAssistance } from "../../features/assistance/shapes.ts";
import { read as readHandOver } from "../../features/hand-overs/wire.ts";
import { read as readFigures } from "../../features/coordination/wire.ts";
import { read as readDistress } from "../../features/distress/wire.ts";
import { readDeskKey } from "../../features/referrals/desk-keys/wire.ts";
import { read as readExercise } from "../../features/exercises/wire.ts";
import { readTold } from "../../features/charges/wire.ts";
import { read as readOperation } from "../../features/operations/wire.ts";
import { refusalOf } from "../../features/picture/shapes.ts";
import { readAsked } from "../../features/peers/reconcile.ts";
import { read as readPicture } from "../../features/picture/wire.ts";
import { read as readRequest } from "../../features/requests/arrive.ts";
import { read as readShare } from "../../features/referrals/wire.ts";
import { searchInput, searchKey, searchTag, type SearchKind } from "../../packages/match/oprf/index.ts";
import { blindWith, evaluate, finalise, nobleEngine } from "../../packages/match/oprf/index.ts";
import type { ReviewedPerson } from "../../features/reviews/contract.ts";
import { readList } from "../../features/watch-lists/statement.ts";
import { searchKeys } from "../../features/reviews/search/keys.ts";
import { Question, read as readSearch, Reply } from "../../features/reviews/search/wire.ts";
import { readJointLetter } from "../joint-letters.ts";
import { filesBelow, type Outcome, type Suite } from "../suite.ts";

/** A JWK of RFC 8037; `d` only where the reader needs the private half. */
interface Jwk {
  kty: "OKP";
  crv: "Ed25519" | "X25519";
  x: string;
  d?: string;
}
/** Who the nodes of the vectors are: `keys.json` at the top of the folder. */
interface Keys {
  nodes: Record<string, { signing: Jwk; sealing: Jwk; agencies: Record<string, Jwk> }>;
}
/** What every vector says of itself; `refused` names the code that must come. */
/** Crime types and scripts that the receiver's node ships. */
interface Ships {
  offences: string[];
  scripts: string[];
}
interface Vector {
  kind: string;
  refused?: string;
  [name: string]: unknown;
}

const publicOf = (jwk: Jwk): KeyObject => {
  const { kty, crv, x } = jwk;
  return createPublicKey({ key: { kty, crv, x }, format: "jwk" });
};
const privateOf = (jwk: Jwk): KeyObject => createPrivateKey({ key: { ...jwk }, format: "jwk" });
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const same = (found: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(found)), expected))
    throw new Error(`read otherwise than expected: ${JSON.stringify(found).slice(0, 300)}`);
};

function nodeOf(keys: Keys, code: unknown): Keys["nodes"][string] {
  const node = keys.nodes[text(code)];
  if (node === undefined) throw new Error(`keys.json has no node ${text(code)}`);
  return node;
}

/** By kind of vector: throws a coded refusal, or an error when the vector was read otherwise than it says. */
const checks: Record<string, (vector: Vector, keys: Keys) => Promise<void> | void> = {
  async envelope({ from, to, sealed, opens }, keys) {
    const sender = Object.entries(nodeOf(keys, from).agencies);
    const envelope = await openEnvelope(text(sealed), {
      node: NodeCode.parse(text(to)),
      sealing: privateOf(nodeOf(keys, to).sealing),
      from: NodeCode.parse(text(from)),
      agencies: new Map(sender.map(([agency, key]) => [agency, publicOf(key)])),
    });
    same(envelope, opens);
  },
  async receipt({ receipt, by, from, id, seq, says }, keys) {
    const read = await readReceipt(text(receipt), {
      keys: [publicOf(nodeOf(keys, by).signing)],
      by: NodeCode.parse(text(by)),
      from: NodeCode.parse(text(from)),
      id: Id.parse(text(id)),
      seq: Number(seq),
    });
    same(read, says);
  },
  request({ method, path, headers, body, now, nonce }, keys) {
    const sent = headers as Record<string, string>;
    const parts = {
      method: text(method),
      path: text(path),
      from: text(sent["simpul-from"]),
      to: text(sent["simpul-to"]),
      version: text(sent["simpul-version"]),
      body: Buffer.from(text(body), "base64"),
    };
    const key = publicOf(nodeOf(keys, parts.from).signing);
    same(verifyRequest(parts, sent, key, new Date(text(now))).nonce, nonce);
  },
  attachment({ key, sealed, size, digest }) {
    const [bytes, whole] = [Buffer.from(text(sealed), "base64"), Number(size)];
    if (bytes.length !== sealedSize(whole))
      throw Object.assign(new Error("not its size"), { code: "ALTERED" });
    const chunks = Math.max(1, Math.ceil(whole / chunkBytes));
    const hash = createHash("sha256");
    for (let i = 0; i < chunks; i++) {
      const chunk = bytes.subarray(i * sealedChunkBytes, (i + 1) * sealedChunkBytes);
      hash.update(openChunk(chunk, Buffer.from(text(key), "base64url"), i, i === chunks - 1));
    }
    same(hash.digest("hex"), digest);
  },
  async agencies({ list, by, to, says }, keys) {
    const expected = {
      keys: [publicOf(nodeOf(keys, by).signing)],
      node: NodeCode.parse(text(by)),
      to: NodeCode.parse(text(to)),
    };
    same(await readAgencies(text(list), expected), says);
  },
  async "recall-statement"({ what, by, signed, says }, keys) {
    const key = Buffer.from(nodeOf(keys, by).signing.x, "base64url");
    const shape = { call: SignedCall, report: Report, tombstone: Tombstone }[
      text(what) as keyof typeof types
    ];
    const said = open(text(what) as keyof typeof types, shape, text(signed));
    if (!(await signedWith([key], text(signed)))) throw new EnvelopeRefused("BAD_BODY", "not signed by it");
    if ("tombstones" in said) await tombstonesOf(said, [key]);
    same(said, says);
  },
  async "watch-list"({ from, signed, says }, keys) {
    const [jwk] = Object.values(nodeOf(keys, from).agencies);
    const key = Buffer.from(jwk!.x, "base64url");
    const read = await readList(text(signed), { from: text(from) as NodeCode, key });
    if (read === null) throw new EnvelopeRefused("BAD_SIGNATURE", "a watch list");
    same(read, says);
  },
  "recall-body"({ type, body }) {
    same(read(text(type) as WireType, body), body);
  },
  "request-body"({ type, body }) {
    same(readRequest(text(type) as "answer.released", body), body);
  },
  "assistance-body"({ type, body }) {
    same(readAssistance(text(type) as "assistance.sent", body), body);
  },
  "hand-over-body"({ type, body }) {
    same(readHandOver(text(type) as "hand-over.said", body), body);
  },
  async "desk-key"({ by, statement, says }, keys) {
    const key = Buffer.from(nodeOf(keys, by).signing.x, "base64url");
    same(await readDeskKey(text(statement), text(by), [key]), says);
  },
  async joint({ type, body, by }, keys) {
    const keyOf = (code: string) => Buffer.from(nodeOf(keys, code).signing.x, "base64url");
    same(await readJointLetter(text(type) as "joint.put", body, NodeCode.parse(text(by)), keyOf), body);
  },
  "evidence-question"({ body }) {
    same(readAsked(Buffer.from(JSON.stringify(body))), body);
  },
  "evidence-block"({ from, lines, block }) {
    same(blockOf(from as number, lines as EvidenceLine[]), block);
  },
  outcome({ body }) {
    same(readTold(body), body);
  },
  coordination({ type, body, ships }) {
    same(readFigures(text(type) as "coordination.figures", body, ships as Ships), body);
  },
  operation({ type, body }) {
    same(readOperation(text(type) as "operation.vote", body), body);
  },
  picture({ type, body, from, now }) {
    const read = readPicture(text(type) as "picture.released", body);
    same(read, body);
    if (!("table" in read)) return;
    const table = { state: NodeCode.parse(text(from)), ...read.table };
    const fault = refusalOf(table, new Date(text(now)));
    if (fault !== null) throw Object.assign(new Error("a table that is not taken in"), { code: fault });
  },
  exercise({ type, body }) {
    same(readExercise(text(type) as "exercise.note", body), body);
  },
  "share-body"({ type, body }) {
    same(readShare(text(type) as "share.said", body), body);
  },
  "distress-body"({ type, body }) {
    same(readDistress(text(type) as "distress.taken", body), body);
  },
  "search-keys"({ person, keys: expected }) {
    same(searchKeys(person as ReviewedPerson), expected);
  },
  "search-round"({ seed, search, key, input, blind, blinded, evaluated, tag }) {
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
    const bytes = (value: unknown): Uint8Array => new Uint8Array(Buffer.from(text(value), "hex"));
    const { kind, value } = key as { kind: SearchKind; value: string };
    const inputs = [searchInput(kind, value)];
    same(hex(inputs[0]!), input);
    const keys = searchKey(nobleEngine, bytes(seed), text(search));
    const made = blindWith(nobleEngine, "voprf", inputs, bytes(blind));
    same(hex(made.blinded), blinded);
    const answer = evaluate(nobleEngine, keys.secretKey, made.blinded);
    same(hex(answer), evaluated);
    same(searchTag(finalise(nobleEngine, inputs, made.blinds, answer)[0]!), tag);
  },
  "search-body"({ type, body }) {
    same(readSearch(text(type) as "victim-search.asked", body), body);
  },
  "search-inside"({ what, says }) {
    const read = (what === "question" ? Question : Reply).safeParse(says);
    if (!read.success) throw new EnvelopeRefused("BAD_BODY", "inside");
    same(read.data, says);
  },
  async keys({ known, statements, leads }) {
    const steps = await followKeys(known as KnownKeys, statements as string[], nodeVerifying).catch(
      (fault: unknown) => {
        // A peer answers it with `KEYS_` before it (protocol.md 12).
        throw fault instanceof KeyStatementError
          ? Object.assign(new Error(fault.message), { code: fault.fault })
          : fault;
      },
    );
    same(
      steps.map(({ statement: { number, kind, new: next } }) => ({
        number,
        kind,
        signing: next?.signing ?? null,
      })),
      leads,
    );
  },
  card({ card, fingerprint }) {
    same(cardFingerprint(card as PeerCard), fingerprint);
  },
};

async function run(name: string, vector: Vector, keys: Keys): Promise<Outcome> {
  const check = checks[vector.kind];
  if (check === undefined) return { name, outcome: "skipped", says: `no vector of a known kind` };
  const { refused } = vector;
  try {
    await check(vector, keys);
    if (refused !== undefined) return { name, outcome: "failed", says: `accepted, should be ${refused}` };
    return { name, outcome: "passed", says: "read as it says" };
  } catch (fault) {
    const code = (fault as { code?: unknown }).code;
    const says = fault instanceof Error ? fault.message : String(fault);
    return { name, outcome: refused !== undefined && code === refused ? "passed" : "failed", says };
  }
}

export const protocol: Suite = async (folder) => {
  const keys = JSON.parse(readFileSync(join(folder, "keys.json"), "utf8")) as Keys;
  const outcomes: Outcome[] = [];
  for (const file of filesBelow(folder, ".json")) {
    const name = relative(folder, file);
    if (name === "keys.json") continue;
    try {
      outcomes.push(await run(name, JSON.parse(readFileSync(file, "utf8")) as Vector, keys));
    } catch (fault) {
      outcomes.push({ name, outcome: "failed", says: String(fault) });
    }
  }
  return outcomes;
};
