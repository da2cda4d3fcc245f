// The body of an age file: 64 KiB chunks under ChaCha20-Poly1305 (STREAM), written in one pass, read from anywhere.
import { EvidenceError } from "../errors.ts";
import { join, type AgeEngine, type RandomBytes } from "./engine.ts";
import { maxHeaderBytes, readHead, writeHead, type OpenedHead } from "./header.ts";
import type { AgeIdentity } from "./keys.ts";

export const chunkSize = 64 * 1024;
export const tagSize = 16;
const sealedChunk = chunkSize + tagSize;

function nonceOf(chunk: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  let rest = chunk;
  for (let i = 10; rest > 0; i--) {
    nonce[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Takes plain bytes in pieces of any size and hands out the sealed file, piece by piece. */
export interface AgeWriter {
  /** Head and nonce: what comes before anything pushed. */
  readonly head: Uint8Array;
  push(piece: Uint8Array): Uint8Array[];
  /** The last chunk; nothing may be pushed after it. */
  end(): Uint8Array;
}

export function ageWriter(
  engine: AgeEngine,
  random: RandomBytes,
  recipients: readonly Uint8Array[],
): AgeWriter {
  const head = writeHead(engine, random, recipients);
  const held = new Uint8Array(chunkSize);
  let filled = 0;
  let chunk = 0;
  const seal = (last: boolean): Uint8Array => {
    const sealed = engine.seal(head.payloadKey, nonceOf(chunk, last), held.subarray(0, filled));
    chunk += 1;
    filled = 0;
    return sealed;
  };
  return {
    head: head.bytes,
    push(piece) {
      const out: Uint8Array[] = [];
      for (let at = 0; at < piece.length;) {
        // A full chunk is kept back until more comes: only then is it known not to be the last.
        if (filled === chunkSize) out.push(seal(false));
        const take = Math.min(chunkSize - filled, piece.length - at);
        held.set(piece.subarray(at, at + take), filled);
        filled += take;
        at += take;
      }
      return out;
    },
    end: () => seal(true),
  };
}

/** Seals a small thing at once. */
export function ageSeal(
  engine: AgeEngine,
  random: RandomBytes,
  to: readonly Uint8Array[],
  plain: Uint8Array,
): Uint8Array {
  const writer = ageWriter(engine, random, to);
  return join([writer.head, ...writer.push(plain), writer.end()]);
}

/** Opens a small thing at once; throws as `readHead`, and `AGE_FILE_DAMAGED`. */
export function ageOpen(engine: AgeEngine, identity: AgeIdentity, sealed: Uint8Array): Uint8Array {
  const head = readHead(engine, identity, sealed);
  const size = plainSize(sealed.length, head.length);
  return openRange(engine, head, sealed.length, 0, size, sealed.subarray(head.length));
}

/** How many plain bytes a sealed file of this size holds; throws `AGE_FILE_DAMAGED` for a size no file has. */
export function plainSize(sealedSize: number, headLength: number): number {
  const body = sealedSize - headLength;
  const chunks = Math.max(1, Math.ceil(body / sealedChunk));
  const size = body - chunks * tagSize;
  // Only an empty file may end in an empty chunk.
  const empty = size === (chunks - 1) * chunkSize;
  if (size < 0 || (empty && chunks > 1)) throw new EvidenceError("AGE_FILE_DAMAGED", "size");
  return size;
}

/** Which bytes of the sealed file hold the plain bytes `start` up to `end`. */
export function sealedRange(
  headLength: number,
  sealedSize: number,
  start: number,
  end: number,
): [number, number] {
  const first = Math.floor(start / chunkSize);
  const after = Math.max(first + 1, Math.ceil(end / chunkSize));
  return [headLength + first * sealedChunk, Math.min(sealedSize, headLength + after * sealedChunk)];
}

/**
 * Opens the plain bytes `start` up to `end` from the sealed bytes that `sealedRange` named. Throws
 * `AGE_FILE_DAMAGED` when a chunk is altered, out of its place, or cut off.
 */
export function openRange(
  engine: AgeEngine,
  head: OpenedHead,
  sealedSize: number,
  start: number,
  end: number,
  sealed: Uint8Array,
): Uint8Array {
  const size = plainSize(sealedSize, head.length);
  if (start < 0 || end > size || start > end) throw new EvidenceError("AGE_FILE_DAMAGED", "outside the file");
  const first = Math.floor(start / chunkSize);
  const lastChunk = Math.max(0, Math.ceil(size / chunkSize) - 1);
  const out: Uint8Array[] = [];
  for (let at = 0, chunk = first; at < sealed.length; at += sealedChunk, chunk++) {
    const plain = engine.open(
      head.payloadKey,
      nonceOf(chunk, chunk === lastChunk),
      sealed.subarray(at, at + sealedChunk),
    );
    if (plain === null) throw new EvidenceError("AGE_FILE_DAMAGED", `chunk ${chunk}`);
    out.push(plain);
  }
  return join(out).subarray(start - first * chunkSize, end - first * chunkSize);
}

/** Reads `start` up to `end` of a sealed file that lies somewhere else (folder, bucket, a peer). */
export interface SealedSource {
  readonly size: number;
  range(start: number, end: number): Promise<Uint8Array>;
}

export interface PlainSource {
  readonly size: number;
  /** Throws `AGE_FILE_DAMAGED` when a chunk in the range does not open. */
  range(start: number, end: number): Promise<Uint8Array>;
}

/** Opens a sealed file for reading from anywhere in it, fetching only the chunks that are asked for. */
export async function openAge(
  engine: AgeEngine,
  identity: AgeIdentity,
  source: SealedSource,
): Promise<PlainSource> {
  const head = readHead(engine, identity, await source.range(0, Math.min(source.size, maxHeaderBytes)));
  const size = plainSize(source.size, head.length);
  return {
    size,
    async range(start, end) {
      const until = Math.min(end, size);
      const from = Math.min(start, until);
      const [first, after] = sealedRange(head.length, source.size, from, until);
      return openRange(engine, head, source.size, from, until, await source.range(first, after));
    },
  };
}
