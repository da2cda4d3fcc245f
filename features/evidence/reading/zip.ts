// Archives with caps that are counted while unpacking, never believed: entries, bytes, ratio; locked ones refused.
import yauzl from "yauzl";
import { Readable } from "node:stream";
import { ReadingError } from "../contract.ts";
import type { Ask, Source } from "./reader.ts";

class SourceReader extends yauzl.RandomAccessReader {
  readonly #source: Source;
  constructor(source: Source) {
    super();
    this.#source = source;
  }
  override _readStreamForRange(start: number, end: number): Readable {
    const source = this.#source;
    return Readable.from(
      (async function* () {
        for (let at = start; at < end; at += 1_048_576)
          yield Buffer.from(await source.range(at, Math.min(end, at + 1_048_576)));
      })(),
    );
  }
}

export interface Entry {
  name: string;
  size: number;
  packed: number;
  /** Its bytes; throws `ZIP_BOMB` as soon as a cap is passed, `TORN` when they do not unpack. */
  open(): AsyncGenerator<Uint8Array>;
}

export interface Caps {
  entry: number;
  unpacked: number;
}

/** The entries of an archive, one after the other. Throws `TORN`, `ZIP_BOMB`, `PASSWORD_PROTECTED`. */
export async function* entriesOf(
  ask: Pick<Ask, "source" | "limits">,
  caps: Caps = ask.limits,
): AsyncGenerator<Entry> {
  const { source, limits } = ask;
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.fromRandomAccessReader(
      new SourceReader(source),
      source.size,
      { lazyEntries: true, autoClose: false, validateEntrySizes: true, decodeStrings: true },
      (fault, file) => {
        if (fault) reject(new ReadingError("TORN", {}, fault));
        else resolve(file);
      },
    );
  });
  if (zip.entryCount > limits.entries)
    throw new ReadingError("ZIP_BOMB", { entries: zip.entryCount, limit: limits.entries });
  let unpacked = 0;
  let seen = 0;
  const count = (bytes: number, of: yauzl.Entry, opened: number): void => {
    unpacked += bytes;
    const most = Math.max(10_000_000, source.size * limits.ratio);
    if (opened > caps.entry || unpacked > caps.unpacked || unpacked > most)
      throw new ReadingError("ZIP_BOMB", { entry: seen, unpacked, packed: of.compressedSize });
  };
  try {
    for (;;) {
      const entry = await new Promise<yauzl.Entry | null>((resolve, reject) => {
        zip
          .once("entry", resolve)
          .once("end", () => resolve(null))
          .once("error", (fault: unknown) => reject(new ReadingError("TORN", {}, fault)));
        zip.readEntry();
      });
      zip.removeAllListeners();
      if (entry === null) return;
      seen += 1;
      if (seen > limits.entries) throw new ReadingError("ZIP_BOMB", { entries: seen, limit: limits.entries });
      if (entry.fileName.endsWith("/")) continue;
      if ((entry.generalPurposeBitFlag & 1) !== 0) throw new ReadingError("PASSWORD_PROTECTED");
      // What it says of itself is enough to refuse it, and never enough to trust it.
      if (entry.uncompressedSize > caps.entry)
        throw new ReadingError("ZIP_BOMB", { entry: seen, unpacked: entry.uncompressedSize });
      yield {
        name: entry.fileName,
        size: entry.uncompressedSize,
        packed: entry.compressedSize,
        async *open() {
          const stream = await new Promise<Readable>((resolve, reject) =>
            zip.openReadStream(entry, (fault, opened) =>
              fault ? reject(new ReadingError("TORN", {}, fault)) : resolve(opened),
            ),
          );
          let opened = 0;
          try {
            for await (const piece of stream as AsyncIterable<Buffer>) {
              opened += piece.length;
              count(piece.length, entry, opened);
              yield piece;
            }
          } catch (fault) {
            throw fault instanceof ReadingError ? fault : new ReadingError("TORN", {}, fault);
          }
        },
      };
    }
  } finally {
    zip.close();
  }
}

/** Unpacks everything to nowhere, so that a library may then unpack it for good. */
export async function measureZip(ask: Ask, caps: Caps): Promise<void> {
  for await (const entry of entriesOf(ask, caps)) for await (const _ of entry.open());
}

/** One entry whole, within the cap for what must be held. */
export async function entryBytes(entry: Entry, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const piece of entry.open()) {
    size += piece.length;
    if (size > most) throw new ReadingError("TOO_LARGE_TO_READ", { size, limit: most });
    parts.push(piece);
  }
  return Buffer.concat(parts);
}
