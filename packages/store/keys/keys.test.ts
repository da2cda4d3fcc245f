// Key files, signatures and wrapped keys of a node.
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  KeyBox,
  newSigner,
  nodeVerifying,
  openKeyBox,
  openSealedBox,
  openSigner,
  sealTo,
  systemRandom,
  writeKeyFile,
} from "./index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "simpul-keys-"));
});
afterAll(() => rm(folder, { recursive: true }));

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

test("a node keeps one signing key, for its account alone, also when two processes open it at once", async () => {
  const file = path.join(folder, "node.pem");
  const [one, two] = await Promise.all([openSigner(file), openSigner(file)]);
  expect(one.publicKey).toEqual(two.publicKey);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(["node.pem"]);
  const signature = await two.sign(text("head"));
  expect(nodeVerifying.verify(one.publicKey, text("head"), signature)).toBe(true);
  expect(nodeVerifying.verify(one.publicKey, text("heads"), signature)).toBe(false);
});

test("RFC 8032's first test key signs and verifies as written there", () => {
  const key = Buffer.from("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "hex");
  const signature = Buffer.from(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "hex",
  );
  expect(nodeVerifying.verify(key, new Uint8Array(), signature)).toBe(true);
});

test("malformed keys and signatures are simply not valid", () => {
  const signer = newSigner();
  for (const [key, signature] of [
    [new Uint8Array(31), new Uint8Array(64)],
    [signer.publicKey, new Uint8Array(63)],
    [new Uint8Array(32).fill(255), new Uint8Array(64).fill(255)],
  ] as const)
    expect(nodeVerifying.verify(key, text("x"), signature)).toBe(false);
});

test("a key file that others may read, that is damaged, or of another kind is refused", async () => {
  const loose = path.join(folder, "loose.pem");
  await openSigner(loose);
  await chmod(loose, 0o644);
  await expect(openSigner(loose)).rejects.toMatchObject({ code: "LOOSE_KEY_FILE" });
  const torn = path.join(folder, "torn.pem");
  await writeFile(torn, "-----BEGIN PRIVATE KEY-----\nMC4CAQ", { mode: 0o600 });
  await expect(openSigner(torn)).rejects.toMatchObject({ code: "BAD_KEY" });
  const other = path.join(folder, "other.pem");
  await openSealedBox(other);
  await expect(openSigner(other)).rejects.toMatchObject({ code: "BAD_KEY" });
  await expect(writeKeyFile(other, "new")).rejects.toMatchObject({ code: "KEY_EXISTS" });
});

test("a wrapped key opens under the same key and context, and under no other", async () => {
  const box = await openKeyBox(path.join(folder, "wrapping.key"));
  const same = await openKeyBox(path.join(folder, "wrapping.key"));
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.string(), (secret, context) => {
      const wrapped = box.wrap(secret, context);
      expect(same.unwrap(wrapped, context)).toEqual(secret);
      expect(() => same.unwrap(wrapped, `${context}.`)).toThrow(/WRONG_KEY/);
      expect(() => new KeyBox(systemRandom.bytes(32)).unwrap(wrapped, context)).toThrow(/WRONG_KEY/);
      const bent = Uint8Array.from(wrapped);
      bent[bent.length - 20]! ^= 1;
      expect(() => same.unwrap(bent, context)).toThrow(/WRONG_KEY/);
    }),
    { numRuns: 50 },
  );
  expect(() => box.unwrap(new Uint8Array(10), "x")).toThrow(/BAD_KEY/);
});

test("a key sealed to a desk opens with that desk's key only", async () => {
  const desk = await openSealedBox(path.join(folder, "desk.pem"));
  const other = await openSealedBox(path.join(folder, "other-desk.pem"));
  const sealed = sealTo(desk.publicKey, text("the record's key"), "record:1");
  expect(desk.open(sealed, "record:1")).toEqual(text("the record's key"));
  expect(() => desk.open(sealed, "record:2")).toThrow(/WRONG_KEY/);
  expect(() => other.open(sealed, "record:1")).toThrow(/WRONG_KEY/);
  expect(() => sealTo(new Uint8Array(32), text("x"), "x")).toThrow(/BAD_KEY/);
  expect(() => desk.open(new Uint8Array(5), "x")).toThrow(/BAD_KEY/);
});
