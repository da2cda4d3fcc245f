// The number by which somebody finds the answer without an account, and what it opens. The node keeps no number:
// it is computed from what the form carried, and the key that it opens from the number and a secret outside the database.
import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt } from "node:crypto";

/** What stands for a number in the database (16 bytes that tell nothing), and the key of its replies (32 bytes). */
export interface ReplyKeys {
  tag: Buffer;
  key: Buffer;
}

/** Twelve digits for a form that was given out; the same form has the same number, so that sending twice changes nothing. */
export function numberOf(secret: Uint8Array, once: string): string {
  const mac = createHmac("sha256", secret).update(`number\n${once}`).digest();
  return String(mac.readBigUInt64BE(0) % 1_000_000_000_000n).padStart(12, "0");
}

// 2^15 makes a guess cost some 100 ms and 32 MB; one at a time is computed, so guessing all twelve digits takes ages.
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
let last: Promise<unknown> = Promise.resolve();
let waiting = 0;
const mostWaiting = 40;

/** Null when too many wait already. */
export function replyKeys(secret: Uint8Array, number: string): Promise<ReplyKeys> | null {
  if (waiting >= mostWaiting) return null;
  waiting += 1;
  const made = last.then(
    () =>
      new Promise<ReplyKeys>((resolve, reject) =>
        scrypt(number, createHmac("sha256", secret).update("replies").digest(), 48, cost, (fault, bytes) => {
          if (fault === null) resolve({ tag: bytes.subarray(0, 16), key: bytes.subarray(16) });
          else reject(fault);
        }),
      ),
  );
  last = made.catch(() => undefined).finally(() => (waiting -= 1));
  return made;
}

/** What stands behind a number: that it arrived, that it was read, an answer. */
export interface Reply {
  kind: "arrived" | "read" | "answer";
  text: string;
  /** Its day (`2031-04-17`), UTC. */
  day: string;
}

/** All replies have the same sizes by steps, so that their length tells nothing. */
const step = 1024;

export function sealReply(keys: ReplyKeys, reply: Reply): Buffer {
  const plain = Buffer.from(JSON.stringify(reply));
  const padded = Buffer.alloc(Math.ceil((plain.length + 1) / step) * step, 0x20);
  plain.copy(padded);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keys.key, iv).setAAD(keys.tag);
  const body = Buffer.concat([cipher.update(padded), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]);
}

/** Throws when it was changed, or is another number's. */
export function openReply(keys: ReplyKeys, sealed: Uint8Array): Reply {
  const all = Buffer.from(sealed);
  const decipher = createDecipheriv("aes-256-gcm", keys.key, all.subarray(0, 12))
    .setAAD(keys.tag)
    .setAuthTag(all.subarray(-16));
  const padded = Buffer.concat([decipher.update(all.subarray(12, -16)), decipher.final()]);
  return JSON.parse(padded.toString("utf8")) as Reply;
}
