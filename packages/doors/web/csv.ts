// Tables as CSV (RFC 4180), safe to open in a spreadsheet program.

/** A cell that a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d .,()-]+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines end with CRLF; a byte order mark tells Excel that it is UTF-8. */
const toCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

/**
 * Hands a table over as `<name>.csv`, its first row the heads. `mark` (`EXERCISE`, in her language; null in earnest)
 * stands in the file's name and in a last column, so that an invented row is never taken for a true one.
 */
export function saveTable(name: string, rows: readonly (readonly string[])[], mark: string | null): void {
  const marked = mark === null ? rows : rows.map((row) => [...row, mark]);
  saveFile(`${mark === null ? "" : `${mark}-`}${name}.csv`, toCsv(marked), "text/csv;charset=utf-8");
}

/** Hands a file to the officer without any address that others could open. */
export function saveFile(name: string, content: Blob | string, type = "text/plain;charset=utf-8"): void {
  const blob = typeof content === "string" ? new Blob([content], { type }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
