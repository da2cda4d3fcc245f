// JWS (RFC 7515) and JWE (RFC 7516) in compact form as the wire fixes them, one algorithm each, done in one step.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from "node:crypto";

// A general library does the same through WebCrypto, which costs several times what the arithmetic does: each of its
// steps goes to another thread and back. Tests hold every envelope and receipt against that library, both ways.

export type Header = Readonly<Record<string, unknown>>;

const encode = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString("base64url");

/** Throws for anything but the one way to write these bytes. */
export function decode(text: string): Buffer {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.toString("base64url") !== text) throw new Error("not base64url");
  return bytes;
}

/** What the wire does not use is refused, not ignored. */
function readHeader(text: string): Header {
  const read: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(decode(text)));
  if (typeof read !== "object" || read === null || Array.isArray(read)) throw new Error("not a header");
  for (const name of ["crit", "zip", "b64"]) if (name in read) throw new Error(name);
  return read as Header;
}

function parts(text: string, count: number): string[] {
  const found = text.split(".");
  if (found.length !== count) throw new Error(`not ${count} parts`);
  return found;
}

/** Ed25519 over `header` and `payload`; `alg` is added. */
export function signCompact(header: Header, payload: Uint8Array, key: KeyObject): string {
  const signed = `${encode(JSON.stringify({ alg: "EdDSA", ...header }))}.${encode(payload)}`;
  return `${signed}.${encode(sign(null, Buffer.from(signed), key))}`;
}

/** Throws unless `keyOf` the header's key signed it. What `keyOf` throws is thrown on. */
export function verifyCompact(
  text: string,
  keyOf: (header: Header) => KeyObject,
): { header: Header; payload: Buffer } {
  const [head, payload, signature] = parts(text, 3) as [string, string, string];
  const header = readHeader(head);
  if (header["alg"] !== "EdDSA") throw new Error("alg");
  const key = keyOf(header);
  if (key.asymmetricKeyType !== "ed25519") throw new Error("not an Ed25519 key");
  if (!verify(null, Buffer.from(`${head}.${payload}`), key, decode(signature))) throw new Error("signature");
  return { header, payload: decode(payload) };
}

const [alg, enc] = ["ECDH-ES+A256KW", "A256GCM"];

/** Concat KDF of RFC 7518 section 4.6.2 for one block: no party's info, 256 bits. */
function wrappingKey(own: KeyObject, other: KeyObject): Buffer {
  const uint32 = (value: number): Buffer => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(value);
    return four;
  };
  const hash = createHash("sha256").update(uint32(1));
  // Refuses a point that gives nothing but zeros (RFC 7748 section 6.1).
  hash.update(diffieHellman({ privateKey: own, publicKey: other }));
  return hash
    .update(uint32(alg.length))
    .update(alg)
    .update(uint32(0))
    .update(uint32(0))
    .update(uint32(256))
    .digest();
}

const wrapIv = Buffer.alloc(8, 0xa6);

/** To an X25519 key: ECDH-ES+A256KW, A256GCM; `alg`, `enc` and `epk` are added. */
export function encryptCompact(header: Header, plain: Uint8Array, to: KeyObject): string {
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  const { x } = publicKey.export({ format: "jwk" });
  const head = encode(JSON.stringify({ alg, enc, ...header, epk: { x, crv: "X25519", kty: "OKP" } }));
  const content = randomBytes(32);
  const wrap = createCipheriv("id-aes256-wrap", wrappingKey(privateKey, to), wrapIv);
  const wrapped = Buffer.concat([wrap.update(content), wrap.final()]);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", content, iv).setAAD(Buffer.from(head));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return [head, ...[wrapped, iv, sealed, cipher.getAuthTag()].map(encode)].join(".");
}

/** Throws unless it was encrypted to this key, in this form. */
export function decryptCompact(text: string, key: KeyObject): { header: Header; plain: Buffer } {
  const [head, ...rest] = parts(text, 5) as [string, string, string, string, string];
  const header = readHeader(head);
  if (header["alg"] !== alg || header["enc"] !== enc || "apu" in header || "apv" in header)
    throw new Error("alg");
  const { kty, crv, x } = (header["epk"] ?? {}) as Record<string, unknown>;
  if (kty !== "OKP" || crv !== "X25519" || typeof x !== "string") throw new Error("epk");
  const [wrapped, iv, sealed, tag] = rest.map(decode) as [Buffer, Buffer, Buffer, Buffer];
  if (iv.length !== 12 || tag.length !== 16) throw new Error("not this form");
  const other = createPublicKey({ key: { kty, crv, x }, format: "jwk" });
  const unwrap = createDecipheriv("id-aes256-wrap", wrappingKey(key, other), wrapIv);
  const content = Buffer.concat([unwrap.update(wrapped), unwrap.final()]);
  const decipher = createDecipheriv("aes-256-gcm", content, iv).setAAD(Buffer.from(head)).setAuthTag(tag);
  return { header, plain: Buffer.concat([decipher.update(sealed), decipher.final()]) };
}

/** What is thrown at once, as a promise that fails. */
export const soon = <T>(work: () => T): Promise<T> => new Promise((resolve) => resolve(work()));
