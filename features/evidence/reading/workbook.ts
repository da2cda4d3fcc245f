// Workbooks (XLSX) whose archive is measured before it is opened; loaded only when one is met, for its library is heavy.
import Excel from "exceljs";
import { ReadingError } from "../contract.ts";
import { whole, type Ask, type Opened, type RawPart } from "./reader.ts";
import { rowText } from "./tables.ts";
import { measureZip } from "./zip.ts";

const cellText = (cell: Excel.Cell): string => {
  const { value } = cell;
  if (value instanceof Date)
    return value
      .toISOString()
      .replace(/T00:00:00\.000Z$/, "")
      .replace(".000Z", "");
  return cell.text;
};

/** Opens a workbook whose archive is within the limits. Throws `ReadingError`: too large, a bomb, torn. */
export async function openWorkbook(
  ask: Ask,
  bytes: Uint8Array,
  most: { entry: number; unpacked: number },
): Promise<Excel.Worksheet[]> {
  await measureZip(ask, most);
  const book = new Excel.Workbook();
  try {
    await book.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as never);
  } catch (cause) {
    throw new ReadingError("TORN", {}, cause);
  }
  return book.worksheets;
}

/** The first cells of a row as text; a sparse row has holes that its type does not tell of. */
export function cellsOf(row: Excel.Row, most: number): string[] {
  const cells: string[] = [];
  row.eachCell({ includeEmpty: true }, (cell, column) => {
    if (column <= most) cells[column - 1] = cellText(cell);
  });
  return Array.from(cells, (cell: string | undefined) => cell ?? "");
}

export async function readWorkbook(ask: Ask): Promise<Opened> {
  const { whole: entry } = ask.limits;
  const sheets = await openWorkbook(ask, await whole(ask), { entry, unpacked: 2 * entry });
  // eslint-disable-next-line @typescript-eslint/require-await -- readers stream; this format comes whole
  async function* parts(): AsyncGenerator<RawPart> {
    for (const sheet of sheets) {
      let headings: string[] | null = null;
      const rows: RawPart[] = [];
      sheet.eachRow((row, number) => {
        const cells = cellsOf(row, 500);
        const label = `${sheet.name} ${number}`;
        if (headings === null) {
          headings = cells;
          rows.push({ kind: "field", label, text: cells.join(" | ") });
        } else rows.push({ kind: "row", label, text: rowText(headings, cells) });
      });
      yield* rows.filter((row) => row.text.trim() !== "");
    }
  }
  return { kind: "table", encoding: null, parts: parts() };
}
