// What stands on a page: shaped text at a place, filled rectangles, in points from the top left; and a page as a picture.
import type { Shaped } from "./fonts.ts";

/** What a piece of text is to whoever hears it read: a heading of some depth, or a paragraph. */
export type Role = "H1" | "H2" | "P";
/** One piece of the text from its first line to its last, also over the page; marks of one piece share it. */
export interface Piece {
  role: Role;
  /** BCP 47; `und` where it is of no language, as a name. */
  language: string;
}

export type Mark =
  /** Without its piece it is no part of the text: a page's number, an edge. */
  | { kind: "text"; x: number; y: number; size: number; grey: number; run: Shaped; piece?: Piece }
  | { kind: "box"; x: number; y: number; width: number; height: number; grey: number };

export interface Sheet {
  width: number;
  height: number;
  marks: Mark[];
}

const short = (value: number): string => String(Math.round(value * 100) / 100);
const tone = (grey: number): string => {
  const part = Math.round(grey * 255)
    .toString(16)
    .padStart(2, "0");
  return `#${part}${part}${part}`;
};

/** The same page as SVG, glyph by glyph as the PDF draws it: a preview that needs no reader of PDF. */
export function svgOf({ width, height, marks }: Sheet): string {
  const shapes = new Map<string, { name: string; path: string }>();
  const drawn: string[] = [];
  for (const mark of marks) {
    if (mark.kind === "box") {
      const { x, y, width: wide, height: high } = mark;
      drawn.push(
        `<path fill="${tone(mark.grey)}" d="M${short(x)} ${short(y)}h${short(wide)}v${short(high)}h${short(-wide)}z"/>`,
      );
      continue;
    }
    const { face, glyphs } = mark.run;
    const scale = mark.size / face.unitsPerEm;
    let pen = mark.x;
    for (const glyph of glyphs) {
      const key = `${face.key} ${String(glyph.id)}`;
      let shape = shapes.get(key);
      if (shape === undefined) {
        shape = { name: `g${String(shapes.size)}`, path: face.font.glyphToPath(glyph.id) };
        shapes.set(key, shape);
      }
      if (shape.path !== "") {
        const x = short(pen + glyph.dx * mark.size);
        const y = short(mark.y - glyph.dy * mark.size);
        const by = String(Math.round(scale * 1e6) / 1e6);
        drawn.push(
          `<use href="#${shape.name}" fill="${tone(mark.grey)}" transform="translate(${x} ${y}) scale(${by} -${by})"/>`,
        );
      }
      pen += glyph.advance * mark.size;
    }
  }
  const defs = [...shapes.values()].filter(({ path }) => path !== "");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${short(width)} ${short(height)}" ` +
    `width="${short(width)}" height="${short(height)}"><rect width="100%" height="100%" fill="#fff"/><defs>` +
    `${defs.map(({ name, path }) => `<path id="${name}" d="${path}"/>`).join("")}</defs>${drawn.join("")}</svg>`
  );
}
