// What the evidence store promises: bytes by the SHA-256 of their content, there whole or not at all.
import type { Digest } from "@simpul/model";

export interface PutLimits {
  /** Refused with `TOO_LARGE` past this many bytes. */
  most: number;
  /** Refused with `WRONG_DIGEST` when the bytes have another digest. */
  expect?: Digest;
}

export interface Stored {
  digest: Digest;
  size: number;
}

export interface Range {
  /** The first byte, from 0. */
  start: number;
  /** The byte after the last; to the end when absent. */
  end?: number;
}

export interface Blobs {
  /**
   * Takes bytes in. When it resolves they are on disk under their digest; when it throws (`TOO_LARGE`, `WRONG_DIGEST`,
   * `DISK_FULL`, or what the source threw) nothing of them is visible. The same bytes twice are stored once.
   */
  put(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, limits: PutLimits): Promise<Stored>;
  /**
   * Streams the bytes. A whole read is checked on the way: its last piece is only handed out when the digest is right,
   * else the stream ends with `DAMAGED`. A range is given as it lies on disk (the sealed form's own chunks carry their
   * checks). Throws `NO_BLOB`, `BAD_RANGE`.
   */
  open(digest: Digest, range?: Range): Promise<AsyncIterable<Uint8Array>>;
  /** The whole content, checked; throws `TOO_LARGE` over `most` bytes, `NO_BLOB`, `DAMAGED`. */
  read(digest: Digest, most: number): Promise<Uint8Array>;
  /** Its size, null when it is not there. */
  size(digest: Digest): Promise<number | null>;
  /** Reads it all and says whether it still is what its name says; throws `NO_BLOB`. */
  verify(digest: Digest): Promise<boolean>;
  /** Destroys the bytes; nothing happens when they are not there. */
  remove(digest: Digest): Promise<void>;
  /** All blobs, in the order of their digests. */
  list(): AsyncIterable<Stored & { at: Date }>;
}

/**
 * Removes blobs that no row speaks of: those that `needed` does not give back and that are older than `before` (a
 * younger one may belong to a transaction that still runs). Gives what was removed.
 */
export async function sweepOrphans(
  blobs: Blobs,
  before: Date,
  needed: (digests: readonly Digest[]) => Promise<ReadonlySet<Digest>>,
): Promise<Digest[]> {
  const removed: Digest[] = [];
  let some: Digest[] = [];
  const ask = async (): Promise<void> => {
    const keep = await needed(some);
    for (const digest of some.filter((one) => !keep.has(one))) {
      await blobs.remove(digest);
      removed.push(digest);
    }
    some = [];
  };
  for await (const { digest, at } of blobs.list()) {
    if (at >= before) continue;
    some.push(digest);
    if (some.length === 500) await ask();
  }
  if (some.length > 0) await ask();
  return removed;
}
