// Keys under keys: AES-256-GCM with a context that must be the same again, and the same to an X25519 public key.
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
} from "node:crypto";
import type { KeyObject } from "node:crypto";
import { KeyError } from "./errors.ts";

const version = 1;
const nonceLength = 12;
const tagLength = 16;
/** SubjectPublicKeyInfo of an X25519 key up to its 32 bytes (RFC 8410). */
const x25519Info = Buffer.from("302a300506032b656e032100", "hex");

/** version ‖ nonce ‖ sealed ‖ tag; the context (what the key is for) is bound as associated data. */
function seal(key: Uint8Array, secret: Uint8Array, context: string): Uint8Array {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(context, "utf8"));
  return Buffer.concat([
    Buffer.of(version),
    nonce,
    cipher.update(secret),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

function open(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < 1 + nonceLength + tagLength || bytes[0] !== version)
    throw new KeyError("BAD_KEY", "not a wrapped key");
  const nonce = bytes.subarray(1, 1 + nonceLength);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(context, "utf8"));
  decipher.setAuthTag(bytes.subarray(-tagLength));
  try {
    // In this mode all of it comes at once, and the end only says whether it is true.
    const plain = decipher.update(bytes.subarray(1 + nonceLength, -tagLength));
    decipher.final();
    return new Uint8Array(plain);
  } catch (error) {
    throw new KeyError("WRONG_KEY", "another key, another context, or damaged", error);
  }
}

/** Wraps keys under one key-encryption key, which never leaves it. */
export class KeyBox {
  readonly #key: Uint8Array;
  /** Throws `BAD_KEY` unless the key has 32 bytes. */
  constructor(key: Uint8Array) {
    if (key.length !== 32) throw new KeyError("BAD_KEY", "a key-encryption key has 32 bytes");
    this.#key = Uint8Array.from(key);
  }
  /** `context` says what the key opens, as in `item:<id>`. */
  wrap(secret: Uint8Array, context: string): Uint8Array {
    return seal(this.#key, secret, context);
  }
  /** Throws `WRONG_KEY` for another key or another context, `BAD_KEY` for something that is no wrapped key. */
  unwrap(wrapped: Uint8Array, context: string): Uint8Array {
    return open(this.#key, wrapped, context);
  }
}

/** A key pair to which anybody can seal a key, and which alone opens it. */
export interface SealedBox {
  /** Raw X25519, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Throws `WRONG_KEY` or `BAD_KEY`. */
  open(sealed: Uint8Array, context: string): Uint8Array;
}

const rawPublic = (key: KeyObject): Buffer => {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  return publicKey.export({ format: "der", type: "spki" }).subarray(x25519Info.length);
};

/** HKDF over the agreed secret, bound to both public keys. */
function agreed(privateKey: KeyObject, publicKey: KeyObject, pair: Uint8Array): Uint8Array {
  try {
    const shared = diffieHellman({ privateKey, publicKey });
    return new Uint8Array(hkdfSync("sha256", shared, pair, "simpul sealed key v1", 32));
  } catch (error) {
    // A point of small order gives an all-zero secret, which OpenSSL refuses.
    throw new KeyError("BAD_KEY", "no X25519 public key", error);
  }
}

function publicOf(raw: Uint8Array): KeyObject {
  if (raw.length !== 32) throw new KeyError("BAD_KEY", "an X25519 public key has 32 bytes");
  return createPublicKey({ key: Buffer.concat([x25519Info, raw]), format: "der", type: "spki" });
}

/** Seals a key so that only the holder of `publicKey` opens it: ephemeral public key ‖ wrapped key. */
export function sealTo(publicKey: Uint8Array, secret: Uint8Array, context: string): Uint8Array {
  const once = generateKeyPairSync("x25519");
  const mine = rawPublic(once.publicKey);
  const key = agreed(once.privateKey, publicOf(publicKey), Buffer.concat([mine, publicKey]));
  return Buffer.concat([mine, seal(key, secret, context)]);
}

/** Opens what was sealed to this X25519 key; throws `BAD_KEY` unless it is one. */
export function boxOf(privateKey: KeyObject): SealedBox {
  if (privateKey.asymmetricKeyType !== "x25519")
    throw new KeyError("BAD_KEY", "an X25519 private key is needed");
  const publicKey = new Uint8Array(rawPublic(privateKey));
  return {
    publicKey,
    open(sealed, context) {
      const theirs = sealed.subarray(0, 32);
      const key = agreed(privateKey, publicOf(theirs), Buffer.concat([theirs, publicKey]));
      return open(key, sealed.subarray(32), context);
    },
  };
}
