// A key from a passphrase by Argon2id (RFC 9106), with its cost kept beside it so that it can grow.
import { hashRaw } from "@node-rs/argon2";

/** KiB of memory, passes, lanes. */
export type PassphraseCost = readonly [memory: number, passes: number, lanes: number];

/** RFC 9106 section 4, second recommendation. */
export const passphraseCost: PassphraseCost = [65_536, 3, 4];
/** The least that OWASP's cheat sheet names: for the exercise, where the passphrase stands on the page. */
export const lightPassphraseCost: PassphraseCost = [19_456, 2, 1];

/** 32 bytes. The same letters however they were typed: NFKC, outer spaces away. */
export async function keyFromPassphrase(
  passphrase: string,
  salt: Uint8Array,
  [memoryCost, timeCost, parallelism]: PassphraseCost,
): Promise<Uint8Array> {
  const text = passphrase.normalize("NFKC").trim();
  // Argon2id, version 0x13, is what this package does when nothing else is asked.
  const options = { memoryCost, timeCost, parallelism, outputLen: 32, salt };
  return new Uint8Array(await hashRaw(text, options));
}
