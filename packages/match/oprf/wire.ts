// Elements and proofs as they travel: packed bytes in base64url, read strictly and within limits.
import { OprfError } from "./errors.ts";
import { batchLimit } from "./suite.ts";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const codes = new Map(Array.from(alphabet, (letter, i) => [letter, i]));

/** RFC 4648 section 5 without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let j = 0; j < Math.min(4, left + 1); j++) text += alphabet[(group >> (18 - 6 * j)) & 63]!;
  }
  return text;
}

/** Throws `BAD_LENGTH` for any text that `toBase64url` would not have written. */
export function fromBase64url(text: string): Uint8Array {
  if (text.length % 4 === 1) throw new OprfError("BAD_LENGTH", "not base64url");
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    let group = 0;
    const letters = Math.min(4, text.length - i);
    for (let j = 0; j < 4; j++) {
      const code = j < letters ? codes.get(text[i + j]!) : 0;
      if (code === undefined) throw new OprfError("BAD_LENGTH", "not base64url");
      group = (group << 6) | code;
    }
    for (let j = 0; j < letters - 1; j++) bytes[at++] = (group >> (16 - 8 * j)) & 0xff;
    // Bits beyond the last byte must be zero, or one value would have several texts.
    const unused = letters === 2 ? 0xffff : letters === 3 ? 0xff : 0;
    if (group & unused) throw new OprfError("BAD_LENGTH", "not base64url");
  }
  return bytes;
}

/** Packed elements, at most `limit` of them; whether each is an element the engine says when it works with it. */
export function readElements(text: string, limit = batchLimit): Uint8Array {
  if (text.length > Math.ceil((limit * 32 * 4) / 3)) throw new OprfError("TOO_MANY", `more than ${limit}`);
  const packed = fromBase64url(text);
  if (packed.length === 0) throw new OprfError("EMPTY", "elements");
  if (packed.length % 32 !== 0) throw new OprfError("BAD_LENGTH", "elements of 32 bytes");
  return packed;
}
