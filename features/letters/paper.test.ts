// The paper: every state can be written to in its language, shaped and broken as its script demands, and read back by search.
import { purposes } from "@simpul/model";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, test } from "vitest";
import { readCodes } from "../cases/codes.ts";
import { readRequestCodes } from "../requests/codes.ts";
import { draft } from "../requests/testing.ts";
import { letterLanguages, type ToWrite } from "./contract.ts";
import { readCorrespondents } from "./correspondents.ts";
import { runsOf, shapeText } from "./paper/fonts.ts";
import { piecesOf, wrap } from "./paper/lines.ts";
import { svgOf } from "./paper/marks.ts";
import { speaker } from "./words-of.ts";
import type { Sender } from "./frame.ts";
import { writeLetter } from "./write.ts";

const { list } = readCorrespondents();
const at = new Date("2031-03-02T10:00:00Z");
const from: Sender = {
  ...{ state: "id", agency: "Kantor Penghubung (LATIHAN)", desk: "Meja 24 Jam" },
  ...{ officer: "Putri Handayani", exercise: true },
};
const write = (code: string, more: Partial<ToWrite> = {}): ToWrite =>
  ({
    ...{ request: "r", thread: "t", reference: "ID-MM-L2031-000001", digest: "ab".repeat(32) },
    correspondent: list.find((one) => one.code === code)!,
    draft: draft("ID-2031-000417", [], {
      neededBy: "2031-04-01",
      restrictions: "EXERCISE: no contact with him",
    }),
    ...{
      records: [],
      items: [],
      translations: {},
      basisConfirmed: true,
      agency: null,
      desk: null,
      by: null,
      clock: null,
    },
    ...more,
  }) as unknown as ToWrite;

test("all eleven states can be written to, each in a language with every sentence and every code", () => {
  expect([...new Set(list.map((one) => one.state))].toSorted()).toEqual([
    "bn",
    "id",
    "kh",
    "la",
    "mm",
    "my",
    "ph",
    "sg",
    "th",
    "tl",
    "vn",
  ]);
  const codes = readRequestCodes();
  const lists: [string, readonly string[]][] = [
    ["categories", codes.categories.map((one) => one.code)],
    ["urgency", codes.urgency.map((one) => one.code)],
    ["legalBases", codes.legalBases.map((one) => one.code)],
    ["offences", readCodes().crimeTypes.types.map((one) => one.code)],
    ["purpose", codes.purposes.filter((one) => (purposes as readonly string[]).includes(one))],
  ];
  for (const language of letterLanguages)
    for (const [name, known] of lists)
      for (const code of known)
        expect(speaker(language).code(name, code), `${language} ${name}.${code}`).not.toBeNull();
});

test.each(list.map((one) => one.code))(
  "the case fills at least 80 percent of a letter to %s, the same bytes each time",
  (code) => {
    const letter = writeLetter(write(code), from, at);
    expect(letter.lacks).toEqual(["signature", "received"]);
    expect((letter.fields - letter.lacks.length) / letter.fields).toBeGreaterThanOrEqual(0.8);
    expect(Buffer.from(writeLetter(write(code), from, at).pdf).equals(letter.pdf)).toBe(true);
    expect(svgOf(letter.sheets[0]!)).toContain("<use ");
  },
);

test("Burmese, Khmer, Thai and Lao are shaped: marks join their letters, and no glyph is a box", () => {
  for (const text of ["ကြောင်း", "ស្ត្រី", "ที่นี้", "ນ້ຳ"]) {
    const runs = shapeText(text, 400, "und");
    expect(runs, text).toHaveLength(1);
    expect(
      runs[0]!.glyphs.every((one) => one.id !== 0),
      text,
    ).toBe(true);
    expect(runs[0]!.glyphs.map((one) => one.text).join(""), text).toBe(text.normalize("NFC"));
    // Marks that stand above or beneath take no room of their own.
    expect(runs[0]!.glyphs.filter((one) => one.advance === 0).length + text.length, text).toBeGreaterThan(
      runs[0]!.glyphs.length,
    );
  }
  expect(runsOf("ok ស្ត្រី 王 Ω", 400).map((one) => one.face.key.replace(/-400$/, "")).length).toBeGreaterThan(
    2,
  );
});

test("lines end between words, also where a script has no spaces, and never begin with what closes", () => {
  expect(piecesOf("ការប្រយុទ្ធប្រឆាំងអំពើជួញដូរមនុស្ស។", "km").length).toBeGreaterThan(3);
  const text = "สำนักงานตำรวจแห่งชาติปราบปรามการค้ามนุษย์(ทั่วประเทศ)ๆ";
  const lines = wrap(text, { width: 8, weight: 400, language: "th" });
  expect(lines.length).toBeGreaterThan(2);
  const said = lines.map((line) => line.runs.map((run) => run.text).join(""));
  expect(said.join("")).toBe(text);
  expect(said.every((line) => !/^[)ๆฯ]/u.test(line))).toBe(true);
  expect(lines.every((line) => line.width <= 8)).toBe(true);
  // A word longer than the line is cut rather than lost.
  const long = wrap("https://example.invalid/".padEnd(120, "x"), { width: 10, weight: 400, language: "en" });
  expect(long.every((line) => line.width <= 10)).toBe(true);
});

test("what is written can be searched and copied from the PDF as it was written", async () => {
  const letter = writeLetter(write("mm-atipd"), from, at);
  const read = await getDocument({ data: Uint8Array.from(letter.pdf), useSystemFonts: false, verbosity: 0 })
    .promise;
  expect(read.numPages).toBe(letter.sheets.length);
  const { items } = await (await read.getPage(1)).getTextContent();
  const text = items
    .map((one) => ("str" in one ? one.str : ""))
    .join("")
    .replaceAll("\u200b", "");
  const plain = (said: string) => said.replaceAll(/\s/g, "");
  expect(plain(text)).toContain(plain(speaker("my").say("title")));
  expect(plain(text)).toContain("ID-MM-L2031-000001");
  await read.destroy();
});

test("the PDF says to a screen reader what is a heading, in which language and order, and what is only an edge", async () => {
  const letter = writeLetter(write("mm-atipd"), from, at);
  const read = await getDocument({ data: Uint8Array.from(letter.pdf), verbosity: 0 }).promise;
  expect(await read.getMarkInfo()).toMatchObject({ Marked: true });
  const { info } = await read.getMetadata();
  expect(info).toMatchObject({
    Language: "my",
    Title: expect.stringContaining("ID-MM-L2031-000001") as string,
  });
  type Node = { role?: string; lang?: string; id?: string; children?: Node[] };
  const flat = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(flat)];
  const trees = await Promise.all(
    letter.sheets.map(async (_, page) => (await read.getPage(page + 1)).getStructTree() as Promise<Node>),
  );
  const [first] = trees;
  expect(first!.children![0]!.role).toBe("Document");
  const titles = flat(first!).filter((one) => one.role === "H1");
  expect(titles).toMatchObject([{ lang: "my" }]);
  const all = trees.flatMap(flat);
  // A heading for each field of the form, and one for how to answer.
  expect(new Set(all.filter((one) => one.role === "H2").map((one) => JSON.stringify(one))).size).toBe(
    write("mm-atipd").correspondent.fields.length + 1,
  );
  expect(all.filter((one) => one.role === "P" && one.lang === "en").length).toBeGreaterThan(5);
  // Every sequence of text that is part of it stands in the tree, each once; edges and page numbers do not.
  for (const [page, tree] of trees.entries()) {
    const { items } = await (await read.getPage(page + 1)).getTextContent({ includeMarkedContent: true });
    const marked = items.flatMap((one) => ("type" in one && one.id ? [one.id] : []));
    const told = flat(tree).flatMap((one) => (one.id === undefined ? [] : [one.id]));
    expect(told.toSorted(), `page ${String(page + 1)}`).toEqual([...new Set(marked)].toSorted());
    expect(marked.length).toBe(new Set(marked).size);
  }
  await read.destroy();
});

test("a text that would fill more than forty pages is refused", () => {
  const one = draft("ID-2031-000417", []).facts[0]!;
  const facts = Array.from({ length: 60 }, () => ({ ...one, text: "EXERCISE ".repeat(880) }));
  expect(() =>
    writeLetter(write("sg-taskforce", { draft: draft("ID-2031-000417", [], { facts }) }), from, at),
  ).toThrow(/LETTER_TOO_LONG/);
});
