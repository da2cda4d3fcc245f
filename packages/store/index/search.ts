// Filing records for search in the transaction of their change, and finding them under the reader's own rights.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { Reader, Writer } from "../contract.ts";
import { StoreError } from "../errors.ts";
import { fold, numbersOf, partOf, queryOf, vectorOf } from "./words.ts";

export interface Entry {
  /** What it is: `case`, `subject`, `selector`, `item` … */
  kind: string;
  id: Id;
  /** Whoever sees this case finds it. */
  case?: Id;
  /** Without a case: found by this officer, and by supervisors of this desk. */
  officer?: Id;
  desk?: Id;
  /** What a line in the results says. */
  title: string;
  /** What else it is found by. */
  text?: string;
  at: Date;
}

/** Files records, or files them anew. Never file what VIC-1 keeps apart. */
export async function fileForSearch(tx: Pick<Writer, "rows">, entries: readonly Entry[]): Promise<void> {
  for (let start = 0; start < entries.length; start += 500) {
    const some = entries.slice(start, start + 500);
    const column = <T>(pick: (entry: Entry) => T): T[] => some.map(pick);
    await sql`insert into simpul.search (kind, id, case_id, officer_id, desk_id, title, changed_at, words, folded)
      select kind, id, case_id, officer_id, desk_id, title, changed_at, words::tsvector, folded
      from unnest(${column((one) => one.kind)}::text[], ${column((one) => one.id)}::uuid[],
        ${column((one) => one.case ?? null)}::uuid[], ${column((one) => one.officer ?? null)}::uuid[],
        ${column((one) => one.desk ?? null)}::uuid[], ${column((one) => one.title.slice(0, 300))}::text[],
        ${column((one) => one.at)}::timestamptz[], ${column((one) => vectorOf(one.title, one.text ?? ""))}::text[],
        ${column(foldedOf)}::text[])
        as given (kind, id, case_id, officer_id, desk_id, title, changed_at, words, folded)
      on conflict (kind, id) do update set case_id = excluded.case_id, officer_id = excluded.officer_id,
        desk_id = excluded.desk_id, title = excluded.title, changed_at = excluded.changed_at, words = excluded.words,
        folded = excluded.folded`.execute(tx.rows);
  }
}

/** Takes a record out of the search. */
export async function takeFromSearch(tx: Pick<Writer, "rows">, kind: string, id: Id): Promise<void> {
  await sql`delete from simpul.search where kind = ${kind} and id = ${id}`.execute(tx.rows);
}

function foldedOf(entry: Entry): string {
  const text = [entry.title, (entry.text ?? "").slice(0, 800)].join(" ");
  return [fold(text).replaceAll(/\s+/g, " "), ...numbersOf(text)].join(" ").slice(0, 1_000);
}

export interface Search {
  text: string;
  kinds?: readonly string[];
  case?: Id;
  /** 20 unless told otherwise, 100 at most. */
  limit?: number;
  offset?: number;
}

export interface Found {
  kind: string;
  id: Id;
  case: Id | null;
  title: string;
  changedAt: Date;
}

export interface FoundPage {
  hits: Found[];
  /** There are further pages. */
  more: boolean;
  /** More match than are ever ranked: the search should say more. */
  broad: boolean;
}

/** Only so many matches are ranked: who finds more has asked too little. */
const mostRanked = 1_000;

interface Row {
  kind: string;
  id: Id;
  case_id: Id | null;
  title: string;
  changed_at: Date;
  rank: number;
}

/**
 * Finds records by words (the last one may be a beginning), then by parts of words, then by likeness, as long as
 * nothing was found. Sees exactly what the reader sees. Throws `BAD_QUERY` over 500 characters.
 */
export async function find(db: Pick<Reader, "rows">, search: Search): Promise<FoundPage> {
  if (search.text.length > 500) throw new StoreError("BAD_QUERY", "a search has at most 500 characters");
  const limit = Math.max(1, Math.min(search.limit ?? 20, 100));
  const offset = Math.max(0, Math.min(search.offset ?? 0, mostRanked));
  let rows: Row[] = [];
  for (const [how, wanted] of ways(search.text)) {
    rows = await ask(db, how, wanted, search);
    if (rows.length > 0) break;
  }
  const hits = rows.slice(offset, offset + limit).map((row) => ({
    kind: row.kind,
    id: row.id,
    case: row.case_id,
    title: row.title,
    changedAt: row.changed_at,
  }));
  return { hits, more: rows.length > offset + limit, broad: rows.length >= mostRanked };
}

function ways(text: string): ["words" | "part" | "like", string][] {
  const [query, part] = [queryOf(text), partOf(text)];
  const likeness = fold(text).trim().slice(0, 200);
  return [
    ...(query === null ? [] : [["words", query] as ["words", string]]),
    ...(part === null ? [] : [["part", part] as ["part", string], ["like", likeness] as ["like", string]]),
  ];
}

async function ask(db: Pick<Reader, "rows">, how: string, wanted: string, search: Search): Promise<Row[]> {
  const kinds = search.kinds === undefined ? null : [...search.kinds];
  const found = await sql<Row>`select kind, id, case_id, title, changed_at, rank
    from simpul.find(${how}, ${wanted}, ${kinds}::text[], ${search.case ?? null}::uuid, ${mostRanked})
    order by rank desc, changed_at desc, id desc`.execute(db.rows);
  return found.rows;
}
