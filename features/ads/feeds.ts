// Feeds by their address: who asks for one, who switches it on, and the job that fetches it. Off until somebody says otherwise.
import { createHash } from "node:crypto";
import { OutwardError, publicUrl, type Fetched } from "@simpul/exchange";
import type { Id } from "@simpul/model";
import type { JobHandler, Reader, RunningJob, Standing } from "@simpul/store";
import { sql } from "kysely";
import { AdsError, type AskFeed, type Feed } from "./contract.ts";
import { feedRecords } from "./formats/feed.ts";
import { textOf } from "./formats/records.ts";
import { drawFor, portionsOf } from "./imports.ts";
import { jobStanding, mustSwitchFeeds, mustWork, officerOf, tell, type AdsNode } from "./node.ts";
import { kept, openSource, takeIn, type AdRecord, type SourceRow } from "./take-in.ts";

// A type, not an interface: rows are read by hand-written SQL.
type FeedRow = {
  agency_id: Id;
  source_id: Id;
  name: string;
  address: string;
  legal_basis: string;
  minutes: number;
  asked_by: Id;
  asked_at: Date;
  switched_on: boolean;
  switched_by: Id | null;
  switched_at: Date | null;
  next_at: Date | null;
  etag: string | null;
  modified: string | null;
  fetched_at: Date | null;
  taken: number;
  failures: number;
  fault: string | null;
};

/** The address of a source's feed, and on what basis it is read. It is off until an administrator switches it on. */
export async function askFeed(node: AdsNode, standing: Standing, source: Id, ask: AskFeed): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const { name, kind } = await openSource(tx, source);
    if (kind !== "feed") throw new AdsError("NOT_FOUND");
    const address = addressOf(ask.address);
    await sql`insert into simpul.ad_feeds (agency_id, source_id, name, address, legal_basis, minutes, asked_by, asked_at)
      values (${officer.agency}, ${source}, ${name}, ${address}, ${ask.legalBasis}, ${ask.minutes}, ${officer.id}, ${tx.at})
      on conflict (agency_id, source_id) do update set address = excluded.address, legal_basis = excluded.legal_basis,
        minutes = excluded.minutes, asked_by = excluded.asked_by, asked_at = excluded.asked_at, switched_on = false,
        etag = null, modified = null, failures = 0, fault = null`.execute(tx.rows);
    tx.note("advert.feed-asked", { id: source, address });
  });
  tell(node, standing);
}

function addressOf(text: string): string {
  try {
    return publicUrl(text.trim()).href;
  } catch {
    throw new AdsError("NOT_AN_ADDRESS");
  }
}

/** By an administrator of any agency of this node, for its net is hers to guard. Throws `NOT_FOUND`, `Denied`. */
export async function switchFeed(node: AdsNode, standing: Standing, source: Id, on: boolean): Promise<void> {
  await node.store.write(standing, async (tx) => {
    mustSwitchFeeds(node, tx);
    const { rows } =
      await sql`update simpul.ad_feeds set switched_on = ${on}, switched_by = ${officerOf(standing).id},
        switched_at = ${tx.at}, next_at = ${on ? tx.at : null}, failures = 0, fault = null
      where source_id = ${source} returning source_id`.execute(tx.rows);
    if (rows.length === 0) throw new AdsError("NOT_FOUND");
    tx.note("advert.feed-switched", { id: source, on });
  });
}

const viewOf = (row: FeedRow): Feed => ({
  ...{ source: row.source_id, name: row.name, address: row.address, legalBasis: row.legal_basis },
  ...{
    minutes: row.minutes,
    on: row.switched_on,
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
  },
  ...{ switchedBy: row.switched_by, switchedAt: row.switched_at?.toISOString() ?? null },
  nextAt: row.switched_on ? (row.next_at?.toISOString() ?? null) : null,
  fetchedAt: row.fetched_at?.toISOString() ?? null,
  ...{ taken: row.taken, fault: row.fault, failures: row.failures },
});

const feedRows = async (db: Pick<Reader, "rows">, where = sql`true`): Promise<FeedRow[]> =>
  (
    await sql<FeedRow>`select * from simpul.ad_feeds where ${where} order by asked_at desc limit 500`.execute(
      db.rows,
    )
  ).rows;

/** Of her agency, or all for an administrator; the last asked for first. */
export async function listFeeds(node: AdsNode, standing: Standing): Promise<Feed[]> {
  return node.store.read(standing, async (db) => {
    if (officerOf(standing).roles.includes("administrator")) mustSwitchFeeds(node, db);
    else mustWork(node, db);
    db.noteRead("advert.feeds-listed", {});
    return (await feedRows(db)).map(viewOf);
  });
}

/** By the clock: each feed whose time has come becomes a job. */
export async function feedsDue(node: AdsNode): Promise<void> {
  const due = await node.store.read(jobStanding, (db) =>
    feedRows(db, sql`switched_on and next_at <= ${node.clock.now()}`),
  );
  if (due.length === 0) return;
  await node.store.write(jobStanding, async (tx) => {
    for (const { source_id: source, next_at } of due)
      await tx.enqueue({
        ...{ kind: "ads.feed", payload: { source } },
        key: `${source} ${next_at!.toISOString()}`,
      });
    tx.note("advert.feeds-due", { feeds: due.length });
  });
  node.wake("jobs");
}

export const feedJobs = (node: AdsNode): Record<string, JobHandler> => ({
  "ads.feed": { run: (job: RunningJob) => fetchFeed(node, (job.payload as { source: Id }).source), tries: 1 },
});

/** Fetches one feed that is on. Never throws for what the other side does: it is noted, and asked again later. */
export async function fetchFeed(node: AdsNode, source: Id): Promise<void> {
  const [feed] = await node.store.read(jobStanding, (db) =>
    feedRows(db, sql`source_id = ${source} and switched_on`),
  );
  if (feed === undefined) return;
  let got: Fetched;
  let took = { taken: 0, full: false };
  try {
    const of = await node.store.read(jobStanding, (db) => openSource(db, source));
    got = await node.outward(feed.address, feed);
    if (got.kind === "new") took = await takeEntries(node, of, feedRecords(textOf(got.bytes)));
  } catch (fault) {
    if (!(fault instanceof OutwardError) && !(fault instanceof AdsError)) throw fault;
    await failed(node, feed, fault);
    return;
  }
  // What did not fit into the day is asked for again: the answer is not yet done with.
  const { etag, modified } = got.kind === "same" ? feed : took.full ? { etag: null, modified: null } : got;
  await node.store.write(jobStanding, async (tx) => {
    await sql`update simpul.ad_feeds set etag = ${etag}, modified = ${modified}, fetched_at = ${tx.at}, failures = 0,
      fault = null, taken = taken + ${took.taken}, next_at = ${later(tx.at, feed.minutes * 60)}
      where source_id = ${source}`.execute(tx.rows);
    tx.note("advert.feed-fetched", { id: source, answer: got.kind, taken: took.taken });
  });
  if (took.taken > 0) await drawFor(node, feed.agency_id);
  else node.wake(`ads:${feed.agency_id}`);
}

const later = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1000);
const day = 86_400;

/** Twice as long after each failure, a day at most; as long as the other side asks for, where it says so. */
async function failed(node: AdsNode, feed: FeedRow, fault: OutwardError | AdsError): Promise<void> {
  const wait = Math.min(feed.minutes * 60 * 2 ** Math.min(feed.failures, 10), day);
  const asked = fault instanceof OutwardError ? Math.min(fault.after ?? 0, day) : 0;
  await node.store.write(jobStanding, async (tx) => {
    await sql`update simpul.ad_feeds set failures = failures + 1, fault = ${fault.code},
      next_at = ${later(tx.at, Math.max(wait, asked))} where source_id = ${feed.source_id}`.execute(tx.rows);
    tx.note("advert.feed-failed", { id: feed.source_id, fault: fault.code });
  });
  node.wake(`ads:${feed.agency_id}`);
}

const entryOf = (record: AdRecord): Buffer =>
  createHash("sha256")
    .update(record.entry ?? record.text)
    .digest();

/** Entries that did not come before, portion by portion. An entry is known by its own name, a text by its digest. */
async function takeEntries(
  node: AdsNode,
  source: SourceRow,
  records: readonly AdRecord[],
): Promise<{ taken: number; full: boolean }> {
  let taken = 0;
  for (const some of portionsOf(records)) {
    const took = await node.store.write(jobStanding, async (tx) => {
      const entries = some.map(entryOf);
      const { rows } = await sql<{ entry: Buffer }>`select entry from simpul.ad_feed_entries
        where source_id = ${source.id} and entry = any(${entries})`.execute(tx.rows);
      const known = new Set(rows.map(({ entry }) => entry.toString("hex")));
      const fresh = some.filter((_, nth) => !known.has(entries[nth]!.toString("hex")));
      const done = await takeIn(node, tx, source, fresh, { officer: null, import: null });
      const came = fresh.slice(0, done.ids.length).map(entryOf);
      await sql`insert into simpul.ad_feed_entries (source_id, entry) select ${source.id}, e
        from unnest(${came}::bytea[]) as r(e) on conflict do nothing`.execute(tx.rows);
      tx.note("advert.feed-portion", { id: source.id, taken: done.taken, looked: some.length });
      return done;
    });
    kept(node, source.agency_id);
    taken += took.taken;
    if (took.full) return { taken, full: true };
  }
  return { taken, full: false };
}
