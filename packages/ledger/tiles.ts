// C2SP tlog-tiles v0.1.0: the tree cut into tiles of 256 hashes, so that a proof reads a handful of immutable files.
import { concat } from "@simpul/seal";
import { LedgerError } from "./errors.ts";
import type { Hash } from "./merkle.ts";
import { nodeHash } from "./merkle.ts";
import type { HashReader } from "./prove.ts";

export const tileWidth = 256;
const tileHeight = 8;

/** A tile: `level` counts tiles upwards (0 holds leaf hashes), `index` along the level, `width` its hashes (1 to 256). */
export interface TileName {
  level: number;
  index: number;
  width: number;
}

/** N in groups of three digits, all but the last marked: 1234067 -> `x001/x234/067`. */
function printIndex(index: number): string {
  const groups = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return groups.join("/");
}

const partial = (width: number): string => (width === tileWidth ? "" : `.p/${width}`);

export const tilePath = ({ level, index, width }: TileName): string =>
  `tile/${level}/${printIndex(index)}${partial(width)}`;
export const entriesPath = (index: number, width: number): string =>
  `tile/entries/${printIndex(index)}${partial(width)}`;

/** Reads `tile/L/N[.p/W]` or `tile/entries/N[.p/W]`; throws `NOT_A_TILE_PATH` for any other spelling. */
export function parseTilePath(path: string): TileName | { entries: true; index: number; width: number } {
  const refuse = (): LedgerError => new LedgerError("NOT_A_TILE_PATH", path.slice(0, 120));
  const form = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (form === null || form[2]!.length > 24) throw refuse();
  const index = Number(form[2]!.replaceAll(/[x/]/g, ""));
  const width = form[3] === undefined ? tileWidth : Number(form[3]);
  if (
    !Number.isSafeInteger(index) ||
    width > tileWidth ||
    (form[3] !== undefined && width === tileWidth) ||
    printIndex(index) !== form[2]
  )
    throw refuse();
  if (form[1] === "entries") return { entries: true, index, width };
  const level = Number(form[1]);
  if (level > 63) throw refuse();
  return { level, index, width };
}

/** Entry bundle: each leaf with its length as two bytes before it. Throws `NOT_AN_ENTRY_BUNDLE`. */
export function writeEntries(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length > tileWidth || leaves.some((leaf) => leaf.length > 0xffff))
    throw new LedgerError("NOT_AN_ENTRY_BUNDLE");
  return concat(...leaves.flatMap((leaf) => [Uint8Array.of(leaf.length >> 8, leaf.length & 0xff), leaf]));
}

export function readEntries(bytes: Uint8Array): Uint8Array[] {
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at]! * 256 + (bytes[at + 1] ?? Number.NaN);
    if (!(at + 2 + length <= bytes.length) || leaves.length === tileWidth)
      throw new LedgerError("NOT_AN_ENTRY_BUNDLE");
    leaves.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return leaves;
}

/** The hashes of a tile one after the other, 32 bytes each; fewer than 256 in a partial one. */
export type TileReader = (level: number, index: number) => Uint8Array | Promise<Uint8Array>;

/** Hashes 32-byte pieces together, pair by pair, up to their one root; their count is a power of two. */
function fold(hashes: Uint8Array, engine: Hash): Uint8Array {
  let row: Uint8Array[] = [];
  for (let at = 0; at < hashes.length; at += 32) row.push(hashes.slice(at, at + 32));
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!, engine));
  }
  return row[0]!;
}

/** Reads any complete subtree out of tiles: at most 127 hashings on top of one tile. Throws `OUT_OF_RANGE`. */
export function hashesFromTiles(readTile: TileReader, engine: Hash): HashReader {
  return async (level, index) => {
    const count = 2 ** (level % tileHeight);
    const first = index * count;
    const tile = await readTile(Math.floor(level / tileHeight), Math.floor(first / tileWidth));
    const from = (first % tileWidth) * 32;
    const to = from + count * 32;
    if (tile.length < to) throw new LedgerError("OUT_OF_RANGE", `subtree ${level}/${index} is not complete`);
    return fold(tile.subarray(from, to), engine);
  };
}

const nothing = { index: 0, hashes: new Uint8Array(0) };

/** The unfinished tiles at the right edge, by level: all that appending needs to know. */
export type Edge = Map<number, { index: number; hashes: Uint8Array }>;

/**
 * Appends leaf hashes to the edge and gives every tile that changed, whole ones and the new edge. Work per leaf is
 * constant but for one hashing of a full tile in 256.
 */
export function appendToEdge(
  edge: Edge,
  leafHashes: readonly Uint8Array[],
  engine: Hash,
): (TileName & { hashes: Uint8Array })[] {
  const changed = new Map<string, TileName & { hashes: Uint8Array }>();
  let rising = leafHashes;
  for (let level = 0; rising.length > 0; level++) {
    const full: Uint8Array[] = [];
    let { index, hashes }: { index: number; hashes: Uint8Array } = edge.get(level) ?? nothing;
    for (let taken = 0; taken < rising.length;) {
      const room = tileWidth - hashes.length / 32;
      hashes = concat(hashes, ...rising.slice(taken, taken + room));
      taken += room;
      const width = hashes.length / 32;
      changed.set(`${level}/${index}`, { level, index, width, hashes });
      if (width < tileWidth) continue;
      full.push(fold(hashes, engine));
      index++;
      hashes = nothing.hashes;
    }
    edge.set(level, { index, hashes });
    rising = full;
  }
  return [...changed.values()];
}

/** The root of the tree whose right edge this is; `size` leaves. Reads nothing but the edge. */
export function edgeReader(edge: Edge, engine: Hash): HashReader {
  return hashesFromTiles((level, index) => {
    const at = edge.get(level);
    if (at?.index !== index)
      throw new LedgerError("OUT_OF_RANGE", `tile ${level}/${index} is not at the edge`);
    return at.hashes;
  }, engine);
}
