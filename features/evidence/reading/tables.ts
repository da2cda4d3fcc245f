// Tables of text (CSV, TSV) in one pass, and how a row of any table is said.
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { ReadingError } from "../contract.ts";
import type { Ask, Opened, RawPart } from "./reader.ts";
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
export const rowText = (headings: readonly string[], cells: readonly string[]): string =>
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
