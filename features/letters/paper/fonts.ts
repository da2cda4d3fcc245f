// The Noto fonts that ship with Simpul, taken in when a character needs them, and shaped by HarfBuzz as their scripts demand.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Blob, Buffer as Run, ClusterLevel, Face as HbFace, Font, shape } from "harfbuzzjs";
import { LettersError } from "../contract.ts";
import { openWoff, writeFont, type Tables } from "./woff.ts";

export type Weight = 400 | 700;

export interface Face {
  /** Its name in the paper, e.g. `noto-sans-khmer-khmer-700`. */
  key: string;
  tables: Tables;
  font: Font;
  unitsPerEm: number;
  /** How high and how deep it reaches, in parts of its size. */
  ascent: number;
  descent: number;
}

export interface Glyph {
  id: number;
  /** In parts of the size: where it stands against the pen, and how far the pen goes on. */
  dx: number;
  dy: number;
  advance: number;
  /** What it stands for; empty where an earlier glyph of its cluster says it. */
  text: string;
}

/** Text of one font, shaped. */
export interface Shaped {
  face: Face;
  text: string;
  glyphs: Glyph[];
  /** In parts of the size. */
  width: number;
}

// In this order: a character that several hold is taken from the first.
const families = [
  "noto-sans",
  "noto-sans-khmer",
  "noto-sans-myanmar",
  "noto-sans-thai",
  "noto-sans-lao",
  "noto-sans-tamil",
  "noto-sans-sc",
];
const require = createRequire(import.meta.url);

interface Subset {
  file: string;
  ranges: [number, number][];
}
const subsets = new Map<string, Subset[]>();

/** `U+0000-00FF,U+0131` as numbers. */
const rangesOf = (text: string): [number, number][] =>
  text.split(",").map((part) => {
    const [from, to] = part.trim().replace(/^U\+/i, "").split("-");
    return [Number.parseInt(from!, 16), Number.parseInt(to ?? from!, 16)];
  });

function subsetsOf(family: string): Subset[] {
  let list = subsets.get(family);
  if (list === undefined) {
    const path = require.resolve(`@fontsource/${family}/unicode.json`);
    const known = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
    list = Object.entries(known).map(([name, ranges]) => ({
      file: `${family}-${name.replaceAll(/[[\]]/g, "")}`,
      ranges: rangesOf(ranges),
    }));
    subsets.set(family, list);
  }
  return list;
}

const faces = new Map<string, Face>();
function faceOf(family: string, subset: Subset, weight: Weight): Face {
  const key = `${subset.file}-${String(weight)}`;
  let face = faces.get(key);
  if (face === undefined) {
    const tables = openWoff(readFileSync(require.resolve(`@fontsource/${family}/files/${key}-normal.woff`)));
    const font = new Font(new HbFace(new Blob(writeFont(tables).buffer)));
    const head = tables.get("head")!;
    const hhea = tables.get("hhea")!;
    const short = (of: Uint8Array, at: number) => new DataView(of.buffer, of.byteOffset).getInt16(at);
    const unitsPerEm = new DataView(head.buffer, head.byteOffset).getUint16(18);
    face = {
      key,
      tables,
      font,
      unitsPerEm,
      ascent: short(hhea, 4) / unitsPerEm,
      descent: -short(hhea, 6) / unitsPerEm,
    };
    faces.set(key, face);
  }
  return face;
}

// Joiners, variation selectors and soft breaks have no shape of their own.
const unseen = (code: number): boolean =>
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0xfe00 && code <= 0xfe0f) ||
  code === 0xad ||
  code === 0xfeff;
const covers = (face: Face, codes: readonly number[]): boolean =>
  codes.every((code) => unseen(code) || face.font.nominalGlyph(code) !== undefined);

function find(codes: readonly number[], weight: Weight): Face | null {
  const first = codes.find((code) => !unseen(code)) ?? 0x20;
  for (const family of families)
    for (const subset of subsetsOf(family))
      if (subset.ranges.some(([from, to]) => first >= from && first <= to)) {
        const face = faceOf(family, subset, weight);
        if (covers(face, codes)) return face;
      }
  return null;
}

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * Text as runs of one font each; a run goes on as long as its font holds what follows. Throws `CHARACTER_MISSING` with
 * the character that no font of ours can write.
 */
export function runsOf(text: string, weight: Weight): { face: Face; text: string }[] {
  const runs: { face: Face; text: string }[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const codes = Array.from(segment, (one) => one.codePointAt(0)!);
    const last = runs.at(-1);
    if (last !== undefined && covers(last.face, codes)) {
      last.text += segment;
      continue;
    }
    const face = find(codes, weight);
    if (face === null)
      throw new LettersError("CHARACTER_MISSING", {
        character: segment.slice(0, 20),
        code: codes.map((code) => `U+${code.toString(16).toUpperCase().padStart(4, "0")}`).join(" "),
      });
    runs.push({ face, text: segment });
  }
  return runs;
}

/** Shapes text of any scripts, run by run. Throws `CHARACTER_MISSING`. */
export function shapeText(text: string, weight: Weight, language: string): Shaped[] {
  return runsOf(text.normalize("NFC").replaceAll("\t", "  "), weight).map(({ face, text: part }) => {
    const run = new Run();
    run.addText(part);
    run.guessSegmentProperties();
    run.setLanguage(language);
    run.setClusterLevel(ClusterLevel.MONOTONE_GRAPHEMES);
    shape(face.font, run);
    const infos = run.getGlyphInfos();
    const positions = run.getGlyphPositions();
    const starts = [...new Set(infos.map((one) => one.cluster))].toSorted((a, b) => a - b);
    const glyphs = infos.map((info, index): Glyph => {
      const { xAdvance, xOffset, yOffset } = positions[index]!;
      const first = infos.findIndex((one) => one.cluster === info.cluster) === index;
      const next = starts[starts.indexOf(info.cluster) + 1] ?? part.length;
      return {
        id: info.codepoint,
        dx: xOffset / face.unitsPerEm,
        dy: yOffset / face.unitsPerEm,
        advance: xAdvance / face.unitsPerEm,
        text: first ? part.slice(info.cluster, next) : "",
      };
    });
    return { face, text: part, glyphs, width: glyphs.reduce((sum, one) => sum + one.advance, 0) };
  });
}
