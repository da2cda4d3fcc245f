// A table of counts with its sums: what is protected before it is published.

/** Rows of counts; with sums, the last row and the last column hold them and the corner the whole. */
export type Counts = readonly (readonly number[])[];

/** So large that no table of the room is refused, and so small that none stops the node. */
export const tableLimits = { rows: 400, columns: 60, count: 1e9 } as const;

/** A table that cannot be one: no counts, too many, or not all rows alike. */
export class TableError extends Error {
  readonly reason: "EMPTY" | "TOO_LARGE" | "RAGGED" | "NOT_A_COUNT";
  constructor(reason: TableError["reason"]) {
    super(`this is no table of counts: ${reason}`);
    this.name = "TableError";
    this.reason = reason;
  }
}

/** Throws `TableError` where these rows are no table of whole counts from 0 up. */
export function checkCounts(counts: Counts): void {
  const width = counts[0]?.length ?? 0;
  if (width === 0) throw new TableError("EMPTY");
  if (counts.length > tableLimits.rows || width > tableLimits.columns) throw new TableError("TOO_LARGE");
  for (const row of counts) {
    if (row.length !== width) throw new TableError("RAGGED");
    if (!row.every((count) => Number.isInteger(count) && count >= 0 && count <= tableLimits.count))
      throw new TableError("NOT_A_COUNT");
  }
}

/** The same with a column of sums, a row of sums, and the whole in the corner. */
export function withSums(counts: Counts): number[][] {
  const rows = counts.map((row) => [...row, row.reduce((sum, count) => sum + count, 0)]);
  const last = rows[0]!.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0));
  return [...rows, last];
}

/**
 * Whether a cell is the sum of a row or of a column: it stands on the other side of its equation, and so moves against
 * the cells that it sums. The corner, a sum of sums, moves with them.
 */
export const isSum = (
  at: { row: number; column: number },
  corner: { row: number; column: number },
): boolean => (at.row === corner.row) !== (at.column === corner.column);
