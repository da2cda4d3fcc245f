// Envelopes: what was sealed opens as it was, at rounded sizes; everything else is refused by name.
import fc from "fast-check";
import { randomBytes } from "node:crypto";
import { Id, NodeCode } from "@simpul/model";
import { expect, test } from "vitest";
import { limits, openEnvelope, parseEnvelope, sealEnvelope, type Envelope } from "./envelope.ts";
import { makeNodeKeys, printNodeKeys, publicKeys, rawPublic, readNodeKeys, readPublic } from "./keys.ts";
import { pinOf } from "./certificate.ts";
import { readReceipt, signReceipt, type Receipt } from "./receipt.ts";

const from = {
  clock: { now: () => new Date("2031-07-04T08:00:00Z") },
  random: { bytes: (n: number) => new Uint8Array(randomBytes(n)) },
};
const id = makeNodeKeys(NodeCode.parse("id"), [Id.make(from)], from);
const kh = makeNodeKeys(NodeCode.parse("kh"), [Id.make(from)], from);
const by = id.agencies[0]!;
const to = readPublic("X25519", rawPublic(kh.sealing));
const agencies = new Map([[by.agency, readPublic("Ed25519", rawPublic(by.privateKey))]]);
const opening = { node: kh.node, sealing: kh.sealing, from: id.node, agencies };
const envelope: Envelope = {
  v: 1,
  id: Id.make(from),
  type: "request.sent",
  from: id.node,
  to: kh.node,
  agency: by.agency,
  seq: 1,
  at: "2031-07-04T08:00:00.000Z",
  body: { text: "សួស្តី" },
  attachments: [],
};

test("any JSON body comes out as it went in", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (value) => {
      const body: unknown = JSON.parse(JSON.stringify({ value }));
      const opened = await openEnvelope(await sealEnvelope({ ...envelope, body }, by, to), opening);
      expect(opened).toEqual({ ...envelope, body });
    }),
    { numRuns: 25 },
  );
});

test("sizes are rounded to the next doubling, and too large is refused", async () => {
  const size = async (length: number) =>
    (await sealEnvelope({ ...envelope, body: "x".repeat(length) }, by, to)).length;
  expect(await size(1)).toBe(await size(600));
  expect(await size(1_000)).toBe(await size(1_600));
  expect(await size(1_000)).toBeGreaterThan(await size(600));
  await expect(size(limits.plain)).rejects.toThrow("TOO_LARGE");
});

test.each<[string, unknown]>([
  ["not JSON", "{"],
  ["null", null],
  ["a list", []],
  ["without version", { ...envelope, v: undefined }],
  ["an id that is none", { ...envelope, id: "1" }],
  ["a type with a space", { ...envelope, type: "request sent" }],
  ["a number of zero", { ...envelope, seq: 0 }],
  ["a time without zone", { ...envelope, at: "2031-07-04T08:00:00" }],
  ["a Buddhist year in words", { ...envelope, at: "4 กรกฎาคม 2574" }],
  ["without a body", { ...envelope, body: undefined }],
  ["a member nobody knows", { ...envelope, bcc: "ph" }],
  ["attachments without a key", { ...envelope, attachments: [{ digest: "0".repeat(64), size: 1 }] }],
  ["a thousand and one attachments", { ...envelope, attachments: Array(1001).fill(0) }],
  ["padding that says something", { ...envelope, pad: "001" }],
])("%s is not an envelope", (_, value) => {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  expect(() => parseEnvelope(new TextEncoder().encode(text))).toThrow("NOT_AN_ENVELOPE");
});

test("a newer version is refused as newer, whatever else it holds", () => {
  const newer = new TextEncoder().encode(JSON.stringify({ v: 5, everything: "else" }));
  expect(() => parseEnvelope(newer)).toThrow("NEWER_VERSION");
});

test("no bytes make the reader do anything but refuse by name", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      await expect(openEnvelope(text, opening)).rejects.toMatchObject({ code: "NOT_OPENED" });
      expect(() => parseEnvelope(new TextEncoder().encode(text))).toThrow(/NOT_AN_ENVELOPE|NEWER_VERSION/);
    }),
    { numRuns: 60 },
  );
});

test("a receipt is believed only from that node, for that envelope, unaltered", async () => {
  const receipt: Receipt = {
    v: 1,
    id: envelope.id,
    seq: 1,
    by: kh.node,
    from: id.node,
    sealed: "0".repeat(64) as never,
    at: envelope.at,
    outcome: "refused",
    code: "UNKNOWN_TYPE",
  };
  const expected = {
    keys: [readPublic("Ed25519", rawPublic(kh.signing))],
    by: kh.node,
    from: id.node,
    id: envelope.id,
    seq: 1,
  };
  const text = await signReceipt(receipt, kh.signing);
  expect(await readReceipt(text, expected)).toEqual(receipt);
  const refused = async (signed: string, change = {}) =>
    expect(readReceipt(signed, { ...expected, ...change })).rejects.toThrow("NOT_A_RECEIPT");
  await refused(text, { id: Id.make(from) });
  await refused(text, { seq: 2 });
  await refused(text, { by: NodeCode.parse("ph") });
  await refused(await signReceipt(receipt, id.signing));
  await refused(await signReceipt({ ...receipt, code: "BECAUSE" as never }, kh.signing));
  await refused(await signReceipt({ ...receipt, outcome: "accepted" }, kh.signing));
  await refused(text.slice(0, -3));
});

test("keys survive their file, and the pin survives a renewed certificate", () => {
  const read = readNodeKeys(printNodeKeys(kh));
  expect(publicKeys(read)).toEqual(publicKeys(kh));
  expect(pinOf(kh.tls.certificate)).toMatch(/^[0-9a-f]{64}$/);
  expect(pinOf(kh.tls.certificate)).not.toBe(pinOf(id.tls.certificate));
});
