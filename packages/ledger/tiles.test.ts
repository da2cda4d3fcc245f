// Tiles: however a log grows, its tiles are those of C2SP tlog-tiles and give the roots and proofs of the tree.
import { nodeVerifying as engine } from "@simpul/store/keys";
import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8 } from "@simpul/seal";
import {
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  consistencyProof,
} from "./index.ts";
import type { Edge, TileName } from "./tiles.ts";
import {
  appendToEdge,
  edgeReader,
  entriesPath,
  hashesFromTiles,
  parseTilePath,
  readEntries,
  tilePath,
  writeEntries,
} from "./tiles.ts";

const most = 70_000;
const leaves = Array.from({ length: most }, (_, i) => leafHash(utf8(String(i)), engine));

/** Roots by the definition, computed level by level so that 70,000 leaves stay quick. */
function plainRoot(size: number): Uint8Array {
  let row = leaves.slice(0, size);
  while (row.length > 1)
    row = Array.from({ length: Math.ceil(row.length / 2) }, (_, i) =>
      row[2 * i + 1] === undefined ? row[2 * i]! : nodeHash(row[2 * i]!, row[2 * i + 1]!, engine),
    );
  return row[0]!;
}

/** A log kept as the store keeps it: the newest form of each tile, and the edge. */
function grow(sizes: readonly number[]): {
  kept: Map<string, Uint8Array>;
  names: Map<string, TileName>;
  edge: Edge;
} {
  const [kept, names, edge] = [new Map<string, Uint8Array>(), new Map<string, TileName>(), new Map() as Edge];
  let from = 0;
  for (const size of sizes) {
    for (const tile of appendToEdge(edge, leaves.slice(from, from + size), engine)) {
      kept.set(`${tile.level}/${tile.index}`, tile.hashes);
      names.set(`${tile.level}/${tile.index}`, tile);
    }
    from += size;
  }
  return { kept, names, edge };
}

test("a tree of 70,000 leaves has the tiles that C2SP counts", () => {
  const { names } = grow([...Array.from({ length: 69 }, () => 1000), 1000]);
  const at = (level: number) => [...names.values()].filter((tile) => tile.level === level);
  expect(at(0)).toHaveLength(274);
  expect(names.get("0/273")!.width).toBe(112);
  expect(at(1).map((tile) => tile.width)).toEqual([256, 17]);
  expect(at(2).map((tile) => tile.width)).toEqual([1]);
});

test("in whatever batches a log grows, its edge has the root, and its tiles prove any leaf and any growth", async () => {
  const batches = fc.array(fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 250, max: 600 })), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(batches, fc.nat(), fc.nat(), async (sizes, a, b) => {
      const size = sizes.reduce((sum, one) => sum + one, 0);
      const { kept, edge } = grow(sizes);
      const root = plainRoot(size);
      expect(await rootOf(size, edgeReader(edge, engine), engine)).toEqual(root);
      const read = hashesFromTiles((level, index) => kept.get(`${level}/${index}`)!, engine);
      expect(await rootOf(size, read, engine)).toEqual(root);
      const index = a % size;
      const proof = await inclusionProof(index, size, read, engine);
      verifyInclusion({ index, size, leafHash: leaves[index]!, root, proof }, engine);
      const old = 1 + (b % size);
      verifyConsistency(
        { old, size, oldRoot: plainRoot(old), root, proof: await consistencyProof(old, size, read, engine) },
        engine,
      );
    }),
    { numRuns: 40 },
  );
});

test("a subtree that the tiles do not hold yet is refused, not invented", async () => {
  const { kept, edge } = grow([300]);
  const read = hashesFromTiles((level, index) => kept.get(`${level}/${index}`) ?? new Uint8Array(0), engine);
  await expect(read(0, 300)).rejects.toThrow("OUT_OF_RANGE");
  await expect(read(9, 0)).rejects.toThrow("OUT_OF_RANGE");
  await expect(edgeReader(edge, engine)(0, 3)).rejects.toThrow("OUT_OF_RANGE");
});

test.each([
  [{ level: 0, index: 0, width: 256 }, "tile/0/000"],
  [{ level: 0, index: 1_234_067, width: 256 }, "tile/0/x001/x234/067"],
  [{ level: 1, index: 1000, width: 17 }, "tile/1/x001/000.p/17"],
  [{ level: 63, index: 999, width: 1 }, "tile/63/999.p/1"],
])("%j is served at %s", (name, path) => {
  expect(tilePath(name)).toBe(path);
  expect(parseTilePath(path)).toEqual(name);
});

test("a bundle of entries has its own path", () => {
  expect(entriesPath(1000, 3)).toBe("tile/entries/x001/000.p/3");
  expect(parseTilePath("tile/entries/x001/000.p/3")).toEqual({ entries: true, index: 1000, width: 3 });
});

test.each([
  "tile/0/0",
  "tile/0/0000",
  "tile/00/000",
  "tile/64/000",
  "tile/0/x000/001",
  "tile/0/001/002",
  "tile/0/x001",
  "tile/0/000.p/0",
  "tile/0/000.p/256",
  "tile/0/000.p/01",
  "tile/0/000.p/",
  "tile/-1/000",
  "tile/0/000/",
  "/tile/0/000",
  "tile/0/000\n",
  "tile/data/000",
  "tile/0/x999/x999/x999/x999/x999/999",
  "tile/0/../000",
  "checkpoint",
])("%j names no tile", (path) => expect(() => parseTilePath(path)).toThrow("NOT_A_TILE_PATH"));

test("entries read back, and a torn or overfull bundle is refused", () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 });
  fc.assert(
    fc.property(entries, (list) => {
      expect(readEntries(writeEntries(list))).toEqual(list);
    }),
    { numRuns: 50 },
  );
  const whole = writeEntries([new Uint8Array(32), new Uint8Array(32)]);
  for (let cut = 1; cut < whole.length; cut++)
    if (cut !== 34) expect(() => readEntries(whole.slice(0, cut))).toThrow("NOT_AN_ENTRY_BUNDLE");
  expect(() => writeEntries([new Uint8Array(65_536)])).toThrow("NOT_AN_ENTRY_BUNDLE");
  expect(() => readEntries(new Uint8Array(2 * 257))).toThrow("NOT_AN_ENTRY_BUNDLE");
});
