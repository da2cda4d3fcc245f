// The live board of the window: what each site's people write, once however often it is sent, and the sums of it.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { OperationsError, type AskEntry, type BoardView, type SiteStatus } from "./contract.ts";
import { actsOf } from "./look.ts";
import { demandOn, officerOf, type OfOfficer, type OperationsNode } from "./node.ts";
import { headOf, keepEntry, operation, sitesOf, votesOf, windowOf, type EntryRow } from "./records.ts";
import { fitsWindow, isApproved, noTally, tallyOf, timeOfEntry } from "./rules.ts";
import type { Wire } from "./wire.ts";

/** Lines on a page; sums count all of them. */
const shown = 100;

export async function boardOf(node: OperationsNode, standing: Standing, id: Id): Promise<BoardView> {
  const who = officerOf(standing);
  const now = node.clock.now();
  return node.store.read(standing, async (db) => {
    const row = await operation(db, id);
    db.noteRead("operation.board-viewed", { id });
    const head = await headOf(db, row, now);
    const entries =
      await sql<EntryRow>`select id, node, site_id, at, clock_off, status, checks, met, items, text,
        by_officer from simpul.operation_entries where operation_id = ${id}
      order by at desc, id desc limit ${shown}`.execute(db.rows);
    const sums = await sql<{ site_id: Id | null; checks: number; met: number; items: number; last: Date }>`
      select site_id, sum(checks)::int as checks, sum(met)::int as met, sum(items)::int as items, max(at) as last
      from simpul.operation_entries where operation_id = ${id} group by site_id`.execute(db.rows);
    const statuses = await sql<{
      site_id: Id;
      status: SiteStatus;
    }>`select distinct on (site_id) site_id, status
      from simpul.operation_entries where operation_id = ${id} and status is not null and site_id is not null
      order by site_id, at desc, id desc`.execute(db.rows);
    const people = await node.directory.officers([
      ...new Set(entries.rows.flatMap((one) => one.by_officer ?? [])),
    ]);
    const tallyAt = (site: Id) =>
      tallyOf(sums.rows.filter((sum) => sum.site_id === site).map((counts) => ({ counts })));
    const sites = (await sitesOf(db, id)).filter((site) => site.node === site.state);
    return {
      ...{ operation: head, own: node.code, now: now.toISOString(), may: actsOf(node, who, row, head.state) },
      sites: sites.map(({ id: site, node: of, label }) => ({
        ...{ id: site, node: of, label, tally: tallyAt(site) },
        status: statuses.rows.find((one) => one.site_id === site)?.status ?? "waiting",
        last: sums.rows.find((one) => one.site_id === site)?.last.toISOString() ?? null,
      })),
      total: sums.rows.length === 0 ? noTally() : tallyOf(sums.rows.map((counts) => ({ counts }))),
      entries: entries.rows.map((one) => ({
        ...{
          id: one.id,
          node: one.node,
          site: one.site_id,
          at: one.at.toISOString(),
          clockOff: one.clock_off,
        },
        ...{ status: one.status, text: one.text },
        counts: { checks: one.checks, met: one.met, items: one.items },
        by: one.by_officer === null ? null : (people.get(one.by_officer)?.name ?? null),
      })),
    };
  });
}

/**
 * Keeps lines in the order in which they came, each once; those written without a line come later and keep their time.
 * Throws `NOT_RUNNING` for one outside the window, `SITE_UNKNOWN`, `ENTRY_REUSED`.
 */
export async function enter(
  node: OperationsNode,
  standing: OfOfficer,
  id: Id,
  entries: readonly AskEntry[],
): Promise<void> {
  const fresh = await node.store.write(standing, async (tx) => {
    const row = await operation(tx, id);
    await demandOn(node, standing, tx, "operation.act", { id, author: row.made_by });
    const votes = await votesOf(tx, id);
    if (row.state !== "ready" || !isApproved({ ...row, votes })) throw new OperationsError("NOT_RUNNING");
    const sites = await sitesOf(tx, id);
    let kept = 0;
    for (const entry of entries) {
      const { at, clockOff } = timeOfEntry(new Date(entry.at), tx.at);
      if (!fitsWindow(at, windowOf(row), tx.at)) throw new OperationsError("NOT_RUNNING");
      if (entry.site !== null && !sites.some((site) => site.id === entry.site && site.node === node.code))
        throw new OperationsError("SITE_UNKNOWN");
      const by = standing.actor.id;
      if (!(await keepEntry(tx, { operation: id, node: node.code, by, at, clockOff }, entry))) continue;
      kept += 1;
      const body: Wire<"operation.entry"> = {
        operation: id,
        entry: { ...entry, at: at.toISOString() },
        clockOff,
      };
      for (const to of row.parties)
        if (to !== node.code)
          await tx.send({
            ...{ id: tx.newId(), to, kind: "operation.entry", urgent: true },
            body: { agency: standing.actor.agency, ...body },
          });
    }
    if (kept > 0) tx.note("operation.entered", { id, count: kept });
    return kept;
  });
  if (fresh === 0) return;
  node.wake(`operation:${id}`);
  node.send();
}
