// The evidence store in a folder: files named by digest, written beside their place, forced to disk, then moved.
import { createHash, randomBytes } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { chmod, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Digest } from "@simpul/model";
import { syncFolder } from "../files.ts";
import type { Blobs, PutLimits, Range, Stored } from "./contract.ts";
import { BlobError } from "./errors.ts";

const piece = 256 * 1024;
// ENOSPC: the disk is full; EDQUOT: our share of it; EFBIG: a limit of the process or the file system.
const full = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "";

/** Opens the folder, makes it when it is not there, and clears what a killed process left half-written. */
export async function openFolder(folder: string): Promise<Blobs> {
  const parts = path.join(folder, "parts");
  await mkdir(parts, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  // Another process may be writing right now; what is a day old was left.
  const left = Date.now() - 86_400_000;
  for (const name of await readdir(parts)) {
    const about = await stat(path.join(parts, name)).catch(() => null);
    if (about !== null && about.mtimeMs < left) await rm(path.join(parts, name), { force: true });
  }
  return new Folder(folder, parts);
}

class Folder implements Blobs {
  readonly #folder: string;
  readonly #parts: string;

  constructor(folder: string, parts: string) {
    this.#folder = folder;
    this.#parts = parts;
  }

  #file(digest: Digest): string {
    // The digest becomes part of a path: parse once more whatever the caller believed it to be.
    const name = Digest.parse(digest);
    return path.join(this.#folder, name.slice(0, 2), name.slice(2, 4), name);
  }

  async put(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, limits: PutLimits): Promise<Stored> {
    const part = path.join(this.#parts, randomBytes(16).toString("hex"));
    try {
      const stored = await this.#write(part, source, limits);
      await this.#place(part, stored);
      return stored;
    } catch (error) {
      if (full.has(codeOf(error))) throw new BlobError("DISK_FULL", "the evidence store has no room", error);
      throw error;
    } finally {
      await rm(part, { force: true });
    }
  }

  async #write(
    part: string,
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    { most, expect }: PutLimits,
  ): Promise<Stored> {
    const handle = await open(part, "wx", 0o600);
    try {
      const hash = createHash("sha256");
      let size = 0;
      for await (const bytes of source) {
        size += bytes.length;
        if (size > most) throw new BlobError("TOO_LARGE", `more than ${most} bytes`);
        hash.update(bytes);
        await writeAll(handle, bytes);
      }
      const digest = Digest.parse(hash.digest("hex"));
      if (expect !== undefined && digest !== expect)
        throw new BlobError("WRONG_DIGEST", `these bytes are ${digest}, not ${expect}`);
      await handle.chmod(0o400);
      await handle.sync();
      return { digest, size };
    } finally {
      await handle.close();
    }
  }

  async #place(part: string, { digest }: Stored): Promise<void> {
    const file = this.#file(digest);
    const inner = path.dirname(file);
    const outer = path.dirname(inner);
    if ((await mkdir(inner, { recursive: true, mode: 0o700 })) !== undefined) {
      await syncFolder(this.#folder);
      await syncFolder(outer);
    }
    // The same name holds the same bytes; where it stood already, whole or damaged, these are good.
    await rename(part, file);
    await syncFolder(inner);
  }

  async size(digest: Digest): Promise<number | null> {
    const about = await stat(this.#file(digest)).catch(missing);
    return about?.size ?? null;
  }

  async open(digest: Digest, range?: Range): Promise<AsyncIterable<Uint8Array>> {
    const handle = await open(this.#file(digest), "r").catch(missing);
    if (handle === null) throw new BlobError("NO_BLOB", digest);
    const { size } = await handle.stat();
    if (range === undefined) return wholeOf(handle, digest, size);
    const end = range.end ?? size;
    if (
      !(Number.isSafeInteger(range.start) && Number.isSafeInteger(end)) ||
      range.start < 0 ||
      range.start > end ||
      end > size
    ) {
      await handle.close();
      throw new BlobError("BAD_RANGE", `${range.start} to ${end} of ${size}`);
    }
    return piecesOf(handle, range.start, end);
  }

  async read(digest: Digest, most: number): Promise<Uint8Array> {
    const size = await this.size(digest);
    if (size === null) throw new BlobError("NO_BLOB", digest);
    if (size > most) throw new BlobError("TOO_LARGE", `${size} bytes, at most ${most}`);
    const pieces: Uint8Array[] = [];
    for await (const bytes of await this.open(digest)) pieces.push(bytes);
    return Buffer.concat(pieces);
  }

  async verify(digest: Digest): Promise<boolean> {
    try {
      // Reading to the end is the check.
      for await (const _ of await this.open(digest));
      return true;
    } catch (error) {
      if (error instanceof BlobError && error.code === "DAMAGED") return false;
      throw error;
    }
  }

  async remove(digest: Digest): Promise<void> {
    const file = this.#file(digest);
    await rm(file, { force: true });
    await syncFolder(path.dirname(file)).catch(missing);
  }

  async *list(): AsyncIterable<Stored & { at: Date }> {
    for (const outer of await names(this.#folder, /^[0-9a-f]{2}$/))
      for (const inner of await names(path.join(this.#folder, outer), /^[0-9a-f]{2}$/))
        for (const name of await names(path.join(this.#folder, outer, inner), /^[0-9a-f]{64}$/)) {
          const about = await stat(path.join(this.#folder, outer, inner, name)).catch(missing);
          if (about !== null) yield { digest: Digest.parse(name), size: about.size, at: about.mtime };
        }
  }
}

/** What is not there is null; every other trouble is thrown on. */
function missing(error: unknown): null {
  if (codeOf(error) === "ENOENT") return null;
  throw error;
}

async function names(folder: string, form: RegExp): Promise<string[]> {
  const found = (await readdir(folder).catch(missing)) ?? [];
  return found.filter((name) => form.test(name)).sort();
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}

/** Pieces from `start` up to `end`; the handle is closed however the reading ends. */
async function* piecesOf(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  try {
    for (let place = start; place < end;) {
      const bytes = Buffer.allocUnsafe(Math.min(piece, end - place));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, place);
      if (bytesRead === 0) throw new BlobError("DAMAGED", "the file ends early");
      place += bytesRead;
      yield bytes.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** The whole, one piece behind: the last one leaves only when the digest is right. */
async function* wholeOf(handle: FileHandle, digest: Digest, size: number): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let held: Uint8Array | null = null;
  for await (const bytes of piecesOf(handle, 0, size)) {
    hash.update(bytes);
    if (held !== null) yield held;
    held = bytes;
  }
  if (hash.digest("hex") !== digest) throw new BlobError("DAMAGED", digest);
  if (held !== null) yield held;
}
