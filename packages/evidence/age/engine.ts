// The primitives age needs, as they are handed in: node:crypto on a node, any other library elsewhere.

export interface AgeEngine {
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** X25519 (RFC 7748) of a 32-byte scalar and a 32-byte point; throws or gives zeros for a low-order point. */
  x25519(scalar: Uint8Array, point: Uint8Array): Uint8Array;
  /** The public key of a 32-byte scalar. */
  x25519Public(scalar: Uint8Array): Uint8Array;
  /** ChaCha20-Poly1305 (RFC 8439) without associated data: ciphertext, then the 16-byte tag. */
  seal(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array): Uint8Array;
  /** Null when the tag does not fit. */
  open(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | null;
}

export interface RandomBytes {
  bytes(length: number): Uint8Array;
}

const utf8 = new TextEncoder();

/** HKDF-SHA-256 (RFC 5869), one block: all that age asks for is 32 bytes. */
export function hkdf32(engine: AgeEngine, ikm: Uint8Array, salt: Uint8Array, info: string): Uint8Array {
  const prk = engine.hmacSha256(salt.length === 0 ? new Uint8Array(32) : salt, ikm);
  return engine.hmacSha256(prk, join([utf8.encode(info), Uint8Array.of(1)]));
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Compares without telling by its time where two secrets differ. */
export function same(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}
