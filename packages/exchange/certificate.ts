// A node's certificate: self-signed and made here, because peers trust the pin of its key and no authority.
import { createHash, sign, X509Certificate, type KeyObject } from "node:crypto";
import { Digest, type NodeCode, type Random } from "@simpul/model";

const sequence = 0x30;

/** One DER value: tag, length, content (X.690 section 8.1). */
function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.of(tag, ...size), body]);
}

/** Object identifiers in their DER content. */
const oid = {
  ed25519: Uint8Array.of(0x2b, 0x65, 0x70),
  commonName: Uint8Array.of(0x55, 0x04, 0x03),
  basicConstraints: Uint8Array.of(0x55, 0x1d, 0x13),
  keyUsage: Uint8Array.of(0x55, 0x1d, 0x0f),
} as const;

/** RFC 5280 section 4.1.2.5: two-digit years until 2049, four digits after. */
function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, "");
  return at.getUTCFullYear() < 2050
    ? der(0x17, Buffer.from(digits.slice(2), "ascii"))
    : der(0x18, Buffer.from(digits, "ascii"));
}

/** A self-signed Ed25519 certificate (RFC 5280, RFC 8410) in PEM, for TLS in both directions. */
export function makeCertificate(given: {
  node: NodeCode;
  privateKey: KeyObject;
  publicKey: KeyObject;
  from: Date;
  until: Date;
  random: Random;
}): string {
  const algorithm = der(sequence, der(0x06, oid.ed25519));
  const name = der(
    sequence,
    der(0x31, der(sequence, der(0x06, oid.commonName), der(0x0c, Buffer.from(`simpul-${given.node}`)))),
  );
  const serial = given.random.bytes(16);
  serial[0] = (serial[0]! & 0x3f) | 0x40;
  const critical = der(0x01, Uint8Array.of(0xff));
  const extensions = der(
    sequence,
    // Not an authority: this key signs nothing but its own hand-shakes.
    der(sequence, der(0x06, oid.basicConstraints), critical, der(0x04, der(sequence))),
    der(sequence, der(0x06, oid.keyUsage), critical, der(0x04, der(0x03, Uint8Array.of(7, 0x80)))),
  );
  const body = der(
    sequence,
    der(0xa0, der(0x02, Uint8Array.of(2))),
    der(0x02, serial),
    algorithm,
    name,
    der(sequence, time(given.from), time(given.until)),
    name,
    given.publicKey.export({ format: "der", type: "spki" }),
    der(0xa3, extensions),
  );
  const signature = der(0x03, Uint8Array.of(0), sign(null, body, given.privateKey));
  const text = der(sequence, body, algorithm, signature)
    .toString("base64")
    .replace(/(.{64})/g, "$1\n")
    .trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
}

/** What peers pin: SHA-256 of the SubjectPublicKeyInfo, so that a certificate can be renewed under the same key. */
export const pinOf = (certificate: X509Certificate | string): Digest => {
  const read = typeof certificate === "string" ? new X509Certificate(certificate) : certificate;
  const spki = read.publicKey.export({ format: "der", type: "spki" });
  return Digest.parse(createHash("sha256").update(spki).digest("hex"));
};
