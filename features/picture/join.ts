// The region's picture out of what each state published: added up where it may be, and never across two definitions.
import type { Published, RegionFigure, Together } from "./contract.ts";

/**
 * One figure a definition, in the order in which they came: rows and columns are those that any state has, sums are
 * the states' own sums added up, of a withheld one at least its published parts. Of a state, a figure and a month the first counts, as a month is published once. Time
 * grows with the cells given.
 */
export function join(tables: readonly Published[]): RegionFigure[] {
  const seen = new Set<string>();
  const groups = new Map<string, Published[]>();
  for (const table of tables) {
    const once = JSON.stringify([table.state, table.figure, table.month]);
    if (seen.has(once)) continue;
    seen.add(once);
    const key = `${table.figure} ${String(table.definition)}`;
    const group = groups.get(key) ?? [];
    group.push(table);
    groups.set(key, group);
  }
  return [...groups.values()].map(together);
}

function together(tables: readonly Published[]): RegionFigure {
  const { figure, definition } = tables[0]!;
  const [rows, columns] = [all(tables, "rows"), all(tables, "columns")];
  const cells = Array.from({ length: rows.length + 1 }, () =>
    Array.from({ length: columns.length + 1 }, (): Together => ({ known: 0, withheld: [] })),
  );
  for (const table of tables) {
    const [row, column] = [places(table.rows, rows), places(table.columns, columns)];
    table.cells.forEach((line, nth) => {
      line.forEach((count, at) => {
        const cell = cells[row[nth]!]![column[at]!]!;
        cell.known += count ?? leastOf(table, nth, at);
        if (count === null && !cell.withheld.includes(table.state)) cell.withheld.push(table.state);
      });
    });
  }
  const [months, states] = [tables.map((one) => one.month), tables.map((one) => one.state)];
  return {
    ...{ figure, definition, rows, columns, cells },
    months: [...new Set(months)].sort(),
    states: [...new Set(states)].sort(),
  };
}

/** What is known of a withheld number: of a sum, what of its parts was published; of all else nothing. */
function leastOf({ cells }: Published, row: number, column: number): number {
  const [last, end] = [cells.length - 1, cells[0]!.length - 1];
  const along = (at: number): number =>
    cells[at]!.slice(0, end).reduce<number>((sum, one) => sum + (one ?? 0), 0);
  if (column === end)
    return row === last
      ? cells.slice(0, last).reduce((sum, line, at) => sum + (line[end] ?? along(at)), 0)
      : along(row);
  return row === last ? cells.slice(0, last).reduce((sum, line) => sum + (line[column] ?? 0), 0) : 0;
}

const all = (tables: readonly Published[], lines: "rows" | "columns"): string[] => [
  ...new Set(tables.flatMap((one) => one[lines])),
];

/** Where each line of a state's table stands in the joined one; its sums stand last there too. */
function places(own: readonly string[], joined: readonly string[]): number[] {
  const at = new Map(joined.map((label, nth) => [label, nth]));
  return [...own.map((label) => at.get(label)!), joined.length];
}
