// Sensitive fields of a statement as salted digests, their values kept apart (the idea of SD-JWT, RFC 9901 section 4.2).
import { EvidenceError } from "./errors.ts";
import type { RandomBytes } from "./age/engine.ts";

export type Hash = (data: Uint8Array) => Uint8Array;

/** `[salt, name, value]` as the exact JSON text whose digest the statement carries. */
export type Disclosure = string;

const utf8 = new TextEncoder();
const hex = (data: Uint8Array): string =>
  Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const maxDisclosureLength = 8_000;

export interface Disclosed {
  name: string;
  value: string;
}

/** Hides each value behind a salt of 128 bits; order follows the digests, so it tells nothing. */
export function conceal(
  hash: Hash,
  random: RandomBytes,
  fields: Readonly<Record<string, string | undefined>>,
): { digests: string[]; disclosures: Disclosure[] } {
  const made = Object.entries(fields)
    .filter((field): field is [string, string] => field[1] !== undefined && field[1] !== "")
    .map(([name, value]) => {
      const disclosure = JSON.stringify([hex(random.bytes(16)), name, value]);
      return { disclosure, digest: digestOf(hash, disclosure) };
    })
    .sort((a, b) => (a.digest < b.digest ? -1 : 1));
  return { digests: made.map((m) => m.digest), disclosures: made.map((m) => m.disclosure) };
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
