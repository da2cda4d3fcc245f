// A bag inside a zip file, read in place: the central directory first, each file streamed when it is asked for.
//
// Format: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.5.3. Stored and deflated files only.
import { EvidenceError } from "../errors.ts";
import type { BagSource } from "./check.ts";

/** Random access to the bytes of a file, and the inflating that this machine has. */
export interface ZipInput {
  size: number;
  read(at: number, length: number): Promise<Uint8Array>;
  /** Raw deflate (RFC 1951). */
  inflate(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

interface Entry {
  method: number;
  packed: number;
  size: number;
  /** Of the local header. */
  offset: number;
}

/** A bundle is text and evidence; who packs more into less wants to harm the reader. */
const limits = { entries: 200_000, directory: 64 * 1024 * 1024, ratio: 1100 } as const;
const chunk = 1024 * 1024;

const refuse = (why: string): EvidenceError => new EvidenceError("NOT_A_BUNDLE", why);
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function safe(n: bigint): number {
  if (n > BigInt(Number.MAX_SAFE_INTEGER)) throw refuse("a size beyond reason");
  return Number(n);
}

interface Directory {
  at: number;
  length: number;
  entries: number;
}

/** Finds the end record, which may be followed by a comment of up to 64 KiB; zip64 where the small one overflows. */
async function findDirectory(input: ZipInput): Promise<Directory> {
  const tailLength = Math.min(input.size, 65_557 + 20);
  const tailAt = input.size - tailLength;
  const tail = await input.read(tailAt, tailLength);
  const data = view(tail);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (data.getUint32(at, true) !== 0x06054b50) continue;
    const small = {
      entries: data.getUint16(at + 10, true),
      length: data.getUint32(at + 12, true),
      at: data.getUint32(at + 16, true),
    };
    if (small.entries !== 0xffff && small.length !== 0xffffffff && small.at !== 0xffffffff) return small;
    if (at < 20 || data.getUint32(at - 20, true) !== 0x07064b50) return small;
    const record = view(await input.read(safe(data.getBigUint64(at - 12, true)), 56));
    if (record.getUint32(0, true) !== 0x06064b50) throw refuse("zip64 record");
    return {
      entries: safe(record.getBigUint64(32, true)),
      length: safe(record.getBigUint64(40, true)),
      at: safe(record.getBigUint64(48, true)),
    };
  }
  throw refuse("no end of a zip file");
}

/** Sizes and offset that did not fit into 32 bits stand in the extra field 0x0001, in this order. */
function widen(extra: Uint8Array, entry: Entry): void {
  const data = view(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + data.getUint16(at + 2, true)) {
    if (data.getUint16(at, true) !== 0x0001) continue;
    let next = at + 4;
    for (const field of ["size", "packed", "offset"] as const) {
      if (entry[field] !== 0xffffffff) continue;
      if (next + 8 > extra.length) throw refuse("zip64 field");
      entry[field] = safe(data.getBigUint64(next, true));
      next += 8;
    }
  }
}

async function readDirectory(input: ZipInput): Promise<Map<string, Entry>> {
  const directory = await findDirectory(input);
  if (directory.entries > limits.entries || directory.length > limits.directory)
    throw refuse("too many files");
  if (directory.at + directory.length > input.size) throw refuse("torn");
  const bytes = await input.read(directory.at, directory.length);
  const data = view(bytes);
  const entries = new Map<string, Entry>();
  for (let at = 0, nth = 0; nth < directory.entries; nth++) {
    if (at + 46 > bytes.length || data.getUint32(at, true) !== 0x02014b50) throw refuse("torn directory");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) =>
      data.getUint16(at + place, true),
    );
    const entry: Entry = {
      method: data.getUint16(at + 10, true),
      packed: data.getUint32(at + 20, true),
      size: data.getUint32(at + 24, true),
      offset: data.getUint32(at + 42, true),
    };
    const name = new TextDecoder("utf-8", { fatal: true }).decode(
      bytes.subarray(at + 46, at + 46 + nameLength!),
    );
    widen(bytes.subarray(at + 46 + nameLength!, at + 46 + nameLength! + extraLength!), entry);
    if ((data.getUint16(at + 8, true) & 1) !== 0) throw refuse(`${name} is encrypted`);
    if (entry.method !== 0 && entry.method !== 8) throw refuse(`${name} is packed in an unknown way`);
    if (entry.size > entry.packed * limits.ratio + 1024) throw refuse(`${name} is packed beyond reason`);
    if (entries.has(name)) throw refuse(`${name} is there twice`);
    if (!name.endsWith("/")) entries.set(name, entry);
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return entries;
}

/**
 * Opens a zipped bag; one folder around everything is passed over. Throws `NOT_A_BUNDLE` for what is no such zip; a
 * file that does not unpack to its stated size ends its stream with the same.
 */
export async function zipSource(input: ZipInput): Promise<BagSource> {
  const entries = await readDirectory(input).catch((fault: unknown) => {
    throw fault instanceof EvidenceError ? fault : refuse(String(fault));
  });
  const first = [...entries.keys()].find((name) => /^[^/]+\/bagit\.txt$/.test(name));
  const around =
    first === undefined || entries.has("bagit.txt") ? "" : first.slice(0, first.indexOf("/") + 1);

  async function* packedBytes(entry: Entry): AsyncGenerator<Uint8Array> {
    const head = view(await input.read(entry.offset, 30));
    if (head.byteLength < 30 || head.getUint32(0, true) !== 0x04034b50) throw refuse("torn file");
    const from = entry.offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
    for (let done = 0; done < entry.packed; done += chunk) {
      yield await input.read(from + done, Math.min(chunk, entry.packed - done));
    }
  }
  return {
    paths: () => Promise.resolve([...entries.keys()].map((name) => name.slice(around.length))),
    async *open(path) {
      const entry = entries.get(around + path);
      if (entry === undefined) throw refuse(`${path} is not there`);
      const packed = packedBytes(entry);
      let size = 0;
      for await (const part of entry.method === 0 ? packed : input.inflate(packed)) {
        size += part.length;
        if (size > entry.size) throw refuse(`${path} is larger than it says`);
        yield part;
      }
      if (size !== entry.size) throw refuse(`${path} is smaller than it says`);
    },
  };
}
