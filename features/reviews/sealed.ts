// What passes between the victim desk and prosecutors: AES-256-GCM under a secret of both, filled to a fixed size.
import { createCipheriv, createDecipheriv } from "node:crypto";
import type { Random } from "@simpul/model";

/** JSON filled with spaces to `bytes`; throws `RangeError` when it does not fit, for a longer one would tell. */
export function sealed(
  random: Random,
  secret: Uint8Array,
  label: string,
  value: unknown,
  bytes: number,
): Buffer {
  const text = Buffer.from(JSON.stringify(value));
  if (text.length > bytes) throw new RangeError(`${label} has ${text.length} bytes`);
  const iv = random.bytes(12);
  const cipher = createCipheriv("aes-256-gcm", secret, iv);
  cipher.setAAD(Buffer.from(label));
  const filled = Buffer.concat([text, Buffer.alloc(bytes - text.length, " ")]);
  return Buffer.concat([iv, cipher.update(filled), cipher.final(), cipher.getAuthTag()]);
}

/** Null when it was not sealed under this secret for this use: a row put in by hand says nothing. */
export function unsealed(secret: Uint8Array, label: string, bytes: Uint8Array): unknown {
  if (bytes.length < 29) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", secret, bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(label));
    decipher.setAuthTag(bytes.subarray(-16));
    const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    return JSON.parse(text.toString());
  } catch {
    return null;
  }
}

export const bookLabel = "simpul/review-book/1";
export const rulingLabel = "simpul/review-ruling/1";
export const rulingBytes = 6144;
