// Attachments in transit: chunks under AES-256-GCM that can be served from any byte, so that a transfer goes on where
// it broke off. The construction is STREAM as in age: a counter and a last-chunk mark make the nonce.
import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import type { Digest } from "@simpul/model";
import { ExchangeError } from "./errors.ts";

/** Plain files by digest, readable from any place. */
export interface AttachmentSource {
  /** Null when this node does not hold it. */
  open(
    digest: Digest,
  ): Promise<{ size: number; read(start: number, end: number): Promise<Uint8Array> } | null>;
}

export const chunkBytes = 64 * 1024;
const tagBytes = 16;
export const sealedChunkBytes = chunkBytes + tagBytes;

const chunksOf = (size: number): number => Math.max(1, Math.ceil(size / chunkBytes));
/** The size of a file of `size` bytes as it travels. */
export const sealedSize = (size: number): number => size + chunksOf(size) * tagBytes;

function nonce(index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(index, 5, 6);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

export function sealChunk(plain: Uint8Array, key: Uint8Array, index: number, last: boolean): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonce(index, last));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws `ALTERED` for anything but that very chunk. */
export function openChunk(sealed: Uint8Array, key: Uint8Array, index: number, last: boolean): Buffer {
  if (sealed.length < tagBytes || sealed.length > sealedChunkBytes)
    throw new ExchangeError("ALTERED", "a chunk's size");
  const decipher = createDecipheriv("aes-256-gcm", key, nonce(index, last), { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()]);
  } catch (cause) {
    throw new ExchangeError("ALTERED", `chunk ${index}`, cause);
  }
}

/** The sealed bytes from `start` up to `end`, made as they are asked for; nothing sealed is kept on disk. */
export async function* sealedRange(
  source: { size: number; read(start: number, end: number): Promise<Uint8Array> },
  key: Uint8Array,
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  const chunks = chunksOf(source.size);
  for (let index = Math.floor(start / sealedChunkBytes); index * sealedChunkBytes < end; index++) {
    const from = index * chunkBytes;
    const plain = await source.read(from, Math.min(from + chunkBytes, source.size));
    const sealed = sealChunk(plain, key, index, index === chunks - 1);
    const offset = index * sealedChunkBytes;
    yield sealed.subarray(Math.max(0, start - offset), Math.min(sealed.length, end - offset));
  }
}

/** `bytes=a-b`, `bytes=a-` of RFC 9110 section 14.1; null when there is none, undefined when it cannot be met. */
export function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | null | undefined {
  if (header === undefined) return null;
  const read = /^bytes=(\d{1,15})-(\d{1,15})?$/.exec(header);
  if (!read) return undefined;
  const start = Number(read[1]);
  const end = read[2] === undefined ? size : Math.min(size, Number(read[2]) + 1);
  return start >= size || end <= start ? undefined : { start, end };
}

/** Fetches `sealed` bytes from `start` up to `end` of one attachment. */
export type FetchRange = (start: number, end: number) => Promise<Uint8Array>;

/** Sealed bytes that were fetched before, so that a transfer goes on after a restart; as safe at rest as on the way. */
export interface KeptRanges {
  /** Null where that range is not all there. */
  read(start: number, end: number): Promise<Uint8Array | null>;
  keep(start: number, bytes: Uint8Array): Promise<void>;
}

export interface FetchHow {
  /** The first chunk that is wanted. */
  first?: number;
  kept?: KeptRanges;
  /** Told after each range: sealed bytes that are here, of so many. */
  progress?: (done: number, whole: number) => void;
}

/** Chunks asked for at a time. */
const stride = 32;

/**
 * Gives the plain chunks of an attachment from chunk `first` on, each proven. A range that fails is asked for again,
 * up to `tries` times, after pauses that begin with twice `pauseMs`. Read from the start, the whole is compared with its digest too. Throws `ALTERED`.
 */
export async function* fetchPlain(
  ref: { digest: Digest; size: number; key: Uint8Array },
  fetchRange: FetchRange,
  how: FetchHow & { tries?: number; pauseMs?: number } = {},
): AsyncGenerator<Buffer> {
  const chunks = chunksOf(ref.size);
  const whole = sealedSize(ref.size);
  const first = how.first ?? 0;
  const hash = createHash("sha256");
  for (let index = first; index < chunks; index += stride) {
    const start = index * sealedChunkBytes;
    const end = Math.min(whole, start + stride * sealedChunkBytes);
    const open = (sealed: Uint8Array): Buffer[] => {
      if (sealed.length !== end - start) throw new ExchangeError("ALTERED", "shorter than asked");
      return Array.from({ length: Math.min(chunks, index + stride) - index }, (_, i) => {
        const part = sealed.subarray(i * sealedChunkBytes, (i + 1) * sealedChunkBytes);
        return openChunk(part, ref.key, index + i, index + i === chunks - 1);
      });
    };
    const kept = await how.kept?.read(start, end);
    let plain = kept ? attempt(() => open(kept)) : null;
    if (plain === null) {
      const sealed = await again(how, () => fetchRange(start, end));
      plain = open(sealed);
      await how.kept?.keep(start, sealed);
    }
    how.progress?.(end, whole);
    for (const chunk of plain) {
      hash.update(chunk);
      yield chunk;
    }
  }
  if (first === 0 && hash.digest("hex") !== ref.digest)
    throw new ExchangeError("ALTERED", "not the file that was named");
}

/** What was kept and is not what was sealed is fetched anew. */
function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

async function again<T>(how: { tries?: number; pauseMs?: number }, act: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await act();
    } catch (error) {
      const passing =
        error instanceof ExchangeError && ["UNREACHABLE", "TIMEOUT", "UNAVAILABLE"].includes(error.code);
      if (!passing || count >= (how.tries ?? 4)) throw error;
      await new Promise((resolve) => setTimeout(resolve, (how.pauseMs ?? 100) * 2 ** count));
    }
  }
}
