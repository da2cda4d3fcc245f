// The cryptography that seal's formats need, as it is handed in: node:crypto on a node, WebCrypto in a page.

/** Hashing and checking; enough to verify everything Simpul ever signed. */
export interface Verifying {
  /** SHA-256 of the whole input. */
  hash(data: Uint8Array): Uint8Array;
  /** Ed25519 (RFC 8032); false for any key or signature that is not well formed. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
}

/** A signing key whose private half stays where it is (memory, file, HSM, browser). */
export interface Signer {
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}
