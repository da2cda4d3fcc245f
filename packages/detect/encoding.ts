// How a text file is encoded, judged from its first bytes; the decoding itself is the caller's.

export const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-874", "gb18030", "windows-1252"] as const;
/** Labels of the WHATWG Encoding Standard, as `TextDecoder` takes them. TIS-620 is the beginning of windows-874. */
export type EncodingLabel = (typeof encodings)[number];

function marked(bytes: Uint8Array): EncodingLabel | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}

/** True when every sequence is well formed (RFC 3629); one cut off by the end of the sample is forgiven. */
function wellFormed(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at]!;
    const size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (size === 0) return false;
    for (let i = 1; i < size; i++) {
      const next = bytes[at + i];
      if (next === undefined) return true;
      if ((next & 0xc0) !== 0x80) return false;
    }
    at += size;
  }
  return true;
}

/** Half of the bytes of UTF-16 text in Latin letters are zero, all on one side. */
function wide(bytes: Uint8Array): EncodingLabel | null {
  const zeros = [0, 0];
  for (const [i, byte] of bytes.entries()) if (byte === 0) zeros[i % 2]!++;
  const enough = bytes.length / 8;
  if (zeros[1]! > enough && zeros[0]! < zeros[1]! / 8) return "utf-16le";
  return zeros[0]! > enough && zeros[1]! < zeros[0]! / 8 ? "utf-16be" : null;
}

/**
 * The likeliest encoding of a file that begins with these bytes (64 kB are plenty). UTF-8 unless the bytes forbid it;
 * then UTF-16, Thai in TIS-620, Chinese in GB 18030, and Windows Latin as what any bytes can be.
 */
export function guessEncoding(sample: Uint8Array): EncodingLabel {
  const bytes = sample.subarray(0, 65_536);
  const mark = marked(bytes);
  if (mark) return mark;
  const wideLabel = wide(bytes);
  if (wideLabel) return wideLabel;
  if (wellFormed(bytes)) return "utf-8";
  let high = 0;
  let thai = 0;
  let pairs = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte < 0x80) continue;
    high++;
    // 0xA1-0xDA consonants and vowels, 0xDF-0xFB marks and digits; Thai words are runs of them.
    if ((byte >= 0xa1 && byte <= 0xda) || (byte >= 0xdf && byte <= 0xfb)) thai++;
    // GB 2312 level 1 characters, the common ones: B0-D7 followed by A1-FE.
    if (byte >= 0xb0 && byte <= 0xd7 && bytes[at + 1]! >= 0xa1 && bytes[at + 1]! <= 0xfe) {
      pairs++;
      at++;
      high++;
      if ((bytes[at]! >= 0xa1 && bytes[at]! <= 0xda) || (bytes[at]! >= 0xdf && bytes[at]! <= 0xfb)) thai++;
    }
  }
  if (high > 0 && thai / high > 0.95 && thaiMarks(bytes) > high / 12) return "windows-874";
  if (high > 0 && (pairs * 2) / high > 0.6) return "gb18030";
  return high > 0 && thai / high > 0.95 && high > bytes.length / 3 ? "windows-874" : "windows-1252";
}

/** Vowels and tones that stand above or below: one in four Thai letters, and never two rows of them. */
function thaiMarks(bytes: Uint8Array): number {
  let count = 0;
  for (const [i, byte] of bytes.entries()) {
    const mark = byte === 0xd1 || (byte >= 0xd4 && byte <= 0xda) || (byte >= 0xe7 && byte <= 0xec);
    const base = bytes[i - 1] ?? 0;
    if (mark && base >= 0xa1 && base <= 0xec) count++;
  }
  return count;
}
