// Sorted 48-bit tags as differences in Golomb-Rice code: about two bits above the least that is possible.
import { OprfError } from "./errors.ts";

export const tagBits = 48;
const tagEnd = 2 ** tagBits;

/** The parameter that suits `count` evenly spread tags: floor(log2(ln 2 x mean difference)). */
export const riceFor = (count: number): number =>
  Math.max(0, Math.min(47, Math.floor(Math.log2((Math.LN2 * tagEnd) / Math.max(1, count)))));

/** Packs strictly rising tags below 2^48; the first is written as its difference from -1, all differences less one. */
export function packTags(tags: Float64Array, rice: number): Uint8Array {
  const divisor = 2 ** rice;
  let bits = 0;
  let before = -1;
  for (const tag of tags) {
    bits += Math.floor((tag - before - 1) / divisor) + 1 + rice;
    before = tag;
  }
  const packed = new Uint8Array(Math.ceil(bits / 8));
  let at = 0;
  const put = (bit: number) => {
    if (bit) packed[at >> 3] = packed[at >> 3]! | (0x80 >> (at & 7));
    at++;
  };
  before = -1;
  for (const tag of tags) {
    const difference = tag - before - 1;
    for (let quotient = Math.floor(difference / divisor); quotient > 0; quotient--) put(1);
    put(0);
    const rest = difference % divisor;
    const high = Math.floor(rest / 0x1000000);
    const low = rest % 0x1000000;
    for (let bit = rice - 1; bit >= 24; bit--) put((high >> (bit - 24)) & 1);
    for (let bit = Math.min(rice, 24) - 1; bit >= 0; bit--) put((low >> bit) & 1);
    before = tag;
  }
  return packed;
}

/** The inverse; throws `NOT_A_FILTER` unless the bytes hold exactly `count` rising tags and nothing else. */
export function unpackTags(packed: Uint8Array, count: number, rice: number): Float64Array {
  // Every tag needs at least one bit and the parameter's bits: a false count is refused before memory is taken.
  if (count * (1 + rice) > packed.length * 8) throw new OprfError("NOT_A_FILTER", "shorter than its count");
  const tags = new Float64Array(count);
  const end = packed.length * 8;
  let at = 0;
  const get = (): number => {
    if (at >= end) throw new OprfError("NOT_A_FILTER", "ends within a tag");
    const bit = (packed[at >> 3]! >> (7 - (at & 7))) & 1;
    at++;
    return bit;
  };
  let before = -1;
  for (let i = 0; i < count; i++) {
    let quotient = 0;
    while (get() === 1) quotient++;
    let rest = 0;
    for (let bit = 0; bit < rice; bit++) rest = rest * 2 + get();
    const tag = before + 1 + quotient * 2 ** rice + rest;
    if (tag >= tagEnd) throw new OprfError("NOT_A_FILTER", "a tag beyond 48 bits");
    tags[i] = tag;
    before = tag;
  }
  if (end - at >= 8) throw new OprfError("NOT_A_FILTER", "more bytes than tags");
  while (at < end) if (get() === 1) throw new OprfError("NOT_A_FILTER", "more bits than tags");
  return tags;
}
