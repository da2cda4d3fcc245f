// Seals an entry to the victim desk's key, in a browser as in a node: whoever seals it cannot read it again (JWE, RFC 7516).
import type { Id } from "@simpul/model";
import { CompactEncrypt, type JWK } from "jose";

/** What is sealed outside an open desk: a screening in the field, a call, a word of another state's victim desk. */
export interface LeftEntry {
  id: Id;
  /** A new random id makes a new person; {@link randomId}. */
  person: Id;
  kind: string;
  /** ISO instant. */
  at: string;
  /** As the sealer says; the desk shows that it came from outside. */
  by: { node: string; officer: Id | null; door: "field" | "hotline" | "page" | "peer" };
  data: unknown;
}

export interface SealedEntry {
  id: Id;
  person: Id;
  jwe: string;
}

/** Sizes in which sealed text comes, in bytes: how long an entry is says little of what it is. */
export const steps = [1024, 4096, 16_384, 65_536, 262_144, 1_048_576] as const;

/** JSON, filled with spaces to the next step. Throws `RangeError` above the largest. */
export function padded(value: unknown): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const step = steps.find((one) => one >= bytes.length);
  if (step === undefined) throw new RangeError("an entry has at most 1 MiB");
  const filled = new Uint8Array(step).fill(0x20);
  filled.set(bytes);
  return filled;
}

const decoder = new TextDecoder();
/** The text without what fills it: thousands are read when a desk opens. */
export function unpadded(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0x20) end -= 1;
  return decoder.decode(bytes.subarray(0, end));
}

/** ECDH-ES+A256KW to a P-256 key, A256GCM, `kid` in the header. Throws `RangeError` for an entry above 1 MiB. */
export async function sealEntry(to: { kid: string; key: JWK }, entry: LeftEntry): Promise<SealedEntry> {
  const jwe = await new CompactEncrypt(padded(entry))
    .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM", kid: to.kid })
    .encrypt({ ...to.key, alg: "ECDH-ES+A256KW" });
  return { id: entry.id, person: entry.person, jwe };
}

/** An id without a time in it (UUIDv4): the row it names does not tell when somebody was rescued. */
export const randomId = (): Id => crypto.randomUUID() as Id;
