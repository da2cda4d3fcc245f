// Scalars of ristretto255: strict reading, and the inversion of many blinds at the price of one.
import { scalarBytes } from "./engine.ts";
import { OprfError } from "./errors.ts";

/** The order of the group, 2^252 + 27742317777372353535851937790883648493 (RFC 9496 section 4). */
export const order = (1n << 252n) + 27742317777372353535851937790883648493n;

/** Little-endian bytes as a number; the length is a multiple of eight. */
export function toNumber(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let value = 0n;
  for (let at = bytes.byteLength - 8; at >= 0; at -= 8) value = (value << 64n) | view.getBigUint64(at, true);
  return value;
}

/** Writes a number below 2^256 as 32 little-endian bytes. */
export function putNumber(value: bigint, into: Uint8Array, at: number): void {
  const view = new DataView(into.buffer, into.byteOffset, into.byteLength);
  for (let i = 0; i < 4; i++)
    view.setBigUint64(at + 8 * i, (value >> BigInt(64 * i)) & 0xffffffffffffffffn, true);
}

/** A canonical scalar: 32 bytes below the order, not zero. Throws `NOT_A_SCALAR`. */
export function readScalar(bytes: Uint8Array): bigint {
  if (bytes.length !== scalarBytes) throw new OprfError("BAD_LENGTH", `a scalar of ${bytes.length} bytes`);
  const value = toNumber(bytes);
  if (value === 0n || value >= order) throw new OprfError("NOT_A_SCALAR");
  return value;
}

/** Modulo the order, never negative. */
export function modulo(value: bigint): bigint {
  const rest = value % order;
  return rest < 0n ? rest + order : rest;
}

/** By Fermat: the order is prime, and the exponent is public, so the steps do not depend on the value. */
function invert(value: bigint): bigint {
  let result = 1n;
  let base = value;
  for (let exponent = order - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % order;
    base = (base * base) % order;
  }
  return result;
}

/** Inverts `n` scalars with one inversion and 3 n multiplications (Montgomery). Throws `NOT_A_SCALAR`. */
export function invertAll(scalars: Uint8Array): Uint8Array {
  const n = scalars.length / scalarBytes;
  const values = new Array<bigint>(n);
  const products = new Array<bigint>(n);
  let product = 1n;
  for (let i = 0; i < n; i++) {
    const value = readScalar(scalars.subarray(i * scalarBytes, (i + 1) * scalarBytes));
    values[i] = value;
    products[i] = product;
    product = (product * value) % order;
  }
  const inverses = new Uint8Array(scalars.length);
  let rest = invert(product);
  for (let i = n - 1; i >= 0; i--) {
    putNumber((rest * products[i]!) % order, inverses, i * scalarBytes);
    rest = (rest * values[i]!) % order;
  }
  return inverses;
}
