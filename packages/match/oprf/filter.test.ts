// Tag filters: whatever goes in is found again, nothing of the number of cases shows, nothing altered passes.
import fc from "fast-check";
import {
  createHash,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify as nodeVerify,
  createPublicKey,
} from "node:crypto";
import { NodeCode } from "@simpul/model";
import { expect, test } from "vitest";
import { makeFilter, padTags, readFilter, tagOf } from "./filter.ts";
import { selectorInput, typeKey } from "./input.ts";
import { nobleEngine as engine } from "./noble.ts";
import { evaluateOwn } from "./protocol.ts";
import { packTags, riceFor, unpackTags } from "./rice.ts";

const pair = generateKeyPairSync("ed25519");
const raw = new Uint8Array(pair.publicKey.export({ format: "der", type: "spki" }).subarray(-32));
const spki = Buffer.from("302a300506032b6570032100", "hex");
const crypto = {
  hash: (data: Uint8Array) => new Uint8Array(createHash("sha256").update(data).digest()),
  verify: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) =>
    nodeVerify(
      null,
      message,
      createPublicKey({ key: Buffer.concat([spki, key]), format: "der", type: "spki" }),
      signature,
    ),
};
const signer = {
  publicKey: raw,
  sign: (message: Uint8Array) => new Uint8Array(sign(null, message, pair.privateKey)),
};

const kh = NodeCode.parse("kh");
const key = typeKey(engine, new Uint8Array(32).fill(7), { node: kh, type: "phone", epoch: "2031-07" });
const phone = (canonical: string) => selectorInput({ type: "phone", profile: "phone/1", canonical });
const numbers = ["+85512345678", "+85598765432", "+6281234567890"];
const outputs = evaluateOwn(engine, "voprf", key.secretKey, numbers.map(phone));
const pad = { step: 100, seed: new Uint8Array(32).fill(9), key: key.published };
const tags = padTags(engine, outputs.map(tagOf), pad);
const madeAt = new Date("2031-07-04T00:00:00Z");
const notAfter = new Date("2031-08-01T00:00:00Z");
const content = { key: key.published, profile: "phone/1", tags, madeAt, notAfter };
const expected = { key: key.published, type: "phone" as const, signedBy: raw, now: madeAt };

const refusal = async (bytes: Uint8Array, other: object = {}) =>
  readFilter(bytes, { ...expected, ...other }, crypto).then(
    () => "accepted",
    (error: unknown) => (error as { code: string }).code,
  );

test("a peer finds in the filter what the state put in, and nothing else", async () => {
  const { bytes } = await makeFilter(content, { hash: crypto.hash, signer });
  const read = await readFilter(bytes, expected, crypto);
  for (const output of outputs) expect(read.tags.has(tagOf(output))).toBe(true);
  const [other] = evaluateOwn(engine, "voprf", key.secretKey, [phone("+85511111111")]);
  expect(read.tags.has(tagOf(other!))).toBe(false);
  expect(read.header).toMatchObject({
    node: "kh",
    type: "phone",
    epoch: "2031-07",
    count: 100,
    profile: "phone/1",
  });
});

test("the count shows steps only, and the padding stays the same from night to night", () => {
  expect(tags.length).toBe(100);
  expect(padTags(engine, [], pad).length).toBe(100);
  const tomorrow = padTags(engine, [...outputs.map(tagOf), 5], pad);
  expect([...tomorrow].filter((tag) => !tags.includes(tag))).toEqual([5]);
});

test("any rising tags survive packing, in at most two bits above the mean difference", () => {
  const tag = fc.integer({ min: 0, max: 2 ** 48 - 1 });
  fc.assert(
    fc.property(
      fc.uniqueArray(tag, { minLength: 1, maxLength: 200 }),
      fc.option(fc.integer({ min: 36, max: 47 })),
      (values, rice) => {
        const sorted = Float64Array.from(values).sort();
        const chosen = rice ?? riceFor(sorted.length);
        expect([...unpackTags(packTags(sorted, chosen), sorted.length, chosen)]).toEqual([...sorted]);
      },
    ),
  );
  const many = Float64Array.from(
    new Set(Array.from({ length: 20_000 }, () => randomBytes(6).readUIntBE(0, 6))),
  ).sort();
  const bits = (packTags(many, riceFor(many.length)).length * 8) / many.length;
  expect(bits).toBeLessThan(Math.log2(2 ** 48 / many.length) + 2);
});

test("no bytes at all make the reader of packed tags do anything but refuse by name", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(40), fc.nat(47), (bytes, count, rice) => {
      try {
        const read = unpackTags(bytes, count, rice);
        expect([...packTags(read, rice)]).toEqual([...bytes]);
      } catch (error) {
        expect((error as { code: string }).code).toBe("NOT_A_FILTER");
      }
    }),
  );
});

test("one changed byte anywhere, another key, another type, or its last day over: refused", async () => {
  const { bytes } = await makeFilter(content, { hash: crypto.hash, signer });
  for (let at = 0; at < bytes.length; at += 7) {
    const altered = bytes.slice();
    altered[at]! ^= 0x20;
    expect(await refusal(altered)).not.toBe("accepted");
  }
  expect(await refusal(bytes.subarray(0, bytes.length - 1))).toBe("FILTER_ALTERED");
  expect(await refusal(new Uint8Array(0))).toBe("NOT_A_FILTER");
  expect(await refusal(bytes.subarray(0, 40))).toBe("NOT_A_FILTER");
  expect(await refusal(bytes, { type: "email" })).toBe("FILTER_ALTERED");
  expect(await refusal(bytes, { key: { ...key.published, id: "0000000000000000" } })).toBe("FILTER_ALTERED");
  expect(await refusal(bytes, { now: new Date("2031-08-01T00:00:01Z") })).toBe("FILTER_ALTERED");
  expect(await refusal(bytes, { signedBy: new Uint8Array(32).fill(1) })).toBe("FILTER_ALTERED");
});

test("type, profile and value never run together into the same input", () => {
  const part = fc.stringMatching(/^[a-z0-9/]{1,8}$/);
  fc.assert(
    fc.property(part, part, part, part, (profile, canonical, profile2, canonical2) => {
      fc.pre(/^[a-z0-9]/.test(profile) && /^[a-z0-9]/.test(profile2));
      const one = selectorInput({ type: "phone", profile, canonical });
      const two = selectorInput({ type: "phone", profile: profile2, canonical: canonical2 });
      expect(Buffer.compare(one, two) === 0).toBe(profile === profile2 && canonical === canonical2);
    }),
  );
  const code = (canonical: string, profile = "phone/1") => {
    try {
      return selectorInput({ type: "phone", profile, canonical });
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(code(" ")).toBe("EMPTY");
  expect(code("+1", "Phone 1")).toBe("EMPTY");
  expect(code("x".repeat(8193))).toBe("TOO_LONG");
  expect(code("a\ud800")).toBe("BAD_LENGTH");
});

test("each type and each epoch has a key of its own", () => {
  const name = { node: kh, type: "phone" as const, epoch: "2031-07" };
  const seed = new Uint8Array(32).fill(7);
  const ids = [name, { ...name, type: "email" as const }, { ...name, epoch: "2031-08" }].map(
    (other) => typeKey(engine, seed, other).published.id,
  );
  expect(new Set(ids).size).toBe(3);
  expect(typeKey(engine, seed, name).published).toEqual(key.published);
  expect(() => typeKey(engine, seed, { ...name, epoch: "July" })).toThrow("KEY_UNUSABLE");
});
