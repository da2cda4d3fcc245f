/** JWS and JWE in the two forms that the wire knows (section 5): EdDSA, and ECDH-ES+A256KW with A256GCM. */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  diffieHellman,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import type { KeyObject } from "node:crypto";
import { keyFrom, raw } from "./card.ts";
import { base64url, fromBase64url, members, parse, WireError } from "./encoding.ts";

type Header = Record<string, unknown>;

export function jws(header: Header, payload: string | Buffer, key: KeyObject): string {
  const signing = `${base64url(JSON.stringify({ alg: "EdDSA", ...header }))}.${base64url(payload)}`;
  return `${signing}.${base64url(sign(null, Buffer.from(signing), key))}`;
}

/** The header, unchecked, and a way to check it: which key counts stands in it. */
export function readJws(
  text: string,
  code: string,
): { header: Header; payload: Buffer; signedBy(key: KeyObject): boolean } {
  const [head, body, signature, more] = text.split(".");
  if (head === undefined || body === undefined || signature === undefined || more !== undefined)
    throw new WireError(code);
  const header = members(parse(fromBase64url(head, code), code), ["alg"], code, ["kid", "typ"]);
  if (header["alg"] !== "EdDSA") throw new WireError(code);
  const proof = fromBase64url(signature, code);
  return {
    header,
    payload: fromBase64url(body, code),
    signedBy: (key) => verify(null, Buffer.from(`${head}.${body}`), key, proof),
  };
}

/** RFC 7518 section 4.6: Concat KDF for a 256-bit key, with neither party's information. */
function wrappingKey(secret: Buffer): Buffer {
  const word = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const algorithm = Buffer.from("ECDH-ES+A256KW");
  const other = Buffer.concat([word(algorithm.length), algorithm, word(0), word(0), word(256)]);
  return createHash("sha256").update(word(1)).update(secret).update(other).digest();
}

const wrapIv = Buffer.alloc(8, 0xa6);

export function jwe(header: Header, plain: string, to: KeyObject): string {
  const once = generateKeyPairSync("x25519");
  const epk = { kty: "OKP", crv: "X25519", x: raw(once.publicKey) };
  const head = base64url(JSON.stringify({ alg: "ECDH-ES+A256KW", enc: "A256GCM", ...header, epk }));
  const secret = diffieHellman({ privateKey: once.privateKey, publicKey: to });
  const key = randomBytes(32);
  const wrap = createCipheriv("id-aes256-wrap", wrappingKey(secret), wrapIv);
  const wrapped = Buffer.concat([wrap.update(key), wrap.final()]);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(head));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return [head, ...[wrapped, iv, sealed, cipher.getAuthTag()].map(base64url)].join(".");
}

/** What was encrypted to us; throws `NOT_OPENED` for whatever else it is. */
export function openJwe(text: string, own: KeyObject): { header: Header; plain: string } {
  const refuse = new WireError("NOT_OPENED");
  const parts = text.split(".");
  const [head, wrapped, iv, sealed, tag] = parts;
  if (parts.length !== 5 || !head || !wrapped || !iv || sealed === undefined || !tag) throw refuse;
  const header = parse(fromBase64url(head, refuse.code), refuse.code) as Header;
  if (header["alg"] !== "ECDH-ES+A256KW" || header["enc"] !== "A256GCM") throw refuse;
  try {
    const epk = header["epk"] as { x: string };
    const secret = diffieHellman({ privateKey: own, publicKey: keyFrom(epk.x, "X25519") });
    const unwrap = createDecipheriv("id-aes256-wrap", wrappingKey(secret), wrapIv);
    const key = Buffer.concat([unwrap.update(fromBase64url(wrapped, refuse.code)), unwrap.final()]);
    const opener = createDecipheriv("aes-256-gcm", key, fromBase64url(iv, refuse.code));
    opener.setAAD(Buffer.from(head)).setAuthTag(fromBase64url(tag, refuse.code));
    const plain = Buffer.concat([opener.update(fromBase64url(sealed, refuse.code)), opener.final()]);
    return { header, plain: plain.toString("utf8") };
  } catch {
    throw refuse;
  }
}
