// An item's story can be told only as it was: every statement signed, linked to the one before, about the same bytes.
import { newSigner, nodeVerifying as engine, systemRandom as random } from "@simpul/store/keys";
import { Id, type Digest, type NodeCode } from "@simpul/model";
import { countersign, fromBase64, signStatement, toBase64, type SignedStatement } from "@simpul/seal";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import {
  checkChain,
  openConcealed,
  payloadType,
  readAcquisition,
  readCustody,
  statementDigest,
  writeAcquisition,
  writeCustody,
  type AcquisitionFacts,
  type CustodyEventName,
} from "./index.ts";

const newId = (): Id => Id.make({ clock: { now: () => new Date("2031-03-01T00:00:00Z") }, random });
const device = newSigner();
const node = newSigner();
const digest = (letter: string): Digest => letter.repeat(64) as Digest;
const hash = engine.hash;
const facts: AcquisitionFacts = {
  item: newId(),
  node: "id" as NodeCode,
  officer: newId(),
  desk: newId(),
  device: newId(),
  method: "device-export",
  tool: { name: "Simpul", version: "0.1.0" },
  mediaType: "text/plain",
  size: 1200,
  takenAt: "2031-03-01T08:00:00Z",
  clockOffset: -120,
};
const keys = { node: () => [node.publicKey], device: () => [device.publicKey] };
const hidden = { fileName: "Chat WhatsApp dengan Kak Melly.txt", authority: "SP-12/2031", place: "Jakarta" };
const made = writeAcquisition({ hash, random }, digest("a"), facts, hidden);

let chain: SignedStatement[];
beforeAll(async () => {
  const first = await signStatement(payloadType, made.bytes, [device], engine);
  chain = [await countersign(first, node, engine)];
  for (const [i, event] of (
    ["sealed", "viewed", "analysed", "transferred-out"] as CustodyEventName[]
  ).entries()) {
    const payload = writeCustody(
      { original: digest("a"), "sealed-file": digest("b") },
      {
        item: facts.item,
        number: i + 1,
        event,
        previous: statementDigest(engine, fromBase64(chain.at(-1)!.payload)),
        at: `2031-03-01T08:0${i}:00.000Z`,
        node: facts.node,
        actor: `officer:${facts.officer}`,
        purpose: "crime-investigation",
        facts: event === "transferred-out" ? { to: "kh" } : {},
      },
    );
    chain.push(await signStatement(payloadType, payload, [node], engine));
  }
});

test("what was signed is proven, and its sensitive fields show only what is disclosed", async () => {
  const checked = await checkChain(engine, keys, chain);
  expect(checked).toMatchObject({ ok: true, problems: [] });
  expect(checked.events.map((event) => event.event)).toEqual([
    "sealed",
    "viewed",
    "analysed",
    "transferred-out",
  ]);
  const text = new TextDecoder().decode(made.bytes);
  for (const value of Object.values(hidden)) expect(text).not.toContain(value);
  const acquisition = readAcquisition(made.bytes);
  expect(openConcealed(hash, acquisition, made.disclosures)).toEqual(hidden);
  const place = made.disclosures.find((one) => one.includes("Jakarta"))!;
  expect(openConcealed(hash, acquisition, [place])).toEqual({ place: "Jakarta" });
  for (const wrong of [place.replace("Jakarta", "Medan"), "[]", "", "x".repeat(9000)])
    expect(() => openConcealed(hash, acquisition, [wrong])).toThrow("NOT_A_DISCLOSURE");
  expect(() => openConcealed(hash, acquisition, [place, place])).toThrow("NOT_A_DISCLOSURE");
});

test("a chain with any statement taken out, doubled, swapped or altered is refused", async () => {
  const broken = async (altered: SignedStatement[]): Promise<void> => {
    expect((await checkChain(engine, keys, altered)).ok).toBe(false);
  };
  for (let i = 0; i < chain.length - 1; i++) await broken(chain.filter((_, at) => at !== i));
  for (let i = 0; i < chain.length; i++) await broken([...chain.slice(0, i + 1), ...chain.slice(i)]);
  await broken([chain[0]!, chain[2]!, chain[1]!, chain[3]!, chain[4]!]);
  await broken([]);
  await fc.assert(
    fc.asyncProperty(fc.nat(chain.length - 1), fc.nat(100_000), async (at, where) => {
      const payload = fromBase64(chain[at]!.payload);
      payload[where % payload.length]! ^= 1;
      await broken(chain.with(at, { ...chain[at]!, payload: toBase64(payload) }));
    }),
    { numRuns: 60 },
  );
});

test("a statement that another key signed, or only one of the two, proves nothing", async () => {
  const stranger = newSigner();
  const problemsOf = async (keysOf: typeof keys, list = chain): Promise<unknown> =>
    (await checkChain(engine, keysOf, list)).problems[0];
  expect(await problemsOf({ ...keys, device: () => [stranger.publicKey] })).toEqual({
    number: 0,
    problem: "not-signed-by-device",
  });
  expect(await problemsOf({ ...keys, node: () => [] })).toEqual({ number: 0, problem: "not-signed-by-node" });
  const alone = await signStatement(payloadType, made.bytes, [device], engine);
  expect(await problemsOf(keys, chain.with(0, alone))).toEqual({ number: 0, problem: "not-signed-by-node" });
});

test("a statement that is not one of ours is refused by name", () => {
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  const mine = new TextDecoder().decode(made.bytes);
  for (const wrong of [
    "",
    "{",
    "[]",
    "{}",
    mine.replace("in-toto.io", "elsewhere.example"),
    mine.replace('"original"', '"orig"'),
  ])
    expect(() => readAcquisition(text(wrong))).toThrow("NOT_A_STATEMENT");
  for (const wrong of [mine.replace("acquisition/v1", "acquisition/v2")])
    expect(() => readAcquisition(text(wrong))).toThrow("NOT_AN_ACQUISITION");
  expect(() => readAcquisition(text(mine.replace('"size":1200', '"size":-1')))).toThrow(
    "NOT_A_STATEMENT: predicate.size",
  );
  expect(() => readCustody(made.bytes)).toThrow("NOT_A_CUSTODY_EVENT");
});

test("another state keeps the same original under keys of its own, and only after it was handed over", async () => {
  const theirs = newSigner();
  const both = {
    node: (code: NodeCode) => [code === "kh" ? theirs.publicKey : node.publicKey],
    device: keys.device,
  };
  const after = async (before: SignedStatement[], event: CustodyEventName, at: string) => {
    const payload = writeCustody(
      { original: digest("a"), "sealed-file": digest("c") },
      {
        item: facts.item,
        number: before.length,
        event,
        previous: statementDigest(engine, fromBase64(before.at(-1)!.payload)),
        at,
        node: "kh" as NodeCode,
        actor: "job:receive",
        purpose: "administration",
        facts: {},
      },
    );
    return [...before, await signStatement(payloadType, payload, [theirs], engine)];
  };
  const received = await after(chain, "received", "2031-03-01T09:00:00.000Z");
  expect(await checkChain(engine, both, received)).toMatchObject({ ok: true });
  const seen = await after(received, "viewed", "2031-03-01T09:01:00.000Z");
  expect(await checkChain(engine, both, seen)).toMatchObject({ ok: true });
  // Nobody handed it over; nobody says that it was received.
  const taken = await after(chain.slice(0, -1), "received", "2031-03-01T09:00:00.000Z");
  expect((await checkChain(engine, both, taken)).problems).toContainEqual({
    number: 4,
    problem: "another-keeper",
  });
  const silent = await after(chain, "viewed", "2031-03-01T09:00:00.000Z");
  expect((await checkChain(engine, both, silent)).problems).toContainEqual({
    number: 5,
    problem: "other-bytes",
  });
});
