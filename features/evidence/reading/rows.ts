// A table as rows of cells, for rooms that take lists in: CSV in any of the region's encodings, and workbooks.
import { parse } from "csv-parse/sync";
import { ReadingError } from "../contract.ts";
import { usualReadingLimits } from "./limits.ts";
import { openLines } from "./lines.ts";
import { sourceOf, type Ask } from "./reader.ts";
import { separatorOf } from "./tables.ts";

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
  const { cellsOf, openWorkbook } = await import("./workbook.ts");
  const { whole } = ask.limits;
  const sheets = await openWorkbook(ask, bytes, { entry: whole * 4, unpacked: whole * 6 });
  return sheets.map((sheet) => {
    const rows: string[][] = [];
    sheet.eachRow((row, number) => {
      if (number <= mostRows) rows.push(cellsOf(row, mostColumns));
    });
    return { name: sheet.name, rows };
  });
}
