/** A self-signed Ed25519 certificate (section 2, RFC 8410), written out in DER: nothing in it counts but its key. */
import { randomBytes, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** DER (X.690): tag, length, what is inside. */
function der(tag: number, ...inside: Uint8Array[]): Buffer {
  const body = Buffer.concat(inside);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(4, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 + length.length]), length, body]);
}

const sequence = (...inside: Uint8Array[]): Buffer => der(0x30, ...inside);
const ed25519 = sequence(der(0x06, Buffer.from("2b6570", "hex")));

/** X.501: one common name. */
const named = (name: string): Buffer =>
  sequence(der(0x31, sequence(der(0x06, Buffer.from("550403", "hex")), der(0x0c, Buffer.from(name)))));

/** GeneralizedTime, in whole seconds of UTC. */
const instant = (at: Date): Buffer =>
  der(
    0x18,
    Buffer.from(
      `${at
        .toISOString()
        .replace(/\.\d+Z$/, "")
        .replace(/[-:T]/g, "")}Z`,
    ),
  );

/** The certificate in PEM, good from yesterday for ten years. */
export function selfSigned(
  name: string,
  key: { privateKey: KeyObject; publicKey: KeyObject },
  now: Date,
): string {
  const day = 86_400_000;
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ed25519,
    named(name),
    sequence(instant(new Date(now.getTime() - day)), instant(new Date(now.getTime() + 3650 * day))),
    named(name),
    key.publicKey.export({ format: "der", type: "spki" }),
  );
  const signature = sign(null, body, key.privateKey);
  const whole = sequence(body, ed25519, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
