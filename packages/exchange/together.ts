// Several things signed at once: one signature over the root of their Merkle tree; each bears its own way to that root.
import { createHash, type KeyObject } from "node:crypto";
import { leafHash, nodeHash, rootThrough } from "@simpul/seal";
import { decode, signCompact, verifyCompact, type Header } from "./compact.ts";

/** From this version on letters and receipts of a batch are signed together. */
export const togetherFrom = 4;
/** How many at most. */
export const togetherMost = 64;

const engine = { hash: (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest() };

/** The levels of the tree of RFC 9162 section 2.1 from the leaves up; one without a neighbour goes up as it is. */
function levelsOf(leaves: readonly Uint8Array[]): Uint8Array[][] {
  const levels = [leaves.map((leaf) => leafHash(leaf, engine))];
  for (let below = levels[0]!; below.length > 1; below = levels.at(-1)!) {
    const level: Uint8Array[] = [];
    for (let i = 0; i < below.length; i += 2)
      level.push(i + 1 < below.length ? nodeHash(below[i]!, below[i + 1]!, engine) : below[i]!);
    levels.push(level);
  }
  return levels;
}

function pathOf(levels: readonly Uint8Array[][], index: number): Buffer {
  const steps: Uint8Array[] = [];
  for (const level of levels.slice(0, -1)) {
    const beside = level[index ^ 1];
    if (beside !== undefined) steps.push(beside);
    index >>= 1;
  }
  return Buffer.concat(steps);
}

/**
 * `JWS~INDEX~LEAF~PATH` for each, where the JWS says `{"v":1,"size","root"}` under `typ` with an `s` behind it; what is
 * alone is signed by itself as ever.
 */
export function signTogether(header: Header, leaves: readonly Uint8Array[], key: KeyObject): string[] {
  const texts: string[] = [];
  for (let from = 0; from < leaves.length; from += togetherMost) {
    const some = leaves.slice(from, from + togetherMost);
    if (some.length === 1) {
      texts.push(signCompact(header, some[0]!, key));
      break;
    }
    const levels = levelsOf(some);
    const root = Buffer.from(levels.at(-1)![0]!).toString("hex");
    const says = Buffer.from(JSON.stringify({ v: 1, size: some.length, root }));
    const signed = signCompact({ ...header, typ: `${String(header["typ"])}s` }, says, key);
    for (const [index, leaf] of some.entries())
      texts.push(
        [
          signed,
          String(index),
          Buffer.from(leaf).toString("base64url"),
          pathOf(levels, index).toString("base64url"),
        ].join("~"),
      );
  }
  return texts;
}

/** Signatures that held, so that those of one batch are checked once. */
export type Held = Map<string, { key: KeyObject; header: Header; payload: Uint8Array }>;

/**
 * Reads what was signed alone or together; `typ` of the header comes back without its `s`. Throws unless the key that
 * `keyOf` names signed it, and what `keyOf` throws.
 */
export function verifySigned(
  text: string,
  keyOf: (header: Header) => KeyObject,
  held: Held = new Map(),
): { header: Header; payload: Uint8Array } {
  if (!text.includes("~")) {
    const alone = verifyCompact(text, keyOf);
    if (String(alone.header["typ"]).endsWith("s")) throw new Error("signed together, and alone");
    return alone;
  }
  const [signed, index, leaf, path, ...rest] = text.split("~") as [string, ...string[]];
  if (leaf === undefined || path === undefined || rest.length > 0) throw new Error("not four parts");
  if (!/^\d{1,2}$/.test(index!) || String(Number(index)) !== index) throw new Error("index");
  const { header, payload } = verifyOnce(signed, keyOf, held);
  const typ = String(header["typ"]);
  if (!typ.endsWith("s")) throw new Error("signed alone");
  const { v, size, root } = JSON.parse(Buffer.from(payload).toString("utf8")) as Record<string, unknown>;
  if (v !== 1 || !Number.isSafeInteger(size) || (size as number) < 2 || (size as number) > togetherMost)
    throw new Error("size");
  if (typeof root !== "string" || !/^[0-9a-f]{64}$/.test(root)) throw new Error("root");
  const bytes = decode(leaf);
  const steps = decode(path);
  if (steps.length % 32 !== 0) throw new Error("path");
  const proof = Array.from({ length: steps.length / 32 }, (_, i) => steps.subarray(i * 32, i * 32 + 32));
  const given = { index: Number(index), size: size as number, leafHash: leafHash(bytes, engine), proof };
  const found = rootThrough(given, engine);
  if (found === null || Buffer.from(found).toString("hex") !== root) throw new Error("not under this root");
  return { header: { ...header, typ: typ.slice(0, -1) }, payload: bytes };
}

function verifyOnce(
  signed: string,
  keyOf: (header: Header) => KeyObject,
  held: Held,
): { header: Header; payload: Uint8Array } {
  const before = held.get(signed);
  // The same words hold only under the same key.
  if (before !== undefined && keyOf(before.header) === before.key) return before;
  let by: KeyObject | null = null;
  const fresh = verifyCompact(signed, (header) => (by = keyOf(header)));
  held.set(signed, { ...fresh, key: by! });
  return fresh;
}

/** Texts of one answer: the signature that most of them share stands once beside them. */
export function shorten(texts: readonly string[]): { texts: string[]; signed: string | null } {
  const last = texts.at(-1) ?? "";
  const signed = last.includes("~") ? last.slice(0, last.indexOf("~")) : null;
  if (signed === null) return { texts: [...texts], signed };
  return {
    texts: texts.map((one) => (one.startsWith(`${signed}~`) ? one.slice(signed.length) : one)),
    signed,
  };
}

export const lengthen = (texts: readonly string[], signed: unknown): string[] =>
  texts.map((one) => (one.startsWith("~") && typeof signed === "string" ? signed + one : one));
