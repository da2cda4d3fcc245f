// A stream as a file that only the backup identity opens (gzip, then age), with the digest of what lies on disk.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { PassThrough, Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { createGunzip, createGzip } from "node:zlib";
import { Decrypter, Encrypter } from "age-encryption";
import { BackupError } from "./errors.ts";

export interface Sealed {
  /** Bytes on disk. */
  size: number;
  /** SHA-256 of them, in hex. */
  sha256: string;
}

/** Counts and hashes what passes. */
function meter(): { through: Transform; sealed: () => Sealed } {
  const hash = createHash("sha256");
  let size = 0;
  const through = new Transform({
    transform(piece: Buffer, _, done) {
      hash.update(piece);
      size += piece.length;
      done(null, piece);
    },
  });
  return { through, sealed: () => ({ size, sha256: hash.digest("hex") }) };
}

/** Writes `source` to a new file, forced to disk; an `age` recipient (`age1…`) can open it with stock tools. */
export async function sealInto(file: string, recipient: string, source: Readable): Promise<Sealed> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const zip = createGzip({ level: 6 });
  const feeding = pipeline(source, zip);
  // Told by the second pipeline as well; a rejection nobody waits for yet must not end the process.
  feeding.catch(() => undefined);
  const sealed = await encrypter.encrypt(Readable.toWeb(zip) as never);
  const { through, sealed: result } = meter();
  await pipeline(
    Readable.fromWeb(sealed as unknown as ReadableStream),
    through,
    createWriteStream(file, { flags: "wx", mode: 0o600, flush: true }),
  );
  await feeding;
  return result();
}

/** The digest and size of a file as it lies on disk; throws `DAMAGED_BACKUP` when it cannot be read to its end. */
export async function digestOf(file: string): Promise<Sealed> {
  const { through, sealed } = meter();
  try {
    await pipeline(createReadStream(file), through, async (pieces) => {
      for await (const _ of pieces);
    });
  } catch (fault) {
    throw new BackupError("DAMAGED_BACKUP", `${file} cannot be read`, fault);
  }
  return sealed();
}

/** The content of a sealed file; the stream fails with `DAMAGED_BACKUP` where it does not open. */
export async function openSealed(file: string, identity: string): Promise<Readable> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const broken = (fault: unknown): BackupError =>
    new BackupError("DAMAGED_BACKUP", `${file} does not open with these keys`, fault);
  const plain = await decrypter
    .decrypt(Readable.toWeb(createReadStream(file)) as never)
    .catch((fault: unknown) => {
      throw broken(fault);
    });
  const out = new PassThrough();
  pipeline(Readable.fromWeb(plain as unknown as ReadableStream), createGunzip(), out).catch(
    (fault: unknown) => out.destroy(broken(fault)),
  );
  return out;
}
