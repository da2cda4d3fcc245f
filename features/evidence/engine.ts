// The cryptography of this machine (node:crypto) in the shapes that packages/evidence asks for.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  randomBytes,
  type KeyObject,
} from "node:crypto";
import type { AgeEngine } from "@simpul/evidence";
import type { Random } from "@simpul/model";

// RFC 8410: the fixed DER in front of a raw X25519 key.
const privateHead = Buffer.from("302e020100300506032b656e04220420", "hex");
const publicHead = Buffer.from("302a300506032b656e032100", "hex");
const tag = { authTagLength: 16 } as const;

const privateKey = (scalar: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([privateHead, scalar]), format: "der", type: "pkcs8" });

export const nodeAge: AgeEngine = {
  hmacSha256: (key, data) => createHmac("sha256", key).update(data).digest(),
  x25519: (scalar, point) =>
    diffieHellman({
      privateKey: privateKey(scalar),
      publicKey: createPublicKey({ key: Buffer.concat([publicHead, point]), format: "der", type: "spki" }),
    }),
  x25519Public: (scalar) =>
    createPublicKey(privateKey(scalar)).export({ format: "der", type: "spki" }).subarray(publicHead.length),
  seal(key, nonce, plain) {
    const cipher = createCipheriv("chacha20-poly1305", key, nonce, tag);
    const body = cipher.update(plain);
    return Buffer.concat([body, cipher.final(), cipher.getAuthTag()]);
  },
  open(key, nonce, sealed) {
    if (sealed.length < 16) return null;
    const decipher = createDecipheriv("chacha20-poly1305", key, nonce, tag);
    decipher.setAuthTag(sealed.subarray(-16));
    const plain = decipher.update(sealed.subarray(0, -16));
    try {
      decipher.final();
    } catch {
      return null;
    }
    return plain;
  },
};

export const nodeRandom: Random = { bytes: (length) => randomBytes(length) };

export const sha256 = (data: Uint8Array): Uint8Array => createHash("sha256").update(data).digest();
export const sha256Hex = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");
