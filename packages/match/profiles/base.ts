// The encodings that wallet addresses use, with their checksums: Base58Check, Bech32, CashAddr, EIP-55, CRC-16.
import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";

const bitcoinAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
export const rippleAlphabet = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/** Base58 to bytes, or null for a letter outside the alphabet. At most 120 letters. */
export function base58(text: string, alphabet = bitcoinAlphabet): Uint8Array | null {
  if (text.length === 0 || text.length > 120) return null;
  const bytes: number[] = [];
  for (const letter of text) {
    let carry = alphabet.indexOf(letter);
    if (carry < 0) return null;
    for (let i = 0; i < bytes.length; i++) {
      carry += bytes[i]! * 58;
      bytes[i] = carry & 0xff;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 0xff);
  }
  for (const letter of text) {
    if (letter !== alphabet[0]) break;
    bytes.push(0);
  }
  return Uint8Array.from(bytes.reverse());
}

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** The payload of a Base58Check text (version and hash), or null when its four check bytes disagree. */
export function base58Check(text: string, alphabet = bitcoinAlphabet): Uint8Array | null {
  const bytes = base58(text, alphabet);
  if (!bytes || bytes.length < 5) return null;
  const payload = bytes.subarray(0, -4);
  return same(sha256(sha256(payload)).subarray(0, 4), bytes.subarray(-4)) ? payload : null;
}

const bech32Letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

function bech32Sum(values: Iterable<number>): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [i, word] of [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].entries())
      if ((top >>> i) & 1) sum ^= word;
  }
  return sum;
}

/** BIP 173 and BIP 350: prefix, five-bit words and which of the two checksums fits; null when neither does. */
export function bech32(text: string): { prefix: string; words: number[]; kind: "bech32" | "bech32m" } | null {
  const lower = text.toLowerCase();
  if ((text !== lower && text !== text.toUpperCase()) || text.length > 130) return null;
  const cut = lower.lastIndexOf("1");
  if (cut < 1 || cut + 7 > lower.length) return null;
  const prefix = lower.slice(0, cut);
  const words = Array.from(lower.slice(cut + 1), (letter) => bech32Letters.indexOf(letter));
  if (words.includes(-1)) return null;
  const codes = Array.from(prefix, (letter) => letter.charCodeAt(0));
  const sum = bech32Sum([...codes.map((c) => c >> 5), 0, ...codes.map((c) => c & 31), ...words]);
  const kind = sum === 1 ? "bech32" : sum === 0x2bc830a3 ? "bech32m" : null;
  return kind ? { prefix, words: words.slice(0, -6), kind } : null;
}

/** Five-bit words to bytes; null when the padding is not zero (BIP 173). */
export function wordsToBytes(words: readonly number[]): Uint8Array | null {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const word of words) {
    held = ((held << 5) | word) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return bits >= 5 || (held & ((1 << bits) - 1)) !== 0 ? null : Uint8Array.from(bytes);
}

/** Bitcoin Cash's address format: 40-bit checksum over `prefix:words`. */
export function cashAddress(prefix: string, text: string): boolean {
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) return false;
  const words = Array.from(text.toLowerCase(), (letter) => bech32Letters.indexOf(letter));
  if (words.includes(-1)) return false;
  let sum = 1n;
  for (const value of [...Array.from(prefix, (letter) => letter.charCodeAt(0) & 31), 0, ...words]) {
    const top = sum >> 35n;
    sum = ((sum & 0x07ffffffffn) << 5n) ^ BigInt(value);
    for (const [i, word] of [
      0x98f2bc8e61n,
      0x79b76d99e2n,
      0xf33e5fb3c4n,
      0xae2eabe2a8n,
      0x1e4f43e470n,
    ].entries())
      if ((top >> BigInt(i)) & 1n) sum ^= word;
  }
  return (sum ^ 1n) === 0n;
}

/** Forty hex digits in the mixed case that EIP-55 prescribes. */
export function eip55(digits: string): string {
  const lower = digits.toLowerCase();
  const hash = keccak_256(Uint8Array.from(lower, (letter) => letter.charCodeAt(0)));
  return Array.from(lower, (letter, i) =>
    ((hash[i >> 1]! >> (i % 2 === 0 ? 4 : 0)) & 15) > 7 ? letter.toUpperCase() : letter,
  ).join("");
}

/** CRC-16/XMODEM, as TON (big-endian) and Stellar (little-endian) append it. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let i = 0; i < 8; i++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}

/** Monero's Base58: blocks of eleven letters for eight bytes, checked by Keccak-256. */
export function moneroBytes(text: string): Uint8Array | null {
  const sizes: Readonly<Record<number, number>> = { 11: 8, 7: 5, 10: 7, 9: 6, 6: 4, 5: 3, 3: 2, 2: 1 };
  const out: number[] = [];
  for (let at = 0; at < text.length; at += 11) {
    const block = text.slice(at, at + 11);
    const size = sizes[block.length];
    let value = 0n;
    for (const letter of block) {
      const digit = bitcoinAlphabet.indexOf(letter);
      if (digit < 0) return null;
      value = value * 58n + BigInt(digit);
    }
    if (size === undefined || value >> BigInt(size * 8) !== 0n) return null;
    for (let i = size - 1; i >= 0; i--) out.push(Number((value >> BigInt(i * 8)) & 0xffn));
  }
  const bytes = Uint8Array.from(out);
  return same(keccak_256(bytes.subarray(0, -4)).subarray(0, 4), bytes.subarray(-4)) ? bytes : null;
}

const letters64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const letters32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Base64 (either alphabet) or base32 to bytes, without padding; null for a foreign letter. */
export function packed(text: string, bits: 5 | 6): Uint8Array | null {
  const alphabet = bits === 6 ? letters64 : letters32;
  const bytes: number[] = [];
  let held = 0;
  let count = 0;
  for (const letter of bits === 6 ? text.replaceAll("+", "-").replaceAll("/", "_") : text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    held = ((held << bits) | value) & 0xffff;
    count += bits;
    if (count >= 8) {
      count -= 8;
      bytes.push((held >> count) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}
