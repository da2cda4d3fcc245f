// What a table asks for, kept in the address so that a colleague sees the same list.
import { useAddressValues } from "./address.ts";

export interface TableQuery {
  /** Free text. */
  text: string;
  /** A column's `sort` key; `-` before it for descending; empty for the list's usual order. */
  sort: string;
  /** Chosen filters by their id. */
  filters: Readonly<Record<string, string>>;
  /** Where the page begins: what the page before gave as `next`; empty for the first. */
  after: string;
  size: number;
}

export interface TablePage<Row> {
  rows: readonly Row[];
  /** Opaque; null on the last page. */
  next: string | null;
  /** How many there are in all, where the node counts them. */
  total?: number | null;
}

const ours = ["q", "sort", "after", "row"];

/** The table's query from the address; changing anything begins at the first page. */
export function useTableQuery(
  filterIds: readonly string[],
  size: number,
): readonly [TableQuery, (to: Partial<TableQuery>) => void] {
  const [values, change] = useAddressValues();
  const filters = Object.fromEntries(
    filterIds.filter((id) => (values[id] ?? "") !== "").map((id) => [id, values[id]!]),
  );
  const query = {
    text: values["q"] ?? "",
    sort: values["sort"] ?? "",
    after: values["after"] ?? "",
    filters,
    size,
  };
  return [
    query,
    (to) => {
      const next: Record<string, string | null> = { after: to.after ?? null };
      if (to.text !== undefined) next["q"] = to.text;
      if (to.sort !== undefined) next["sort"] = to.sort;
      if (to.filters !== undefined) for (const id of filterIds) next[id] = to.filters[id] ?? null;
      // Going to another page is a step that "back" undoes; typing in a filter is not.
      change(next, { replace: to.after === undefined });
    },
  ];
}

export const isTableKey = (name: string): boolean => ours.includes(name);

export interface SavedFilter {
  name: string;
  text: string;
  sort: string;
  filters: Readonly<Record<string, string>>;
}

/** Named filters of one officer for one table, wherever they are kept. */
export interface SavedFilters {
  list: readonly SavedFilter[];
  /** In place of what had its name. */
  keep(one: SavedFilter): void;
  forget(one: SavedFilter): void;
}

/** What one officer chose for one table, kept on this device: columns and saved filters hold no case data but words typed. */
export interface TableTaste {
  hidden: readonly string[] | null;
  saved: readonly SavedFilter[];
}

const key = (officer: string, table: string): string => `simpul.table.${officer}.${table}`;

export function readTaste(officer: string, table: string): TableTaste {
  try {
    const read = JSON.parse(localStorage.getItem(key(officer, table)) ?? "{}") as Partial<TableTaste>;
    return {
      hidden: Array.isArray(read.hidden) ? read.hidden : null,
      saved: Array.isArray(read.saved) ? read.saved.slice(0, 30) : [],
    };
  } catch {
    return { hidden: null, saved: [] };
  }
}

export function keepTaste(officer: string, table: string, taste: TableTaste): void {
  try {
    localStorage.setItem(key(officer, table), JSON.stringify(taste));
  } catch {
    // A full or forbidden storage costs a habit, not work.
  }
}
