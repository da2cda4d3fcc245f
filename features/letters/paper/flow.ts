// Filling pages from top to bottom: paragraphs, headings that stay with what follows, lines for the pen; A4 with margins.
import { LettersError } from "../contract.ts";
import { wrap, type Line } from "./lines.ts";
import type { Mark, Piece, Role, Sheet } from "./marks.ts";
import type { Weight } from "./fonts.ts";

export const page = { width: 595.28, height: 841.89, left: 56, right: 56, top: 64, bottom: 64 } as const;
export const mostPages = 40;
export const textWidth = page.width - page.left - page.right;

export interface Style {
  size: number;
  weight: Weight;
  /** BCP 47, for shaping and for breaking lines. */
  language: string;
  grey: number;
  /** From the left margin. */
  indent: number;
  /** Beneath it. */
  after: number;
  /** Room that must be left beneath it on the page, so that it does not stand alone. */
  keep: number;
  width: number;
  /** What it is to whoever hears it read. */
  role: Role;
}
const usual: Style = {
  size: 10,
  weight: 400,
  language: "en",
  grey: 0,
  indent: 0,
  after: 3,
  keep: 0,
  width: textWidth,
  role: "P",
};

/** How high a line is: scripts with marks above and below take what their font says they need. */
const leading = (line: Line, size: number): number =>
  Math.max(1.32, (line.ascent + line.descent) * 0.98) * size;

export class Flow {
  readonly sheets: Sheet[] = [];
  private y = 0;
  constructor() {
    this.turn();
  }
  private get sheet(): Sheet {
    return this.sheets.at(-1)!;
  }
  get at(): number {
    return this.y;
  }
  set at(value: number) {
    this.y = value;
  }
  /** Throws `LETTER_TOO_LONG` at once, however much is still to be written. */
  turn(): void {
    if (this.sheets.length === mostPages) throw new LettersError("LETTER_TOO_LONG", { most: mostPages });
    this.sheets.push({ width: page.width, height: page.height, marks: [] });
    this.y = page.top;
  }
  put(mark: Mark): void {
    this.sheet.marks.push(mark);
  }
  gap(points: number): void {
    this.y += points;
  }
  /** Begins a new page unless this much room is left. */
  room(points: number): void {
    if (this.y + points > page.height - page.bottom) this.turn();
  }
  /** Text from here on; what does not fit goes on over the page. Throws `CHARACTER_MISSING`. */
  text(text: string, style: Partial<Style> = {}): void {
    const { size, weight, language, grey, indent, after, keep, width, role } = { ...usual, ...style };
    const piece: Piece = { role, language };
    const lines = wrap(text, { width: (width - indent) / size, weight, language });
    for (const [index, line] of lines.entries()) {
      const high = leading(line, size);
      this.room(high + (index === lines.length - 1 ? keep : 0));
      this.line(line, { x: page.left + indent, size, grey, high, piece });
    }
    this.y += after;
  }
  private line(
    line: Line,
    { x, size, grey, high, piece }: { x: number; size: number; grey: number; high: number; piece: Piece },
  ): void {
    const slack = high - (line.ascent + line.descent) * size;
    const base = this.y + slack / 2 + line.ascent * size;
    let pen = x;
    for (const run of line.runs) {
      this.put({ kind: "text", x: pen, y: base, size, grey, run, piece });
      pen += run.width * size;
    }
    this.y += high;
  }
  /** An empty box to tick, its upper left corner `from` the margin, at a height of the page. */
  box(from: number, top: number, side: number): void {
    const [x, line] = [page.left + from, 0.7];
    const edges: [number, number, number, number][] = [
      [x, top, side, line],
      [x, top + side - line, side, line],
      [x, top, line, side],
      [x + side - line, top, line, side],
    ];
    for (const [left, y, width, height] of edges)
      this.put({ kind: "box", x: left, y, width, height, grey: 0.2 });
  }
  /** A thin line across, e.g. for the pen. */
  rule(from: number, width: number, grey = 0.6): void {
    this.put({ kind: "box", x: page.left + from, y: this.y, width, height: 0.6, grey });
  }
}

/** One line at a place of its own on a finished page, e.g. its foot. */
export function stamp(
  sheet: Sheet,
  text: string,
  at: { x: number; y: number; size: number; language: string; weight?: Weight; grey?: number },
): number {
  const [line] = wrap(text, { width: 1e6, weight: at.weight ?? 400, language: at.language });
  let pen = at.x;
  for (const run of line!.runs) {
    sheet.marks.push({ kind: "text", x: pen, y: at.y, size: at.size, grey: at.grey ?? 0, run });
    pen += run.width * at.size;
  }
  return pen - at.x;
}
