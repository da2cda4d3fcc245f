// A bundle as a sceptic meets it: proven as it came, and refused after any change, each by the check that covers it.
import { createHash } from "node:crypto";
import { newSigner, nodeVerifying, systemRandom } from "@simpul/store/keys";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { BagSource, Hashing } from "../bag/check.ts";
import { exampleBundle } from "./example.ts";
import { verifyBundle } from "./verify.ts";

const hashing: Hashing = (algorithm) => {
  if (algorithm !== "sha256") return null;
  const running = createHash(algorithm);
  return { update: (bytes) => void running.update(bytes), hex: () => running.digest("hex") };
};
const sourceOf = (files: ReadonlyMap<string, Uint8Array>): BagSource => ({
  paths: () => Promise.resolve([...files.keys()]),
  async *open(path) {
    yield await Promise.resolve(files.get(path)!);
  },
});

const keys = { node: newSigner(), device: newSigner(), cosigner: newSigner() };
let bundle: Awaited<ReturnType<typeof exampleBundle>>;
beforeAll(async () => {
  bundle = await exampleBundle(keys, nodeVerifying, systemRandom);
});

const verify = (files: ReadonlyMap<string, Uint8Array>, policy: string | null = bundle.policy) =>
  verifyBundle(sourceOf(files), policy, nodeVerifying, hashing);
const failed = async (files: ReadonlyMap<string, Uint8Array>, policy?: string | null): Promise<string[]> =>
  (await verify(files, policy))
    .filter((check) => !check.ok)
    .map((check) => check.check.replace(bundle.item, "X"));

test("a whole bundle is proven against a policy that came by another way", async () => {
  const checks = await verify(bundle.files);
  expect(checks.filter((check) => !check.ok)).toEqual([]);
  expect(checks.map((check) => check.check.replace(bundle.item, "X"))).toEqual([
    "bag",
    "policy",
    "item X chain",
    "item X bytes",
    "item X fields",
    "item X ledger",
  ]);
});

test("a bundle cannot vouch for itself", async () => {
  expect(await failed(bundle.files, null)).toEqual(["policy"]);
});

test("a policy that names other keys believes nothing in it", async () => {
  const other = await exampleBundle(
    { node: newSigner(), device: newSigner(), cosigner: newSigner() },
    nodeVerifying,
    systemRandom,
  );
  expect(await failed(bundle.files, other.policy)).toEqual(["device", "item X chain", "item X ledger"]);
});

test("whoever rewrites the manifests after changing an exhibit is found by the device's signature", async () => {
  const forged = await exampleBundle({ ...keys, device: newSigner() }, nodeVerifying, systemRandom);
  const files = new Map(forged.files);
  // The forger has the node's key but not the officer's device: the true device's word stands in the bundle.
  for (const [path, bytes] of bundle.files) if (path.startsWith("records/devices/")) files.set(path, bytes);
  expect(await failed(files)).toContain("item X chain");
});

test("a head that no other state cosigned is no proof", async () => {
  const alone = await exampleBundle({ ...keys, cosigner: newSigner() }, nodeVerifying, systemRandom);
  expect(await failed(alone.files)).toEqual(["item X ledger"]);
});

test("any one changed bit is seen", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), fc.integer({ min: 0, max: 7 }), async (which, where, bit) => {
      const files = new Map(bundle.files);
      const path = [...files.keys()].sort()[which % files.size]!;
      const bytes = Uint8Array.from(files.get(path)!);
      bytes[where % bytes.length] = bytes[where % bytes.length]! ^ (1 << bit);
      files.set(path, bytes);
      expect(await failed(files), path).not.toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("digests in capitals, which BagIt allows, are a change too where nothing else covers them", async () => {
  const files = new Map(bundle.files);
  const path = "tagmanifest-sha256.txt";
  const text = new TextDecoder().decode(files.get(path));
  files.set(path, new TextEncoder().encode(text.replace(/^[0-9a-f]{64}/gm, (hex) => hex.toUpperCase())));
  expect(await failed(files)).toEqual(["bag"]);
});

test("a statement, a proof or an exhibit that is missing is told", async () => {
  for (const path of bundle.files.keys()) {
    if (path === "trust/policy.txt" || path === "bag-info.txt") continue;
    const files = new Map(bundle.files);
    files.delete(path);
    expect(await failed(files), path).not.toEqual([]);
  }
});
