// Writing a PDF 1.7 file of finished pages: fonts with the glyphs in use, text that can be searched, copied and read aloud.
import type { Face, Glyph } from "./fonts.ts";
import type { Mark, Piece, Sheet } from "./marks.ts";
import { literal, Objects } from "./objects.ts";
import { Tags } from "./tags.ts";
import { keepGlyphs } from "./woff.ts";

export interface About {
  title: string;
  author: string;
  /** Of most of the text, e.g. `my`. */
  language: string;
  at: Date;
}

/** The same pages give the same bytes. */
export function writePdf(sheets: readonly Sheet[], about: About): Uint8Array<ArrayBuffer> {
  const out = new Objects();
  const fonts = new Map<string, InUse>();
  for (const mark of sheets.flatMap((sheet) => sheet.marks)) if (mark.kind === "text") note(fonts, mark);
  const catalog = out.reserve();
  const pages = out.reserve();
  const names = [...fonts.values()].map((one) => `/${one.name} ${String(embed(out, one))} 0 R`).join(" ");
  const tags = new Tags(out);
  const kids = sheets.map((sheet, at) => {
    const own = out.reserve();
    const content = out.stream(contentOf(sheet, fonts, tags.of(own)));
    out.put(
      own,
      `<</Type/Page/Parent ${String(pages)} 0 R/StructParents ${String(at)}/Tabs/S/MediaBox[0 0 ${num(sheet.width)} ${num(sheet.height)}]` +
        `/Resources<</Font<<${names}>>>>/Contents ${String(content)} 0 R>>`,
    );
    return own;
  });
  const tree = tags.end();
  out.put(
    pages,
    `<</Type/Pages/Count ${String(kids.length)}/Kids[${kids.map((one) => `${String(one)} 0 R`).join(" ")}]>>`,
  );
  out.put(
    catalog,
    `<</Type/Catalog/Pages ${String(pages)} 0 R/Lang ${literal(about.language)}` +
      `/MarkInfo<</Marked true>>/StructTreeRoot ${String(tree)} 0 R/ViewerPreferences<</DisplayDocTitle true>>>>`,
  );
  const stamp = `D:${about.at.toISOString().replaceAll(/[-:T]/g, "").slice(0, 14)}Z`;
  const info = out.add(
    `<</Title ${words(about.title)}/Author ${words(about.author)}/Producer(Simpul)/CreationDate(${stamp})>>`,
  );
  return out.file(catalog, info);
}

interface InUse {
  name: string;
  face: Face;
  /**
   * A glyph with the text it stands for has a code of its own, from 1: in these scripts the same shape is part of many
   * clusters, and a reader that copies or searches must find the letters as they were written.
   */
  codes: Map<string, { code: number; glyph: Glyph }>;
}
const keyOf = (glyph: Glyph): string => `${String(glyph.id)} ${glyph.text}`;

function note(fonts: Map<string, InUse>, { run }: Extract<Mark, { kind: "text" }>): void {
  let one = fonts.get(run.face.key);
  if (one === undefined) {
    one = { name: `F${String(fonts.size + 1)}`, face: run.face, codes: new Map() };
    fonts.set(run.face.key, one);
  }
  for (const glyph of run.glyphs)
    if (!one.codes.has(keyOf(glyph))) one.codes.set(keyOf(glyph), { code: one.codes.size + 1, glyph });
}

const num = (value: number): string => String(Math.round(value * 1000) / 1000);
const hex4 = (value: number): string => value.toString(16).padStart(4, "0").toUpperCase();
const utf16 = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => hex4(text.charCodeAt(at))).join("");
const words = (text: string): string => `<FEFF${utf16(text)}>`;

function contentOf(
  sheet: Sheet,
  fonts: ReadonlyMap<string, InUse>,
  tagged: (piece: Piece) => string,
): Buffer {
  const parts: string[] = [];
  // Marks of one piece that follow each other are one sequence; what is no part of the text is said to be none.
  let inside: Piece | "edge" | null = null;
  const enter = (next: Piece | "edge"): void => {
    if (next === inside) return;
    if (inside !== null) parts.push("EMC");
    parts.push(next === "edge" ? "/Artifact BMC" : tagged(next));
    inside = next;
  };
  for (const mark of sheet.marks) {
    enter((mark.kind === "text" ? mark.piece : undefined) ?? "edge");
    if (mark.kind === "box") {
      const y = sheet.height - mark.y - mark.height;
      parts.push(`${num(mark.grey)} g ${num(mark.x)} ${num(y)} ${num(mark.width)} ${num(mark.height)} re f`);
      continue;
    }
    const { run, size } = mark;
    const { name, codes } = fonts.get(run.face.key)!;
    parts.push(`/Span<</ActualText ${words(run.text)}>>BDC BT ${num(mark.grey)} g /${name} ${num(size)} Tf`);
    let pen = mark.x;
    for (const glyph of run.glyphs) {
      const x = pen + glyph.dx * size;
      const y = sheet.height - mark.y + glyph.dy * size;
      parts.push(`1 0 0 1 ${num(x)} ${num(y)} Tm <${hex4(codes.get(keyOf(glyph))!.code)}> Tj`);
      pen += glyph.advance * size;
    }
    parts.push("ET EMC");
  }
  if (sheet.marks.length > 0) parts.push("EMC");
  return Buffer.from(parts.join("\n"), "latin1");
}

function embed(out: Objects, { face, codes }: InUse): number {
  const used = [...codes.values()];
  const table = (tag: string): DataView => {
    const bytes = face.tables.get(tag)!;
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const parts = 1000 / face.unitsPerEm;
  const head = table("head");
  const box = [36, 38, 40, 42].map((at) => Math.round(head.getInt16(at) * parts)).join(" ");
  const file = out.stream(
    Buffer.from(
      keepGlyphs(
        face.tables,
        used.map(({ glyph }) => glyph.id),
      ),
    ),
    true,
  );
  const name = `SIMPUL+${face.key}`;
  const descriptor = out.add(
    `<</Type/FontDescriptor/FontName/${name}/Flags 4/FontBBox[${box}]/ItalicAngle 0/Ascent ${num(face.ascent * 1000)}` +
      `/Descent ${num(-face.descent * 1000)}/CapHeight 714/StemV 80/FontFile2 ${String(file)} 0 R>>`,
  );
  const widths = used
    .map(({ glyph }) => String(Math.round(face.font.glyphHAdvance(glyph.id) * parts)))
    .join(" ");
  const glyphOf = Buffer.alloc((used.length + 1) * 2);
  for (const { code, glyph } of used) glyphOf.writeUInt16BE(glyph.id, code * 2);
  const map = out.stream(glyphOf);
  const cid = out.add(
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>` +
      `/FontDescriptor ${String(descriptor)} 0 R/CIDToGIDMap ${String(map)} 0 R/DW 0/W[1[${widths}]]>>`,
  );
  const unicode = out.stream(toUnicode(used));
  return out.add(
    `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H/DescendantFonts[${String(cid)} 0 R]` +
      `/ToUnicode ${String(unicode)} 0 R>>`,
  );
}

/** ISO 32000-1, 9.10.3: from codes back to text, at most a hundred to a block. */
function toUnicode(used: readonly { code: number; glyph: Glyph }[]): Buffer {
  const blocks: string[] = [];
  for (let at = 0; at < used.length; at += 100) {
    const some = used.slice(at, at + 100);
    const lines = some
      .map(({ code, glyph }) => `<${hex4(code)}> <${glyph.text === "" ? "200B" : utf16(glyph.text)}>`)
      .join("\n");
    blocks.push(`${String(some.length)} beginbfchar\n${lines}\nendbfchar`);
  }
  return Buffer.from(
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Simpul def /CMapType 2 def\n" +
      `1 begincodespacerange <0000> <FFFF> endcodespacerange\n${blocks.join("\n")}\n` +
      "endcmap CMapName currentdict /CMap defineresource pop end end",
    "latin1",
  );
}
