// Sensitive fields of a statement as salted digests, their values kept apart (the idea of SD-JWT, RFC 9901 section 4.2).
import { EvidenceError } from "./errors.ts";

export type Hash = (data: Uint8Array) => Uint8Array;

/** `[salt, name, value]` as the exact JSON text whose digest the statement carries. */
export type Disclosure = string;

const utf8 = new TextEncoder();
export const hex = (data: Uint8Array): string =>
  Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const maxDisclosureLength = 8_000;

export interface Disclosed {
  name: string;
  value: string;
}

export const digestOf = (hash: Hash, disclosure: Disclosure): string => hex(hash(utf8.encode(disclosure)));

/** Reads a disclosure against the digests of a statement; throws `NOT_A_DISCLOSURE` when it is not one of them. */
export function disclose(hash: Hash, digests: readonly string[], disclosure: Disclosure): Disclosed {
  if (disclosure.length > maxDisclosureLength || !digests.includes(digestOf(hash, disclosure)))
    throw new EvidenceError("NOT_A_DISCLOSURE");
  let parsed: unknown;
  try {
    parsed = JSON.parse(disclosure);
  } catch {
    throw new EvidenceError("NOT_A_DISCLOSURE", "not JSON");
  }
  if (!Array.isArray(parsed) || parsed.length !== 3 || !parsed.every((part) => typeof part === "string"))
    throw new EvidenceError("NOT_A_DISCLOSURE", "not [salt, name, value]");
  const [salt, name, value] = parsed as [string, string, string];
  if (salt.length < 32) throw new EvidenceError("NOT_A_DISCLOSURE", "short salt");
  return { name, value };
}
