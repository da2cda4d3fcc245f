// Tables: CSV in one pass, and workbooks (XLSX) whose archive is measured before it is opened.
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import Excel from "exceljs";
import { ReadingError } from "../contract.ts";
import { measureZip } from "./zip.ts";
import { whole, type Ask, type Opened, type RawPart } from "./reader.ts";
import type { Lines } from "./lines.ts";

const separators = [",", ";", "\t", "|"] as const;

/** The separator that cuts the first lines into the same number of cells, and into most. */
export function separatorOf(head: readonly string[]): string | null {
  const lines = head.filter((line) => line !== "").slice(0, 20);
  let best: { separator: string; cells: number } | null = null;
  for (const separator of separators) {
    const counts = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, "").split(separator).length);
    const usual = counts[0] ?? 1;
    const even = counts.filter((count) => count === usual).length / Math.max(1, counts.length);
    if (usual > 1 && even >= 0.7 && usual > (best?.cells ?? 1)) best = { separator, cells: usual };
  }
  return best?.separator ?? null;
}

/** A row as `heading: value` lines, so that what a number is stands beside it. */
const rowText = (headings: readonly string[], cells: readonly string[]): string =>
  cells
    .map((cell, i) =>
      cell.trim() === "" ? "" : headings[i]?.trim() ? `${headings[i].trim()}: ${cell}` : cell,
    )
    .filter((line) => line !== "")
    .join("\n");

export function readCsv(ask: Ask, text: Lines): Opened {
  const separator = separatorOf(text.head) ?? ",";
  async function* parts(): AsyncGenerator<RawPart> {
    const parser = Readable.from(text.text()).pipe(
      parse({
        delimiter: separator,
        bom: true,
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        max_record_size: 1_000_000,
      }),
    );
    let headings: string[] | null = null;
    let row = 0;
    let uneven = 0;
    try {
      for await (const record of parser as AsyncIterable<string[]>) {
        row += 1;
        if (headings === null) {
          headings = record;
          yield { kind: "field", label: "1", text: record.join(" | ") };
          continue;
        }
        if (record.length !== headings.length) uneven += 1;
        const said = rowText(headings, record);
        if (said !== "") yield { kind: "row", label: String(row), text: said };
      }
    } catch (cause) {
      throw new ReadingError("TORN", { row }, cause);
    }
    if (uneven > 0) ask.warn({ code: "ROWS_UNEVEN", facts: { rows: uneven } });
  }
  return { kind: "table", encoding: text.encoding, parts: parts() };
}

export const cellText = (cell: Excel.Cell): string => {
  const { value } = cell;
  if (value instanceof Date)
    return value
      .toISOString()
      .replace(/T00:00:00\.000Z$/, "")
      .replace(".000Z", "");
  return cell.text;
};

export async function readWorkbook(ask: Ask): Promise<Opened> {
  const bytes = await whole(ask);
  await measureZip(ask, { entry: ask.limits.whole, unpacked: 2 * ask.limits.whole });
  const book = new Excel.Workbook();
  try {
    await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as never);
  } catch (cause) {
    throw new ReadingError("TORN", {}, cause);
  }
  // eslint-disable-next-line @typescript-eslint/require-await -- readers stream; this format comes whole
  async function* parts(): AsyncGenerator<RawPart> {
    for (const sheet of book.worksheets) {
      let headings: string[] | null = null;
      const rows: RawPart[] = [];
      sheet.eachRow((row, number) => {
        const cells: string[] = [];
        row.eachCell({ includeEmpty: true }, (cell, column) => {
          if (column <= 500) cells[column - 1] = cellText(cell);
        });
        // A sparse row has holes that its type does not tell of.
        const filled = Array.from(cells, (cell: string | undefined) => cell ?? "");
        const label = `${sheet.name} ${number}`;
        if (headings === null) {
          headings = filled;
          rows.push({ kind: "field", label, text: filled.join(" | ") });
        } else rows.push({ kind: "row", label, text: rowText(headings, filled) });
      });
      yield* rows.filter((row) => row.text.trim() !== "");
    }
  }
  return { kind: "table", encoding: null, parts: parts() };
}
