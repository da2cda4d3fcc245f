// Small work on bytes that the protocol of RFC 9497 asks for.
import { OprfError } from "./errors.ts";

const utf8 = new TextEncoder();
export const ascii = (text: string): Uint8Array => utf8.encode(text);

export function join(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** I2OSP(value, 2). */
export const twoBytes = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);

/** Two bytes of length, then the bytes. Throws `TOO_LONG` beyond 65,535. */
export function prefixed(part: Uint8Array): Uint8Array {
  if (part.length > 0xffff) throw new OprfError("TOO_LONG", `${part.length} bytes`);
  return join(twoBytes(part.length), part);
}

/** Equal or not, without a hint of where they differ. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

/** The i-th of packed pieces of one size. */
export const piece = (packed: Uint8Array, i: number, size: number): Uint8Array =>
  packed.subarray(i * size, (i + 1) * size);

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

/** Throws `BAD_LENGTH` for what is not pairs of lower-case hex digits. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text))
    throw new OprfError("BAD_LENGTH", "not hexadecimal");
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => parseInt(text.slice(2 * i, 2 * i + 2), 16));
}
