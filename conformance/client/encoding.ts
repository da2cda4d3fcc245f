/** Bytes, text and digests in the forms that docs/protocol.md names under "Conventions". */
import { createHash } from "node:crypto";

/** A refusal or a broken promise, by a code of section 8 or, for what this side alone can see, a word of its own. */
export class WireError extends Error {
  readonly code: string;
  /** What stands beside the code in the refusal. */
  readonly beside: Record<string, unknown>;

  constructor(code: string, beside: Record<string, unknown> = {}, says = code) {
    super(says);
    this.code = code;
    this.beside = beside;
  }
}

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json };
export type Members = Record<string, Json>;

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");
export const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString("base64url");

/** The bytes; throws the code given when the text is not base64url without padding. */
export function fromBase64url(text: string, code: string): Buffer {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new WireError(code);
  return Buffer.from(text, "base64url");
}

/** RFC 8785: what a card's fingerprint is over. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join(",")}}`;
}

/** An object with exactly these members; anything else is refused by the code. */
export function members(
  value: unknown,
  names: readonly string[],
  code: string,
  may: readonly string[] = [],
): Members {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new WireError(code);
  const found = Object.keys(value);
  if (names.some((name) => !found.includes(name))) throw new WireError(code);
  if (found.some((name) => !names.includes(name) && !may.includes(name))) throw new WireError(code);
  return value as Members;
}

/** The JSON value of a text; throws the code when it is none. */
export function parse(text: string | Buffer, code: string): unknown {
  try {
    return JSON.parse(text.toString());
  } catch {
    throw new WireError(code);
  }
}
