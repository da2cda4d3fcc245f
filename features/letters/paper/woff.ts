// Opening a font file of the web (WOFF 1.0) into its tables, and writing back a small TrueType font with the glyphs that were used.
import { inflateSync } from "node:zlib";

export type Tables = Map<string, Uint8Array>;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const tagOf = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

/** The tables of a WOFF file (W3C WOFF 1.0, section 5). Throws where it is none. */
export function openWoff(file: Uint8Array): Tables {
  const head = view(file);
  if (file.length < 44 || tagOf(file, 0) !== "wOFF") throw new Error("not a WOFF font");
  const tables: Tables = new Map();
  for (let index = 0; index < head.getUint16(12); index++) {
    const entry = 44 + index * 20;
    const [offset, packed, plain] = [4, 8, 12].map((at) => head.getUint32(entry + at)) as [
      number,
      number,
      number,
    ];
    const bytes = file.subarray(offset, offset + packed);
    tables.set(tagOf(file, entry), packed < plain ? inflateSync(bytes) : bytes);
  }
  return tables;
}

/** A TrueType file of these tables, in the order of their names (OpenType 1.9, "Organization of an OpenType Font"). */
export function writeFont(tables: Tables): Uint8Array<ArrayBuffer> {
  const list = [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const size = list.reduce((sum, [, bytes]) => sum + ((bytes.length + 3) & ~3), 12 + 16 * list.length);
  const out = new Uint8Array(size);
  const to = view(out);
  const power = Math.floor(Math.log2(list.length));
  to.setUint32(0, 0x00010000);
  to.setUint16(4, list.length);
  to.setUint16(6, 2 ** power * 16);
  to.setUint16(8, power);
  to.setUint16(10, (list.length - 2 ** power) * 16);
  let at = 12 + 16 * list.length;
  for (const [index, [tag, bytes]] of list.entries()) {
    const entry = 12 + index * 16;
    for (let byte = 0; byte < 4; byte++) out[entry + byte] = tag.charCodeAt(byte);
    out.set(bytes, at);
    to.setUint32(entry + 4, checksum(out, at, bytes.length));
    to.setUint32(entry + 8, at);
    to.setUint32(entry + 12, bytes.length);
    at += (bytes.length + 3) & ~3;
  }
  return out;
}

function checksum(bytes: Uint8Array, from: number, length: number): number {
  let sum = 0;
  const words = view(bytes);
  for (let at = from; at < from + length; at += 4) sum = (sum + words.getUint32(at)) >>> 0;
  return sum;
}

// Composite glyphs (OpenType "glyf"): what a component's flags say about its length, and whether another follows.
const wordArguments = 0x0001;
const scale = 0x0008;
const more = 0x0020;
const xyScale = 0x0040;
const twoByTwo = 0x0080;

/** Only what a PDF reader needs, and only the outlines of these glyphs; their numbers stay as they were. */
export function keepGlyphs(tables: Tables, used: Iterable<number>): Uint8Array<ArrayBuffer> {
  const get = (tag: string): Uint8Array => {
    const bytes = tables.get(tag);
    if (bytes === undefined) throw new Error(`the font has no table ${tag}`);
    return bytes;
  };
  const head = Uint8Array.from(get("head"));
  const loca = view(get("loca"));
  const glyf = get("glyf");
  const count = view(get("maxp")).getUint16(4);
  const long = view(head).getInt16(50) === 1;
  const start = (glyph: number): number => (long ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2);
  const keep = new Set<number>([0]);
  const waiting = [...used];
  for (let glyph = waiting.pop(); glyph !== undefined; glyph = waiting.pop()) {
    if (keep.has(glyph) && glyph !== 0) continue;
    keep.add(glyph);
    waiting.push(...partsOf(glyf.subarray(start(glyph), start(glyph + 1))).filter((one) => !keep.has(one)));
  }
  const pieces: Uint8Array[] = [];
  const places = new Uint8Array((count + 1) * 4);
  let at = 0;
  for (let glyph = 0; glyph < count; glyph++) {
    view(places).setUint32(glyph * 4, at);
    if (!keep.has(glyph)) continue;
    const outline = glyf.subarray(start(glyph), start(glyph + 1));
    const padded = new Uint8Array((outline.length + 3) & ~3);
    padded.set(outline);
    pieces.push(padded);
    at += padded.length;
  }
  view(places).setUint32(count * 4, at);
  view(head).setInt16(50, 1);
  const small: Tables = new Map([
    ["head", head],
    ["loca", places],
    ["glyf", Uint8Array.from(Buffer.concat(pieces))],
  ]);
  for (const tag of ["hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep"]) {
    const bytes = tables.get(tag);
    if (bytes !== undefined) small.set(tag, bytes);
  }
  return writeFont(small);
}

function partsOf(outline: Uint8Array): number[] {
  if (outline.length < 10 || view(outline).getInt16(0) >= 0) return [];
  const parts: number[] = [];
  let at = 10;
  for (;;) {
    const flags = view(outline).getUint16(at);
    parts.push(view(outline).getUint16(at + 2));
    at += 4 + ((flags & wordArguments) === 0 ? 2 : 4);
    if ((flags & scale) !== 0) at += 2;
    else if ((flags & xyScale) !== 0) at += 4;
    else if ((flags & twoByTwo) !== 0) at += 8;
    if ((flags & more) === 0) return parts;
  }
}
