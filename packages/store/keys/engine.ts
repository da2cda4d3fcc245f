// Hashing, checking and signing by node:crypto, in the shapes that seal and ledger ask for.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { Signer, Verifying } from "@simpul/seal";
import { KeyError } from "./errors.ts";

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410). */
const ed25519Info = Buffer.from("302a300506032b6570032100", "hex");

/** The engine of a node. */
export const nodeVerifying: Verifying = {
  hash: (data) => new Uint8Array(createHash("sha256").update(data).digest()),
  verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    try {
      const key = createPublicKey({
        key: Buffer.concat([ed25519Info, publicKey]),
        format: "der",
        type: "spki",
      });
      return verify(null, message, key, signature);
    } catch {
      return false;
    }
  },
};

/** A signer over a private key that node:crypto holds; throws `BAD_KEY` unless it is Ed25519. */
export function signerOf(key: KeyObject): Signer {
  if (key.type !== "private" || key.asymmetricKeyType !== "ed25519")
    throw new KeyError(
      "BAD_KEY",
      `an Ed25519 private key is needed, this is ${key.asymmetricKeyType ?? key.type}`,
    );
  const info = createPublicKey(key).export({ format: "der", type: "spki" });
  const publicKey = new Uint8Array(info.subarray(ed25519Info.length));
  return { publicKey, sign: (message) => new Uint8Array(sign(null, message, key)) };
}

/** A new Ed25519 key, in memory only. */
export const newSigner = (): Signer => signerOf(generateKeyPairSync("ed25519").privateKey);

/** Reads a private key in PKCS #8 PEM; throws `BAD_KEY`. */
export function parsePrivateKey(pem: string, what: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new KeyError("BAD_KEY", what, error);
  }
}
