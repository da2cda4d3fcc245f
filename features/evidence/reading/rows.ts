// A table as rows of cells, for rooms that take lists in: CSV in any of the region's encodings, and workbooks.
import { parse } from "csv-parse/sync";
import Excel from "exceljs";
import { ReadingError } from "../contract.ts";
import { usualReadingLimits } from "./limits.ts";
import { openLines } from "./lines.ts";
import { sourceOf, type Ask } from "./reader.ts";
import { cellText, separatorOf } from "./tables.ts";
import { measureZip } from "./zip.ts";

export interface Sheet {
  name: string;
  rows: string[][];
}

const mostRows = 100_000;
const mostColumns = 200;
const mostCell = 2000;

/** Every sheet that holds something. Throws `ReadingError`: torn, locked, too large, no table. */
export async function readSheets(name: string, bytes: Uint8Array): Promise<Sheet[]> {
  const ask: Ask = {
    source: sourceOf(bytes),
    name,
    limits: { ...usualReadingLimits, whole: 32 * 1024 * 1024 },
    warn: () => undefined,
    progress: () => undefined,
    depth: 0,
  };
  if (bytes.length === 0) throw new ReadingError("NOTHING_IN_IT");
  const zip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const locked = bytes[0] === 0xd0 && bytes[1] === 0xcf;
  if (locked) throw new ReadingError("PASSWORD_PROTECTED");
  const sheets = zip ? await workbook(ask, bytes) : [{ name: "", rows: await csv(ask) }];
  return sheets
    .map((sheet) => ({ ...sheet, rows: sheet.rows.map(cut) }))
    .filter((sheet) => sheet.rows.some((row) => row.some((cell) => cell !== "")));
}

const cut = (row: string[]): string[] =>
  row.slice(0, mostColumns).map((cell) => cell.slice(0, mostCell).trim());

async function csv(ask: Ask): Promise<string[][]> {
  const text = await openLines(ask);
  let all = "";
  for await (const some of text.text()) all += some;
  if (all.includes("\u0000")) throw new ReadingError("NOT_A_KNOWN_KIND", { is: "binary" });
  try {
    return parse(all, {
      delimiter: separatorOf(text.head) ?? ",",
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 1_000_000,
      to: mostRows,
    });
  } catch (cause) {
    throw new ReadingError("TORN", {}, cause);
  }
}

async function workbook(ask: Ask, bytes: Uint8Array): Promise<Sheet[]> {
  await measureZip(ask, { entry: ask.limits.whole * 4, unpacked: ask.limits.whole * 6 });
  const book = new Excel.Workbook();
  try {
    await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as never);
  } catch (cause) {
    throw new ReadingError("TORN", {}, cause);
  }
  return book.worksheets.map((sheet) => {
    const rows: string[][] = [];
    sheet.eachRow((row, number) => {
      if (number > mostRows) return;
      const cells: string[] = [];
      row.eachCell({ includeEmpty: true }, (cell, column) => {
        if (column <= mostColumns) cells[column - 1] = cellText(cell);
      });
      rows.push(Array.from(cells, (cell: string | undefined) => cell ?? ""));
    });
    return { name: sheet.name, rows };
  });
}
