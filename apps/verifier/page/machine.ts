// What a browser brings: Ed25519 by WebCrypto, inflating, a file read slice by slice; and our own running SHA-256.
import type { Hashing, ZipInput } from "@simpul/evidence/bag";
import { toHex } from "@simpul/seal";
import type { Verifying } from "@simpul/seal";
import { Sha256 } from "./sha256.ts";

export const engine: Verifying = {
  hash: (data) => new Sha256().update(data).digest(),
  async verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
    try {
      const key = await crypto.subtle.importKey("raw", own(publicKey), "Ed25519", false, ["verify"]);
      return await crypto.subtle.verify("Ed25519", key, own(signature), own(message));
    } catch {
      return false;
    }
  },
};

/** RFC 8032 section 7.1, test 2: a browser that cannot tell this from a forgery must not judge anything. */
export async function canVerify(): Promise<boolean> {
  const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g)!, (two) => Number(`0x${two}`));
  const key = bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const signature = bytes(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  );
  if (typeof DecompressionStream === "undefined") return false;
  const right = await engine.verify(key, Uint8Array.of(0x72), signature);
  return right && !(await engine.verify(key, Uint8Array.of(0x73), signature));
}

export const hashing: Hashing = (algorithm) => {
  if (algorithm !== "sha256") return null;
  const running = new Sha256();
  return { update: (bytes) => void running.update(bytes), hex: () => toHex(running.digest()) };
};

async function* inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacking = new DecompressionStream("deflate-raw");
  const into = unpacking.writable.getWriter();
  const feeding = (async () => {
    for await (const part of packed) await into.write(new Uint8Array(part));
    await into.close();
  })();
  // A torn stream is told by the reader below; this only keeps it from being told twice.
  feeding.catch(() => undefined);
  const from = unpacking.readable.getReader();
  for (;;) {
    const { done, value } = await from.read();
    if (done) break;
    yield value;
  }
  await feeding;
}

/** A file on disk as the zip reader wants it; `told` hears how many bytes were read so far. */
export function fileInput(file: Blob, told: (bytes: number) => void): ZipInput {
  let read = 0;
  return {
    size: file.size,
    async read(at, length) {
      const bytes = new Uint8Array(await file.slice(at, at + length).arrayBuffer());
      told((read += bytes.length));
      return bytes;
    },
    inflate,
  };
}
