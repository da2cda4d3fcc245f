// Taking in, showing and withdrawing published tables; a table that was wrong is withdrawn with a reason and stays to be seen.
import { createHash } from "node:crypto";
import { Digest, type Id, type NodeCode } from "@simpul/model";
import { demand } from "@simpul/policy";
import type { Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { FollowUpError } from "../contract.ts";
import {
  publishedLimits,
  type AskTable,
  type Measure,
  type PublishedRow,
  type ReadTable,
  type Said,
  type SideBySide,
  type TableHead,
  type TableView,
} from "../contract/published.ts";
import { mayTakeIn, officerOf, type FollowUpNode } from "../node.ts";
import { sideBySide } from "./compare.ts";
import { figureFor, ownRows } from "./own.ts";
import { readTable } from "./read.ts";

interface File {
  name: string;
  bytes: Uint8Array;
}

/** What the file holds; nothing is kept. Throws what `readTable` throws, and `NOT_A_TABLE`. */
export async function readFile(node: FollowUpNode, standing: Standing, file: File): Promise<ReadTable> {
  demand(node.policy, mayTakeIn(node, standing));
  const sheets = await node.sheets(file.name, file.bytes).catch((cause: unknown) => {
    throw new FollowUpError("NOT_A_TABLE", {}, cause);
  });
  return readTable(sheets, node.stateOf);
}

/** Keeps it, row by row; gives its id. Throws as `readFile`, and `TABLE_ALREADY`, `LIMIT_REACHED`. */
export async function takeIn(node: FollowUpNode, standing: Standing, file: File, ask: AskTable): Promise<Id> {
  const { rows } = await readFile(node, standing, file);
  const digest = Digest.parse(createHash("sha256").update(file.bytes).digest("hex"));
  const id = await node.store.write(standing, async (tx) => {
    tx.allowed(demand(node.policy, mayTakeIn(node, standing)));
    const { rows: kept } = await sql<{ count: number }>`select count(*)::int as count
      from simpul.published_tables where withdrawn_at is null`.execute(tx.rows);
    if (kept[0]!.count >= publishedLimits.tables)
      throw new FollowUpError("LIMIT_REACHED", { most: publishedLimits.tables });
    const made = tx.newId();
    const { numAffectedRows } =
      await sql`insert into simpul.published_tables (id, publisher, title, published_on,
        address, licence, file_name, digest, row_count, by_id, at)
      values (${made}, ${ask.publisher}, ${ask.title}, ${ask.publishedOn}::date, ${ask.address}, ${ask.licence},
        ${file.name}, ${digest}, ${rows.length}, ${officerOf(standing).id}, ${tx.at})
      on conflict do nothing`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new FollowUpError("TABLE_ALREADY");
    await sql`insert into simpul.published_rows (table_id, nth, row, sheet, state, year, measure, part, written, count,
        below, note)
      select ${made}, r.nth - 1, (r.one ->> 'row')::int, r.one ->> 'sheet', r.one ->> 'state', (r.one ->> 'year')::int,
        r.one ->> 'measure', r.one ->> 'part', r.one ->> 'written', (r.one ->> 'count')::int, (r.one ->> 'below')::int,
        r.one ->> 'note'
      from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as r(one, nth)`.execute(
      tx.rows,
    );
    tx.note("follow-up.table-taken-in", { id: made, rows: rows.length, digest });
    return made;
  });
  node.wake(`published:${id}`);
  return id;
}

/** It no longer stands beside the others. Throws `NOT_FOUND`, `TABLE_WITHDRAWN`. */
export async function withdraw(
  node: FollowUpNode,
  standing: Standing,
  id: Id,
  reason: string,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    tx.allowed(demand(node.policy, mayTakeIn(node, standing)));
    const head = await headOf(tx, id);
    if (head.withdrawn !== null) throw new FollowUpError("TABLE_WITHDRAWN");
    const { numAffectedRows } = await sql`update simpul.published_tables
      set withdrawn_by = ${officerOf(standing).id}, withdrawn_at = ${tx.at}, reason = ${reason}
      where id = ${id} and withdrawn_at is null`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new FollowUpError("TABLE_WITHDRAWN");
    tx.note("follow-up.table-withdrawn", { id });
  });
  node.wake(`published:${id}`);
}

interface HeadRow {
  id: Id;
  publisher: string;
  title: string;
  published_on: string | null;
  address: string;
  licence: string;
  file_name: string;
  digest: string;
  row_count: number;
  by_id: Id;
  at: Date;
  withdrawn_by: Id | null;
  withdrawn_at: Date | null;
  reason: string;
}
type Db = Pick<Reader | Writer, "rows">;
const columns = sql`id, publisher, title, published_on::text, address, licence, file_name, digest, row_count, by_id, at,
  withdrawn_by, withdrawn_at, reason`;
const headFrom = (row: HeadRow): TableHead => ({
  ...{ id: row.id, publisher: row.publisher, title: row.title, publishedOn: row.published_on },
  ...{ address: row.address, licence: row.licence, fileName: row.file_name, digest: row.digest },
  ...{ rows: row.row_count, by: row.by_id, at: row.at.toISOString() },
  withdrawn:
    row.withdrawn_by === null || row.withdrawn_at === null
      ? null
      : { by: row.withdrawn_by, at: row.withdrawn_at.toISOString(), reason: row.reason },
});

/** Throws `NOT_FOUND`. */
async function headOf(db: Db, id: Id): Promise<TableHead> {
  const { rows } =
    await sql<HeadRow>`select ${columns} from simpul.published_tables where id = ${id}`.execute(db.rows);
  if (rows[0] === undefined) throw new FollowUpError("NOT_FOUND");
  return headFrom(rows[0]);
}

/** Newest first, withdrawn ones last; 500 at most. */
export async function listTables(node: FollowUpNode, standing: Standing): Promise<TableHead[]> {
  return node.store.read(standing, async (db) => {
    db.noteRead("follow-up.tables-listed", {});
    const { rows } = await sql<HeadRow>`select ${columns} from simpul.published_tables
      order by withdrawn_at is not null, at desc, id limit 500`.execute(db.rows);
    return rows.map(headFrom);
  });
}

const rowColumns = sql`r.row, r.sheet, r.state, r.year, r.measure, r.part, r.written, r.count, r.below, r.note`;

/** With its first 1,000 rows, as they stand in it. Throws `NOT_FOUND`. */
export async function viewTable(node: FollowUpNode, standing: Standing, id: Id): Promise<TableView> {
  return node.store.read(standing, async (db) => {
    db.noteRead("follow-up.table-viewed", { id });
    const head = await headOf(db, id);
    const { rows } = await sql<PublishedRow>`select ${rowColumns} from simpul.published_rows r
      where r.table_id = ${id} order by r.nth limit 1000`.execute(db.rows);
    return { ...head, shown: rows };
  });
}

const everyMonth = { from: "2000-01", until: "2999-12" };

/** What the tables that stand, and the states' own released figures, say of this, side by side; 5,000 rows at most. */
export async function compareSources(
  node: FollowUpNode,
  standing: Standing,
  ask: { state?: NodeCode | undefined; measure: Measure; parts: boolean },
): Promise<SideBySide[]> {
  return node.store.read(standing, async (db) => {
    db.noteRead("follow-up.sources-compared", {});
    const { rows } = await sql<PublishedRow & Said>`
      select ${rowColumns}, t.id as table, t.publisher, t.published_on::text as "publishedOn"
      from simpul.published_rows r join simpul.published_tables t on t.id = r.table_id and t.withdrawn_at is null
      where r.measure = ${ask.measure} and (${ask.state ?? null}::text is null or r.state = ${ask.state ?? null})
        and (${ask.parts} or r.part = '')
      order by r.state, r.year desc, t.at, r.nth limit 5000`.execute(db.rows);
    const figure = figureFor(ask.measure);
    const released =
      figure === null
        ? []
        : await node.picture.releases(db, { ...everyMonth, figures: [figure], state: ask.state });
    return sideBySide([...rows, ...ownRows(released, ask.measure)]);
  });
}
