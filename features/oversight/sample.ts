// The week's sample (AUD-2): drawn by a job from a cosigned head, looked through and marked by oversight.
import type { Id } from "@simpul/model";
import type { Head, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AskMark, Sample, SampleView } from "./contract.ts";
import { daysAfter, draw, seedOf, weekOf } from "./draw.ts";
import { named, type LeafRow } from "./log.ts";
import { stateOf } from "./look.ts";
import { iso, mayMark, mayOversee, OversightError, type OfOfficer, type OversightNode } from "./node.ts";

const job: Standing = { actor: { kind: "job", name: "sample" }, purpose: "oversight" };
const logs = ["main", "reads"] as const;

/** Draws the last week that is over, where it is not drawn yet and another state has cosigned a head behind it. */
export async function drawSamples(node: OversightNode): Promise<number> {
  const week = weekOf(new Date(node.store.clock.now().getTime() - 7 * 86_400_000));
  let drawn = 0;
  for (const log of logs) if (await drawOne(node, log, week)) drawn += 1;
  return drawn;
}

async function drawOne(node: OversightNode, log: "main" | "reads", week: string): Promise<boolean> {
  const range = await node.store.read(job, async (db) => {
    const { rows } = await sql<{ first: string | null; past: string | null; done: boolean }>`
      select min(index) as first, max(index) + 1 as past,
        exists (select 1 from simpul.oversight_samples s where s.log = ${log} and s.week = ${week}::date) as done
      from simpul.leaves where log = ${log} and index is not null
        and at >= ${daysAfter(week, 0)} and at < ${daysAfter(week, 7)}`.execute(db.rows);
    return rows[0]!;
  });
  if (range.done || range.first === null || range.past === null) return false;
  const { first, past } = { first: Number(range.first), past: Number(range.past) };
  const head = await firstCosigned(node, log, past);
  if (head === null) return false;
  const seed = seedOf(head.note);
  await node.store.write(job, async (tx) => {
    const counted = await sql<{ id: Id; index: string }>`select id, index from simpul.leaves
      where log = ${log} and index >= ${first} and index < ${past} and officer_id is not null
        and at >= ${daysAfter(week, 0)} and at < ${daysAfter(week, 7)}
        -- What oversight itself looked at would be most of a quiet week.
        and kind not like 'log.%' and kind not like 'oversight.%'`.execute(tx.rows);
    const ids = new Map(counted.rows.map((one) => [Number(one.index), one.id]));
    const chosen = draw(seed, { first, past }, (place) => ids.has(place));
    await keep(tx, { log, week, first, past, head, seed }, chosen, ids);
    tx.note("oversight.sampled", { log, week, size: chosen.length });
  });
  return true;
}

async function keep(
  tx: Writer,
  of: { log: string; week: string; first: number; past: number; head: Head; seed: Buffer },
  chosen: readonly number[],
  ids: ReadonlyMap<number, Id>,
): Promise<void> {
  const { log, week, first, past, head, seed } = of;
  await sql`insert into simpul.oversight_samples (log, week, first, past, head_size, head, seed, drawn_at)
    values (${log}, ${week}::date, ${first}, ${past}, ${head.size}, ${head.note}, ${seed}, ${tx.at})`.execute(
    tx.rows,
  );
  for (const [nth, place] of chosen.entries())
    await sql`insert into simpul.oversight_sample_entries (log, week, nth, leaf_id, place)
      values (${log}, ${week}::date, ${nth}, ${ids.get(place)!}, ${place})`.execute(tx.rows);
}

/** The smallest head of at least this size that another state has cosigned: which one, nobody chooses. */
async function firstCosigned(node: OversightNode, log: "main" | "reads", size: number): Promise<Head | null> {
  const found = await node.store.chore("sample", ({ rows }) =>
    sql<{ size: string | null }>`select min(size) as size from simpul.cosignatures
      where log = ${log} and size >= ${size}`.execute(rows),
  );
  const smallest = found.rows[0]?.size ?? null;
  return smallest === null ? null : node.ledger.head(log, Number(smallest));
}

interface SampleRow {
  log: "main" | "reads";
  week: string;
  first: string;
  past: string;
  head_size: string;
  head: string;
  drawn_at: Date;
  drawn: number;
  marked: number;
  found: number;
}

/** The samples of the last weeks, newest first. Throws `NOT_FOUND` to everybody but oversight. */
export async function listSamples(node: OversightNode, standing: Standing): Promise<Sample[]> {
  const because = mayOversee(node, standing);
  return node.store.read(standing, async (db) => {
    db.allowed(because);
    db.noteRead("oversight.samples-listed", {});
    const { rows } =
      await sql<SampleRow>`select s.log, s.week::text, s.first, s.past, s.head_size, s.head, s.drawn_at,
        (select count(*)::int from simpul.oversight_sample_entries e where e.log = s.log and e.week = s.week) as drawn,
        (select count(distinct m.nth)::int from simpul.oversight_marks m
          where m.log = s.log and m.week = s.week) as marked,
        (select count(*)::int from (select distinct on (m.nth) m.mark from simpul.oversight_marks m
          where m.log = s.log and m.week = s.week order by m.nth, m.marked_at desc) l where l.mark <> 'in-order') as found
      from simpul.oversight_samples s order by s.week desc, s.log limit 104`.execute(db.rows);
    return rows.map(sampleOf);
  });
}

const sampleOf = (row: SampleRow): Sample => ({
  log: row.log,
  week: row.week,
  first: Number(row.first),
  past: Number(row.past),
  headSize: Number(row.head_size),
  drawnAt: iso(row.drawn_at),
  drawn: row.drawn,
  marked: row.marked,
  found: row.found,
});

interface EntryRow extends LeafRow {
  nth: number;
  mark: "in-order" | "ask" | "not-in-order" | null;
  mark_note: string | null;
  marked_by: Id | null;
  marked_at: Date | null;
}

/** One sample with its entries, and with what draws it again. */
export async function viewSample(
  node: OversightNode,
  standing: Standing,
  log: "main" | "reads",
  week: string,
): Promise<SampleView> {
  const sample = (await listSamples(node, standing)).find((one) => one.log === log && one.week === week);
  if (sample === undefined) throw new OversightError("NOT_FOUND", week);
  const because = mayOversee(node, standing);
  const { head, rows } = await node.store.read(standing, async (db) => {
    db.allowed(because);
    db.noteRead("oversight.sample-viewed", { log, week });
    const kept = await sql<{ head: string }>`select head from simpul.oversight_samples
      where log = ${log} and week = ${week}::date`.execute(db.rows);
    const entries = await sql<EntryRow>`select e.nth, l.id, l.log, l.index, l.at, l.kind, l.actor,
        l.officer_id, l.purpose, l.case_id, l.record, m.mark, m.note as mark_note, m.marked_by, m.marked_at
      from simpul.oversight_sample_entries e join simpul.leaves l on l.id = e.leaf_id and l.log = e.log
        left join lateral (select mark, note, marked_by, marked_at from simpul.oversight_marks k
          where k.log = e.log and k.week = e.week and k.nth = e.nth order by k.marked_at desc limit 1) m on true
      where e.log = ${log} and e.week = ${week}::date order by e.nth`.execute(db.rows);
    return { head: kept.rows[0]!.head, rows: entries.rows };
  });
  const entries = await named(node, rows);
  const markers = await node.names.directory.officers(rows.flatMap((one) => one.marked_by ?? []));
  const note = head.split("\n");
  return {
    ...sample,
    seed: seedOf(head).toString("hex"),
    cosigners: note.flatMap((line) => /^— (\w\w\.\S+\/cosigner) /.exec(line)?.[1] ?? []).map(stateOf),
    head,
    entries: entries.map((entry, at) => ({
      nth: rows[at]!.nth,
      entry,
      mark:
        rows[at]!.mark === null
          ? null
          : {
              mark: rows[at]!.mark,
              note: rows[at]!.mark_note ?? "",
              by: markers.get(rows[at]!.marked_by!)?.name ?? "",
              at: iso(rows[at]!.marked_at!),
            },
    })),
  };
}

/** Marks one drawn entry; a later mark stands beside the earlier one. Throws `NOT_FOUND`, or `NOTE_MISSING` where one is due. */
export async function markEntry(
  node: OversightNode,
  standing: OfOfficer,
  of: { log: "main" | "reads"; week: string; nth: number },
  ask: AskMark,
): Promise<void> {
  const because = mayMark(node, standing, "oversight.mark");
  if (ask.mark !== "in-order" && ask.note.trim().length < 3) throw new OversightError("NOTE_MISSING");
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{ leaf_id: Id }>`select leaf_id from simpul.oversight_sample_entries
      where log = ${of.log} and week = ${of.week}::date and nth = ${of.nth}`.execute(tx.rows);
    if (rows[0] === undefined) throw new OversightError("NOT_FOUND", of.week);
    const id = tx.newId();
    await sql`insert into simpul.oversight_marks (id, log, week, nth, mark, note, marked_by, marked_at)
      values (${id}, ${of.log}, ${of.week}::date, ${of.nth}, ${ask.mark}, ${ask.note.trim()},
        ${standing.actor.id}, ${tx.at})`.execute(tx.rows);
    tx.note("oversight.marked", { id, leaf: rows[0].leaf_id, mark: ask.mark });
  });
}
