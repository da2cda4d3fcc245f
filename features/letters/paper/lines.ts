// Breaking text into lines that fit: at spaces, and in scripts without spaces between the words that the dictionary knows.
import { shapeText, type Shaped, type Weight } from "./fonts.ts";

export interface Line {
  runs: Shaped[];
  /** In parts of the size. */
  width: number;
  ascent: number;
  descent: number;
}

// What may not begin a line, and what may not end one: closing and opening marks of the region's scripts.
const closing = /^[\s.,:;!?%)\]}»”’…၊။៖។៕ៗฯๆຯໆ、。，！？；：）」』】›-]/u;
const opening = /[(\[{«“‘（「『【‹]$/u;

const segmenters = new Map<string, Intl.Segmenter>();
function segmenter(language: string): Intl.Segmenter {
  let one = segmenters.get(language);
  if (one === undefined) {
    one = new Intl.Segmenter(language, { granularity: "word" });
    segmenters.set(language, one);
  }
  return one;
}

const spaced = /[\p{Script=Latin}\p{N}@/_.:+&=?#'’-]$/u;

/** The smallest pieces between which a line may end; together they are the text. */
export function piecesOf(text: string, language: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of segmenter(language).segment(text)) {
    const last = pieces.at(-1);
    // Between Latin letters, digits and their signs only a space or a hyphen ends a word.
    const joined =
      last !== undefined &&
      (closing.test(segment) ||
        opening.test(last) ||
        (spaced.test(last) && !last.endsWith("-") && /^[\p{Script=Latin}\p{N}@/_.:+&=?#'’]/u.test(segment)));
    if (joined) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** Lines of at most `width` (in parts of the size). A word longer than a line is cut between its characters. */
export function wrap(text: string, { width, weight, language }: Setting): Line[] {
  return text
    .normalize("NFC")
    .split(/\r\n?|\n|\u2028|\u2029/)
    .flatMap((paragraph) => wrapOne(paragraph, { width, weight, language }));
}

export interface Setting {
  width: number;
  weight: Weight;
  language: string;
}

const widthOf = (runs: readonly Shaped[]): number => runs.reduce((sum, one) => sum + one.width, 0);

function wrapOne(text: string, { width, weight, language }: Setting): Line[] {
  // Words come again; each is measured once.
  const known = new Map<string, number>();
  const measure = (part: string): number => {
    let wide = known.get(part);
    if (wide === undefined) {
      wide = widthOf(shapeText(part, weight, language));
      known.set(part, wide);
    }
    return wide;
  };
  const texts: string[] = [];
  let line = "";
  let used = 0;
  const flush = (): void => {
    texts.push(line.trimEnd());
    line = "";
    used = 0;
  };
  const add = (piece: string): void => {
    // A space at the end of a line hangs over and takes no room.
    const room = measure(piece.trimEnd());
    if (line !== "" && used + room > width) flush();
    if (line === "" && texts.length > 0 && piece.trim() === "") return;
    if (room <= width) {
      line += piece;
      used += measure(piece);
      return;
    }
    for (const { segment } of graphemes.segment(piece)) {
      const one = measure(segment);
      if (line !== "" && used + one > width) flush();
      line += segment;
      used += one;
    }
  };
  for (const piece of piecesOf(text, language)) add(piece);
  if (line !== "" || texts.length === 0) flush();
  return texts.map((one) => {
    const runs = shapeText(one === "" ? " " : one, weight, language);
    return {
      runs,
      width: widthOf(runs),
      ascent: Math.max(...runs.map((run) => run.face.ascent)),
      descent: Math.max(...runs.map((run) => run.face.descent)),
    };
  });
}
