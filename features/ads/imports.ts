// A file comes in by parts and is turned into adverts by a job, portion by portion: a break costs one portion, and nothing twice.
import { setImmediate as pause } from "node:timers/promises";
import type { Digest, Id } from "@simpul/model";
import type { JobHandler, RunningJob, Standing } from "@simpul/store";
import { sql } from "kysely";
import { adLimits, AdsError, type ImportView } from "./contract.ts";
import { drawDay } from "./draw.ts";
import { readRecords } from "./formats/records.ts";
import { jobStanding, mustWork, type AdsNode } from "./node.ts";
import { partsOf } from "./parts.ts";
import { dayOf } from "./rules.ts";
import { wholeDigest } from "./seal.ts";
import { kept, openSource, takeIn, type AdRecord, type SourceRow } from "./take-in.ts";

const portion = 100;
/** UTF-16 units of a portion: a hundred adverts of a million letters are not one act. */
const portionText = 4_000_000;
/** Unfinished ones of an agency at once. */
const mostOpen = 20;

interface Row {
  agency_id: Id;
  id: Id;
  source_id: Id;
  source_name: string;
  file_name: string;
  size: number;
  state: ImportView["state"];
  refusal: string | null;
  records: number;
  done: number;
  taken: number;
  skipped: Record<string, number>;
  made_at: Date;
  parts: number[] | null;
}
const columns = sql`i.agency_id, i.id, i.source_id, s.name as source_name, i.file_name, i.size, i.state, i.refusal,
  i.records, i.done, i.taken, i.skipped, i.made_at,
  case when i.state = 'open' then (select array_agg(p.part order by p.part) from simpul.ad_import_parts p
    where p.import_id = i.id) end as parts
  from simpul.ad_imports i join simpul.ad_sources s on s.id = i.source_id`;
const viewOf = (row: Row): ImportView => ({
  ...{
    id: row.id,
    source: row.source_id,
    sourceName: row.source_name,
    fileName: row.file_name,
    size: row.size,
  },
  ...{ parts: row.parts ?? [], state: row.state, refusal: row.refusal, records: row.records, done: row.done },
  ...{ taken: row.taken, skipped: row.skipped, madeAt: row.made_at.toISOString() },
});

/** Begins one; its parts may then come in any order. Throws `NOT_FOUND`, `SOURCE_CLOSED`, `LIMIT_REACHED`. */
export async function beginImport(
  node: AdsNode,
  standing: Standing,
  ask: { source: Id; fileName: string; size: number },
): Promise<Id> {
  return node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const source = await openSource(tx, ask.source);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from simpul.ad_imports
      where agency_id = ${officer.agency} and state in ('open', 'reading')`.execute(tx.rows);
    if (rows[0]!.n >= mostOpen) throw new AdsError("LIMIT_REACHED");
    const id = tx.newId();
    await sql`insert into simpul.ad_imports (agency_id, id, source_id, file_name, size, state, made_by, made_at)
      values (${officer.agency}, ${id}, ${source.id}, ${ask.fileName}, ${ask.size}, 'open', ${officer.id}, ${tx.at})`.execute(
      tx.rows,
    );
    tx.note("advert.import-begun", { id, source: source.id, size: ask.size });
    return id;
  });
}

async function rowOf(db: { rows: Parameters<ReturnType<typeof sql>["execute"]>[0] }, id: Id): Promise<Row> {
  const { rows } = await sql<Row>`select ${columns} where i.id = ${id}`.execute(db.rows);
  if (rows[0] === undefined) throw new AdsError("NOT_FOUND");
  return rows[0];
}

const parts = partsOf({
  table: "ad_import_parts",
  file: "import_id",
  most: adLimits.file,
  act: "advert.import-part",
  rowOf,
});
export const takePart = parts.take;

/** All parts are here: a job begins. Throws `IMPORT_NOT_WHOLE`, `NOT_AS_SENT`, `IMPORT_OVER`. */
export async function readImport(node: AdsNode, standing: Standing, id: Id, digest: Digest): Promise<void> {
  await node.store.write(standing, async (tx) => {
    mustWork(node, tx);
    const row = await rowOf(tx, id);
    if (row.state !== "open") throw new AdsError("IMPORT_OVER");
    const bytes = await parts.bytes(tx, id);
    const own = wholeDigest(bytes, row.size, digest);
    await sql`update simpul.ad_imports set state = 'reading', digest = ${own} where id = ${id}`.execute(
      tx.rows,
    );
    tx.note("advert.import-read", { id, digest });
    await tx.enqueue({ kind: "ads.import", payload: { import: id }, key: id });
  });
  node.wake("jobs");
}

export async function listImports(node: AdsNode, standing: Standing): Promise<ImportView[]> {
  return node.store.read(standing, async (db) => {
    mustWork(node, db);
    db.noteRead("advert.imports-listed", {});
    const { rows } = await sql<Row>`select ${columns} order by i.made_at desc limit 100`.execute(db.rows);
    return rows.map(viewOf);
  });
}

export const importJobs = (node: AdsNode): Record<string, JobHandler> => ({
  "ads.import": { run: (job) => run(node, job), tries: 5 },
});

async function run(node: AdsNode, job: RunningJob): Promise<void> {
  const { import: id } = job.payload as { import: Id };
  const row = await node.store.read(jobStanding, (db) => rowOf(db, id));
  if (row.state !== "reading" && row.state !== "waiting") return;
  const source = await node.store.read(jobStanding, (db) => openSource(db, row.source_id)).catch(() => null);
  let records: AdRecord[];
  try {
    if (source === null) throw new AdsError("SOURCE_CLOSED");
    const bytes = await node.store.read(jobStanding, (db) => parts.bytes(db, id));
    records = readRecords(row.file_name, bytes, source.mapping);
  } catch (fault) {
    if (!(fault instanceof AdsError)) throw fault;
    return end(node, row, { state: "refused", refusal: fault.code });
  }
  for (let at = row.done; at < records.length;) {
    job.signal.throwIfAborted();
    const some = nextOf(records, at);
    const { looked, full } = await portionOf(node, source, id, some, records.length);
    at += looked;
    await job.progress({ done: at, of: records.length });
    node.wake(`ads:${source.agency_id}`);
    if (full) return wait(node, row);
    // Other requests have their turn between two portions.
    await pause();
  }
  await end(node, row, { state: "done", refusal: null });
  await drawFor(node, source.agency_id);
}

/** As many records together as one act takes in. */
export function* portionsOf(records: readonly AdRecord[]): Generator<AdRecord[]> {
  for (let at = 0; at < records.length;) {
    const some = nextOf(records, at);
    yield some;
    at += some.length;
  }
}

function nextOf(records: readonly AdRecord[], from: number): AdRecord[] {
  let letters = 0;
  let to = from;
  while (to < records.length && to - from < portion && (to === from || letters < portionText))
    letters += records[to++]!.text.length;
  return records.slice(from, to);
}

async function portionOf(
  node: AdsNode,
  source: SourceRow,
  id: Id,
  some: readonly AdRecord[],
  all: number,
): Promise<{ looked: number; full: boolean }> {
  const done = await node.store.write(jobStanding, async (tx) => {
    const took = await takeIn(node, tx, source, some, { officer: null, import: id });
    const looked = took.ids.length;
    const before = await rowOf(tx, id);
    const skipped = { ...before.skipped };
    for (const [code, count] of Object.entries(took.skipped)) skipped[code] = (skipped[code] ?? 0) + count;
    await sql`update simpul.ad_imports set state = 'reading', records = ${all}, done = done + ${looked},
      taken = taken + ${took.taken}, skipped = ${JSON.stringify(skipped)}::jsonb where id = ${id}`.execute(
      tx.rows,
    );
    tx.note("advert.import-portion", { id, taken: took.taken, looked });
    return { looked, full: took.full };
  });
  kept(node, source.agency_id);
  return done;
}

async function end(
  node: AdsNode,
  { id, agency_id: agency }: Row,
  how: { state: "done" | "refused"; refusal: string | null },
): Promise<void> {
  await node.store.write(jobStanding, async (tx) => {
    await sql`update simpul.ad_imports set state = ${how.state}, refusal = ${how.refusal}, ended_at = ${tx.at}
      where id = ${id}`.execute(tx.rows);
    // Each advert keeps its own words; the file itself is not kept a second time.
    await sql`delete from simpul.ad_import_parts where import_id = ${id}`.execute(tx.rows);
    tx.note("advert.import-ended", { id, state: how.state });
  });
  node.wake(`ads:${agency}`);
}

/** The source is full for today: the rest comes tomorrow, by itself. */
async function wait(node: AdsNode, { id, agency_id: agency }: Row): Promise<void> {
  await node.store.write(jobStanding, async (tx) => {
    await sql`update simpul.ad_imports set state = 'waiting' where id = ${id}`.execute(tx.rows);
    tx.note("advert.import-waits", { id });
    const tomorrow = new Date(Date.parse(dayOf(tx.at)) + 86_400_000 + 60_000);
    await tx.enqueue({
      kind: "ads.import",
      payload: { import: id },
      key: `${id} ${dayOf(tomorrow)}`,
      runAfter: tomorrow,
    });
  });
  node.wake(`ads:${agency}`);
}

/** Draws what there is to look at today; for what comes by a job or by the clock. */
export async function drawFor(node: AdsNode, agency: Id): Promise<void> {
  await node.store.write(jobStanding, async (tx) => {
    const placed = await drawDay(node, tx, agency);
    tx.note("advert.queue-drawn", { placed });
  });
  node.wake(`ads:${agency}`);
}

/** By the clock: every agency that has sources. */
export async function drawAll(node: AdsNode): Promise<void> {
  const agencies = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ agency_id: Id }>`select distinct agency_id from simpul.ad_sources`.execute(
      db.rows,
    );
    return rows.map((row) => row.agency_id);
  });
  for (const agency of agencies) await drawFor(node, agency);
}
