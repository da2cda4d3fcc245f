// The header of a tag filter: one line of JSON with fixed keys in a fixed order, so that it has one form only.
import { NodeCode, selectorTypes, type Digest, type SelectorType } from "@simpul/model";
import { OprfError } from "./errors.ts";
import { tagBits } from "./rice.ts";

export interface FilterHeader {
  format: "simpul-tags/1";
  node: NodeCode;
  type: SelectorType;
  epoch: string;
  keyId: string;
  /** The normalising profile with its version (HIT-3). */
  profile: string;
  bits: typeof tagBits;
  /** Tags in it, padding included. */
  count: number;
  /** The parameter of the Golomb-Rice code. */
  rice: number;
  madeAt: string;
  notAfter: string;
  /** SHA-256 of the packed tags. */
  body: Digest;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;
const isText = (pattern: RegExp) => (value: unknown) => typeof value === "string" && pattern.test(value);
const isInstant = (value: unknown) =>
  typeof value === "string" && !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;

const fields: Record<keyof FilterHeader, (value: unknown) => boolean> = {
  format: (value) => value === "simpul-tags/1",
  node: isText(/^[a-z]{2}$/),
  type: (value) => selectorTypes.includes(value as SelectorType),
  epoch: isText(/^\d{4}-(0[1-9]|1[0-2])$/),
  keyId: isText(/^[0-9a-f]{16}$/),
  profile: isText(/^[a-z0-9][a-z0-9./@-]{0,63}$/),
  bits: (value) => value === tagBits,
  count: isCount,
  rice: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < tagBits,
  madeAt: isInstant,
  notAfter: isInstant,
  body: isText(/^[0-9a-f]{64}$/),
};
const names = Object.keys(fields) as (keyof FilterHeader)[];

export const printHeader = (header: FilterHeader): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(Object.fromEntries(names.map((name) => [name, header[name]]))));

/** Throws `NOT_A_FILTER_HEADER` for anything that `printHeader` would not have written byte for byte. */
export function parseHeader(bytes: Uint8Array): FilterHeader {
  const text = new TextDecoder().decode(bytes);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (cause) {
    throw new OprfError("NOT_A_FILTER_HEADER", "not JSON", cause);
  }
  if (typeof read !== "object" || read === null) throw new OprfError("NOT_A_FILTER_HEADER");
  const header = read as FilterHeader;
  const wrong = names.find((name) => !fields[name](header[name]));
  if (wrong) throw new OprfError("NOT_A_FILTER_HEADER", wrong);
  if (new TextDecoder().decode(printHeader(header)) !== text)
    throw new OprfError("NOT_A_FILTER_HEADER", "not its one form");
  return header;
}
