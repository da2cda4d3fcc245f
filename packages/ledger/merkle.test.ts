// The tree: proofs made from any place hold against the definition of RFC 6962, and nothing altered does.
import { nodeVerifying as engine } from "@simpul/store/keys";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64, toHex, utf8 } from "@simpul/seal";
import type { HashReader } from "./index.ts";
import {
  consistencyProof,
  emptyRoot,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from "./index.ts";
import { saltedLeaf } from "./leaf.ts";

const leaf = (i: number) => leafHash(utf8(`leaf ${i}`), engine);

/** MTH of RFC 6962 section 2.1, written as it is defined. */
function definition(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot(engine);
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(definition(leaves.slice(0, k)), definition(leaves.slice(k)), engine);
}
const leaves = Array.from({ length: 300 }, (_, i) => leaf(i));
const read: HashReader = (level, index) => {
  const from = index * 2 ** level;
  return definition(leaves.slice(from, from + 2 ** level));
};
const roots = new Map<number, Uint8Array>();
function root(size: number): Uint8Array {
  const known = roots.get(size) ?? definition(leaves.slice(0, size));
  roots.set(size, known);
  return known;
}

test("the empty tree and the two marks are those of RFC 6962", () => {
  expect(toHex(emptyRoot(engine))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  // Leaf "" of the reference tree of Certificate Transparency, and its tree of eight leaves.
  expect(toBase64(leafHash(new Uint8Array(0), engine))).toBe("bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=");
});

test("a leaf hides its record behind a salt", () => {
  const record = utf8("case.opened");
  const salt = new Uint8Array(32).fill(5);
  const expected = engine.hash(Uint8Array.from([...salt, ...engine.hash(record)]));
  expect(saltedLeaf(salt, record, engine)).toEqual(expected);
});

test("every leaf of every tree up to 40 leaves is proven, under no other place, size or root", async () => {
  for (let size = 1; size <= 40; size++) {
    expect(await rootOf(size, read, engine)).toEqual(root(size));
    for (let index = 0; index < size; index++) {
      const proof = await inclusionProof(index, size, read, engine);
      const good = { index, size, leafHash: leaf(index), root: root(size), proof };
      verifyInclusion(good, engine);
      const wrong = [
        { ...good, leafHash: leaf(index + 1) },
        { ...good, root: root(size + 1) },
        { ...good, index: index + 1 },
        { ...good, index: -1 },
        { ...good, proof: [...proof, leaf(0)] },
        ...(proof.length === 0
          ? []
          : [
              { ...good, proof: proof.slice(1) },
              { ...good, proof: [...proof.slice(0, -1), leaf(299)] },
            ]),
      ];
      for (const one of wrong) expect(() => verifyInclusion(one, engine)).toThrow("BAD_PROOF");
    }
  }
});

test("every tree up to 40 leaves continues each smaller one, and no other", async () => {
  for (let size = 1; size <= 40; size++) {
    for (let old = 1; old <= size; old++) {
      const proof = await consistencyProof(old, size, read, engine);
      const good = { old, size, oldRoot: root(old), root: root(size), proof };
      verifyConsistency(good, engine);
      for (const one of [
        { ...good, oldRoot: root(old - 1) },
        { ...good, root: root(size + 1) },
        { ...good, old: size, size: old - 1 },
        { ...good, proof: [...proof, leaf(0)] },
        ...(old === size
          ? []
          : [
              { ...good, proof: proof.slice(1) },
              { ...good, proof: proof.map((_, i) => leaf(i + 100)) },
            ]),
      ])
        expect(() => verifyConsistency(one, engine)).toThrow("BAD_PROOF");
    }
  }
});

test("one flipped bit anywhere in a proof is refused", async () => {
  const sizes = fc.tuple(fc.nat(299), fc.nat(299)).filter(([a, b]) => a !== b);
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), fc.nat(255), async ([a, b], nth, bit) => {
      const [old, size] = [Math.min(a, b) + 1, Math.max(a, b) + 1];
      const flip = (proof: Uint8Array[]) =>
        proof.map((hash, i) =>
          i === nth % proof.length ? hash.map((x, at) => (at === bit >> 3 ? x ^ (1 << (bit & 7)) : x)) : hash,
        );
      const path = flip(await inclusionProof(old - 1, size, read, engine));
      expect(() =>
        verifyInclusion(
          { index: old - 1, size, leafHash: leaf(old - 1), root: root(size), proof: path },
          engine,
        ),
      ).toThrow("BAD_PROOF");
      const grown = flip(await consistencyProof(old, size, read, engine));
      expect(() =>
        verifyConsistency({ old, size, oldRoot: root(old), root: root(size), proof: grown }, engine),
      ).toThrow("BAD_PROOF");
    }),
    { numRuns: 150 },
  );
});

test("a proof grows with the logarithm of the tree, not with the tree", async () => {
  const anyHash: HashReader = () => leaf(0);
  expect(await inclusionProof(12_345, 2 ** 20, anyHash, engine)).toHaveLength(20);
  expect(await inclusionProof(12_345, 2 ** 40, anyHash, engine)).toHaveLength(40);
  expect((await consistencyProof(999_999, 10_000_000, anyHash, engine)).length).toBeLessThanOrEqual(25);
});

test("sizes around the largest powers of two are told apart", () => {
  // Math.log2(2 ** 49 - 1) is 49 in floating point; taken for a power of two, oldRoot would vouch for itself.
  const old = 2 ** 49 - 1;
  const proof = [leaf(1)];
  const joined = nodeHash(leaf(2), leaf(1), engine);
  expect(() =>
    verifyConsistency({ old, size: 2 ** 49, oldRoot: leaf(2), root: joined, proof }, engine),
  ).toThrow("BAD_PROOF");
});

test("numbers that are no sizes, and a proof from nothing, prove nothing", async () => {
  const proof: Uint8Array[] = [];
  const anyRoot = root(1);
  for (const [old, size] of [
    [0, 0],
    [0, 1],
    [2, 1],
    [-1, 1],
    [0.5, 1],
    [1, 2 ** 53],
    [Number.NaN, Number.NaN],
  ] as const)
    expect(() => verifyConsistency({ old, size, oldRoot: anyRoot, root: anyRoot, proof }, engine)).toThrow(
      "BAD_PROOF",
    );
  for (const [index, size] of [
    [0, 0],
    [1, 1],
    [0.5, 1],
    [0, 2 ** 53],
    [Number.NaN, 1],
  ] as const) {
    expect(() => verifyInclusion({ index, size, leafHash: anyRoot, root: anyRoot, proof }, engine)).toThrow(
      "BAD_PROOF",
    );
    await expect(inclusionProof(index, size === 2 ** 53 ? 0 : size, read, engine)).rejects.toThrow(
      "OUT_OF_RANGE",
    );
  }
  const short = [new Uint8Array(31)];
  expect(() =>
    verifyInclusion({ index: 0, size: 2, leafHash: leaf(0), root: root(2), proof: short }, engine),
  ).toThrow("BAD_PROOF");
});
