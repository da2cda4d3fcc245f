// Identifiers: records by UUIDv7 (RFC 9562 section 5.7), states by ISO 3166, cases as their state wrote them.
import type { Clock, Random } from "./clock.ts";
import { ModelError } from "./errors.ts";

declare const id: unique symbol;
/** A record's identifier: UUIDv7 in lower-case text, so that new rows sort last. */
export type Id = string & { readonly [id]: true };
export const Id = {
  /** Throws `NOT_AN_ID` unless `text` is a lower-case UUID. */
  parse(text: string): Id {
    if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)) return text as Id;
    throw new ModelError("NOT_AN_ID", text.slice(0, 60));
  },
  /** A new UUIDv7: 48 bits of milliseconds, then 74 random bits. */
  make(from: { clock: Clock; random: Random }): Id {
    const bytes = from.random.bytes(16);
    let ms = from.clock.now().getTime();
    for (let i = 5; i >= 0; i--) {
      bytes[i] = ms % 256;
      ms = Math.floor(ms / 256);
    }
    bytes[6] = (bytes[6]! & 0x0f) | 0x70;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
      "-",
    ) as Id;
  },
};

declare const nodeCode: unique symbol;
/** One state's node, by its ISO 3166-1 alpha-2 code in lower case, e.g. `kh`. */
export type NodeCode = string & { readonly [nodeCode]: true };
export const NodeCode = {
  /** Throws `NOT_A_NODE_CODE` unless `text` is two lower-case letters. */
  parse(text: string): NodeCode {
    if (/^[a-z]{2}$/.test(text)) return text as NodeCode;
    throw new ModelError("NOT_A_NODE_CODE", text.slice(0, 60));
  },
};

declare const caseNumber: unique symbol;
/** A case number as its country wrote it, e.g. `ID-2031-000417`. */
export type CaseNumber = string & { readonly [caseNumber]: true };
export const CaseNumber = {
  /** Throws `NOT_A_CASE_NUMBER`. */
  parse(text: string): CaseNumber {
    if (/^[A-Z]{2}-\d{4}-\d{6}$/.test(text)) return text as CaseNumber;
    throw new ModelError("NOT_A_CASE_NUMBER", text.slice(0, 60));
  },
  make: (node: NodeCode, year: number, serial: number): CaseNumber =>
    CaseNumber.parse(
      `${node.toUpperCase()}-${String(year).padStart(4, "0")}-${String(serial).padStart(6, "0")}`,
    ),
};

declare const digest: unique symbol;
/** A SHA-256 digest as 64 lower-case hex digits. */
export type Digest = string & { readonly [digest]: true };
export const Digest = {
  /** Throws `NOT_A_DIGEST`. */
  parse(text: string): Digest {
    if (/^[0-9a-f]{64}$/.test(text)) return text as Digest;
    throw new ModelError("NOT_A_DIGEST", text.slice(0, 80));
  },
};
