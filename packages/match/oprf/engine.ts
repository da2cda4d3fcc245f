// The arithmetic of ristretto255 (RFC 9496) as an engine hands it in: noble here, libsodium from the store.

/**
 * Group and scalar arithmetic over packed bytes: `n` elements or scalars are one array of `32 n` bytes, so that
 * an engine may work through a batch without leaving its own memory. Every engine refuses, with `OprfError`, an
 * element that is not canonically encoded or is the identity (RFC 9497 section 3.3: MUST reject).
 */
export interface OprfEngine {
  readonly name: "noble" | "libsodium-wasm" | "libsodium-native";
  sha512(data: Uint8Array): Uint8Array;
  /** Element derivation (RFC 9496 section 4.3.4): from `64 n` uniform bytes to `n` elements. */
  derive(uniform: Uint8Array): Uint8Array;
  /** True for a canonical encoding that is not the identity. */
  isElement(element: Uint8Array): boolean;
  /** Element i times scalar i; or every element times the one scalar. */
  multiply(elements: Uint8Array, scalars: Uint8Array): Uint8Array;
  /** The generator times the scalar. */
  multiplyBase(scalar: Uint8Array): Uint8Array;
  /** The sum of all elements, each times its scalar. For public values only: it may take a varying time. */
  combine(elements: Uint8Array, scalars: Uint8Array): Uint8Array;
  /** 64 bytes, little endian, modulo the group order; `n` of them. */
  reduce(wide: Uint8Array): Uint8Array;
  /** `r - c k` modulo the group order: the one place where a key meets a scalar. */
  respond(r: Uint8Array, c: Uint8Array, k: Uint8Array): Uint8Array;
}

export const elementBytes = 32;
export const scalarBytes = 32;
