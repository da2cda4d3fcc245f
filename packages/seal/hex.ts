// Reading hex.
import { SealError } from "./errors.ts";

/** Reads lower-case hex; throws `NOT_HEX`. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) throw new SealError("NOT_HEX", text.slice(0, 40));
  return Uint8Array.from({ length: text.length / 2 }, (_, i) =>
    Number.parseInt(text.slice(2 * i, 2 * i + 2), 16),
  );
}
