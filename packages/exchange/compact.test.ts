// Our JWS and JWE against a general library, both ways; and every way of the format that the wire does not use, refused.
import fc from "fast-check";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { CompactEncrypt, CompactSign, compactDecrypt, compactVerify } from "jose";
import { describe, expect, test } from "vitest";
import { decryptCompact, encryptCompact, signCompact, verifyCompact } from "./compact.ts";

const signing = generateKeyPairSync("ed25519");
const sealing = generateKeyPairSync("x25519");
const bytes = fc.uint8Array({ maxLength: 5_000 });
const b64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const key = () => signing.publicKey;

describe("signatures", () => {
  test("ours verify there, theirs verify here", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (payload) => {
        const ours = await compactVerify(
          signCompact({ kid: "k", typ: "t" }, payload, signing.privateKey),
          signing.publicKey,
        );
        expect(Buffer.from(ours.payload).equals(payload)).toBe(true);
        expect(ours.protectedHeader).toEqual({ alg: "EdDSA", kid: "k", typ: "t" });
        const theirs = await new CompactSign(payload)
          .setProtectedHeader({ alg: "EdDSA", kid: "k" })
          .sign(signing.privateKey);
        const read = verifyCompact(theirs, key);
        expect(read.payload.equals(payload)).toBe(true);
        expect(read.header).toEqual({ alg: "EdDSA", kid: "k" });
      }),
      { numRuns: 25 },
    );
  });

  const good = signCompact({ kid: "k" }, Buffer.from("payload"), signing.privateKey);
  const [head, payload, signature] = good.split(".") as [string, string, string];
  test.each([
    ["another payload", `${head}.${b64("other")}.${signature}`],
    ["another header", `${b64({ alg: "EdDSA", kid: "l" })}.${payload}.${signature}`],
    ["no signature", `${head}.${payload}.`],
    ["no algorithm", `${b64({ alg: "none" })}.${payload}.`],
    ["a part more", `${good}.`],
    ["another way to write the same bytes", `${good}=`],
    ["a critical member", signCompact({ crit: ["x"], x: 1 }, Buffer.from("p"), signing.privateKey)],
    ["another's key", signCompact({}, Buffer.from("p"), generateKeyPairSync("ed25519").privateKey)],
  ])("%s is refused", (_, text) => expect(() => verifyCompact(text, key)).toThrow());

  test("a key of another kind verifies nothing", () =>
    expect(() => verifyCompact(good, () => sealing.publicKey)).toThrow("not an Ed25519 key"));
});

describe("encryption", () => {
  const library = (plain: Uint8Array, header: object = {}) =>
    new CompactEncrypt(plain)
      .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM", ...header })
      .encrypt(sealing.publicKey);

  test("ours opens there, theirs opens here", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (plain) => {
        const ours = await compactDecrypt(
          encryptCompact({ cty: "JWS", kid: "kh" }, plain, sealing.publicKey),
          sealing.privateKey,
        );
        expect(Buffer.from(ours.plaintext).equals(plain)).toBe(true);
        expect(ours.protectedHeader).toMatchObject({ alg: "ECDH-ES+A256KW", cty: "JWS", kid: "kh" });
        expect(decryptCompact(await library(plain), sealing.privateKey).plain.equals(plain)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test("one changed character in any part opens nothing", () => {
    const good = encryptCompact({ kid: "kh" }, randomBytes(40), sealing.publicKey);
    for (let at = 0; at < good.length; at += 7) {
      if (good[at] === ".") continue;
      const changed = good.slice(0, at) + (good[at] === "A" ? "B" : "A") + good.slice(at + 1);
      expect(() => decryptCompact(changed, sealing.privateKey), String(at)).toThrow();
    }
  });

  test("other forms are refused: another algorithm, party info, compressed, another key, a point of no order", async () => {
    const open = (text: string) => () => decryptCompact(text, sealing.privateKey);
    const direct = await new CompactEncrypt(randomBytes(9))
      .setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM" })
      .encrypt(sealing.publicKey);
    const short = await library(randomBytes(9), { enc: "A128GCM" });
    const other = encryptCompact({}, randomBytes(9), generateKeyPairSync("x25519").publicKey);
    const party = encryptCompact({ apu: "QQ" }, randomBytes(9), sealing.publicKey);
    const zipped = encryptCompact({ zip: "DEF" }, randomBytes(9), sealing.publicKey);
    const [, ...rest] = encryptCompact({}, randomBytes(9), sealing.publicKey).split(".");
    const epk = { kty: "OKP", crv: "X25519", x: Buffer.alloc(32).toString("base64url") };
    const zero = [b64({ alg: "ECDH-ES+A256KW", enc: "A256GCM", epk }), ...rest].join(".");
    for (const text of [direct, short, other, party, zipped, zero]) expect(open(text)).toThrow();
  });
});
