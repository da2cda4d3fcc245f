// Keys of the compartment: the desk's pair, an officer's pair that carries it to her, record keys under the desk's.
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  timingSafeEqual,
} from "node:crypto";
import { KeyBox } from "@simpul/store/keys";
import { CompactEncrypt, calculateJwkThumbprint, compactDecrypt, type JWK } from "jose";
import { VictimsError } from "./contract.ts";

const alg = "ECDH-ES+A256KW";

/** An ECDH P-256 pair: `secret` is its private scalar, 32 bytes. */
export interface Pair {
  publicKey: JWK;
  secret: Uint8Array;
}

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64url"));

export function newPair(): Pair {
  const jwk = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  return { publicKey: publicOf(jwk), secret: bytesOf(jwk.d!) };
}

const publicOf = ({ kty, crv, x, y }: JWK): JWK => ({ kty: kty!, crv: crv!, x: x!, y: y! });

/** The pair again from its two halves; throws `DESK_KEY_CHANGED` when they do not belong to each other. */
export function pairOf(publicKey: JWK, secret: Uint8Array): Pair {
  const ours = { ...publicOf(publicKey), d: Buffer.from(secret).toString("base64url") };
  try {
    const derived = createPublicKey(createPrivateKey({ key: ours, format: "jwk" })).export({ format: "jwk" });
    if (derived.x === publicKey.x && derived.y === publicKey.y)
      return { publicKey: publicOf(publicKey), secret };
  } catch {
    // Told below: what is no key at all was changed as well.
  }
  throw new VictimsError("DESK_KEY_CHANGED");
}

/** The key's name: its thumbprint (RFC 7638). */
export const kidOf = (key: JWK): Promise<string> => calculateJwkThumbprint(publicOf(key), "sha256");

/** Six groups of five digits to read out (60 bits of the thumbprint are enough against a key made to fit). */
export function fingerprintOf(key: JWK): string {
  const { x, y } = publicOf(key);
  const digest = createHash("sha256").update(`${x} ${y}`).digest();
  return Array.from({ length: 6 }, (_, nth) =>
    String(digest.readUIntBE(nth * 4, 4) % 100_000).padStart(5, "0"),
  ).join(" ");
}

/** A secret sealed to an officer's key. */
export const sealSecret = (to: JWK, secret: Uint8Array): Promise<string> =>
  new CompactEncrypt(secret).setProtectedHeader({ alg, enc: "A256GCM" }).encrypt({ ...publicOf(to), alg });

/** Null for what is not sealed to this pair, or damaged. */
export async function openSealed(pair: Pair, jwe: string): Promise<Uint8Array | null> {
  const key = createPrivateKey({
    key: { ...pair.publicKey, d: Buffer.from(pair.secret).toString("base64url") },
    format: "jwk",
  });
  const options = { keyManagementAlgorithms: [alg], contentEncryptionAlgorithms: ["A256GCM"] };
  return compactDecrypt(jwe, key, options).then(
    ({ plaintext }) => plaintext,
    () => null,
  );
}

/** What an open desk holds in memory, and nobody else: one desk key with all that is derived from it. */
export class DeskSecret {
  readonly kid: string;
  readonly pair: Pair;
  readonly #records: KeyBox;
  readonly #marks: Uint8Array;

  constructor(kid: string, pair: Pair) {
    this.kid = kid;
    this.pair = pair;
    this.#records = new KeyBox(derived(pair.secret, "simpul victims record keys v1"));
    this.#marks = derived(pair.secret, "simpul victims marks v1");
  }

  wrap(recordKey: Uint8Array, person: string): Uint8Array {
    return this.#records.wrap(recordKey, `victim:${person}`);
  }
  /** Throws `KeyError`. */
  unwrap(wrapped: Uint8Array, person: string): Uint8Array {
    return this.#records.unwrap(wrapped, `victim:${person}`);
  }
  /** An older desk key under this one. */
  keep(secret: Uint8Array, kid: string): Uint8Array {
    return this.#records.wrap(secret, `desk-key:${kid}`);
  }
  kept(wrapped: Uint8Array, kid: string): Uint8Array {
    return this.#records.unwrap(wrapped, `desk-key:${kid}`);
  }
  /** Binds an officer to her key: only somebody with the open desk can have let her in. */
  mark(officer: string, key: JWK): Uint8Array {
    const { x, y } = publicOf(key);
    return new Uint8Array(createHmac("sha256", this.#marks).update(`${officer} ${x} ${y}`).digest());
  }
  bears(mark: Uint8Array | null, officer: string, key: JWK): boolean {
    const ours = this.mark(officer, key);
    return mark !== null && mark.length === ours.length && timingSafeEqual(mark, ours);
  }
  /** For what other features seal between open desks; nothing of ours follows from it. */
  other(use: string): Uint8Array {
    return derived(this.pair.secret, `simpul victims other use v1 ${use}`);
  }
  /** Writes over what JavaScript lets us write over; see docs/decisions on what memory still holds. */
  wipe(): void {
    this.pair.secret.fill(0);
    this.#marks.fill(0);
  }
}

const derived = (secret: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, new Uint8Array(0), use, 32));

/** An officer's own key under what opens it: a passphrase's key, or a passkey's. */
export const underOpener = (opener: Uint8Array): Pick<KeyBox, "wrap" | "unwrap"> =>
  new KeyBox(derived(opener, "simpul victims opener v1"));

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 40 bits of a keyed hash of her record key: it goes when the key goes, and follows from nothing else. */
export function pseudonymOf(node: string, recordKey: Uint8Array): string {
  const digest = createHmac("sha256", recordKey).update("simpul victims pseudonym v1").digest();
  const text = Array.from(digest.subarray(0, 8), (byte) => letters[byte & 31]).join("");
  return `${node.toUpperCase()}-${text.slice(0, 4)}-${text.slice(4)}`;
}
