// The code on a wristband: random letters that say nothing, with a letter that catches a slip of the hand.
import type { Random } from "./clock.ts";
import { ModelError } from "./errors.ts";
import { Id } from "./ids.ts";

declare const wristband: unique symbol;
/** Twelve signs, e.g. `7F3K9Q2M4TXD`: 55 random bits and a check sign; printed in groups of four. */
export type Wristband = string & { readonly [wristband]: true };

// Crockford's base 32: no I, L, O, U, so that nothing is misread or spells a word.
const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const before = "SIMPUL:";

/** Luhn's check over 32 signs (Luhn mod N): finds every wrong sign and nearly every swap of neighbours. */
function checkOf(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const value = signs.indexOf(body[body.length - 1 - i]!) * (i % 2 === 0 ? 2 : 1);
    sum += Math.floor(value / 32) + (value % 32);
  }
  return signs[(32 - (sum % 32)) % 32]!;
}

export const Wristband = {
  make(random: Random): Wristband {
    const bytes = random.bytes(11);
    const body = Array.from(bytes, (byte) => signs[byte % 32]!).join("");
    return (body + checkOf(body)) as Wristband;
  },
  /** Reads what was scanned or typed: lower case, spaces, dashes, O for 0, I and L for 1. Throws `NOT_A_WRISTBAND`. */
  parse(text: string): Wristband {
    const plain = text
      .slice(0, 60)
      .toUpperCase()
      .replace(before, "")
      .replaceAll(/[\s-]/g, "")
      .replaceAll("O", "0")
      .replaceAll(/[IL]/g, "1");
    if (/^[0-9A-HJKMNP-TV-Z]{12}$/.test(plain) && checkOf(plain.slice(0, 11)) === plain[11])
      return plain as Wristband;
    throw new ModelError("NOT_A_WRISTBAND", String(text.length));
  },
  print: (code: Wristband): string => `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`,
  /**
   * The person who wears it, as an id that says nothing (UUIDv8 of a hash): whoever scans the same wristband, on
   * whichever phone and without a line, speaks of the same person.
   */
  async person(
    code: Wristband,
    sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>,
  ): Promise<Id> {
    const bytes = new Uint8Array(await sha256(new TextEncoder().encode(`simpul-wristband/1 ${code}`)));
    bytes[6] = (bytes[6]! & 0x0f) | 0x80;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const hex = Array.from(bytes.subarray(0, 16), (one) => one.toString(16).padStart(2, "0")).join("");
    return Id.parse(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"));
  },
  /** What the QR sign on it says: no address, so that a strange camera has nowhere to go. */
  sign: (code: Wristband): string => before + code,
};
