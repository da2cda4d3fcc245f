// HIT-11: once a month each state compares its log of what it asked with the holder's, by counts and hashes.
import type { NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { jobStanding, type ChecksNode } from "./node.ts";
import { epochOf } from "./rules.ts";
import { Compared, print, questions, readAs, rootOf } from "./wire.ts";

/** The month before this one. */
const lastMonth = (now: Date): string =>
  epochOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 0)));

/** Compares one month with one state and keeps what came out; another count or hash is an alarm. */
export async function compareWith(node: ChecksNode, peer: NodeCode, month: string): Promise<boolean> {
  const theirs = readAs(Compared, await node.asking.ask(peer, questions.compare, print({ v: 1, month })));
  return node.store.write(jobStanding, async (tx) => {
    const { rows } = await sql<{ entry: string }>`select entry from simpul.check_askings
      where peer = ${peer} and state = 'answered' and entry is not null
        and to_char(ended_at at time zone 'UTC', 'YYYY-MM') = ${month}`.execute(tx.rows);
    const ours = rows.map((row) => row.entry);
    const alike = ours.length === theirs.count && rootOf(ours) === theirs.root;
    await sql`insert into simpul.check_comparisons (peer, month, at, ours, theirs, alike)
      values (${peer}, ${month}, ${tx.at}, ${ours.length}, ${theirs.count}, ${alike})
      on conflict (peer, month) do update set at = excluded.at, ours = excluded.ours, theirs = excluded.theirs,
        alike = excluded.alike`.execute(tx.rows);
    tx.note("check.compared", { peer, month, ours: ours.length, theirs: theirs.count, alike });
    if (!alike) {
      const id = tx.newId();
      await sql`insert into simpul.check_alarms (id, at, side, kind, peer, facts)
        values (${id}, ${tx.at}, 'asking', 'logs-differ', ${peer},
          ${JSON.stringify({ month, ours: ours.length, theirs: theirs.count })}::jsonb)`.execute(tx.rows);
      tx.note("check.alarm", { id, peer, alarm: "logs-differ" });
    }
    return alike;
  });
}

/** Compares the last month with every state with which it was not compared yet. */
export async function compareLogs(node: ChecksNode): Promise<void> {
  const month = lastMonth(node.clock.now());
  const done = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<{ peer: string }>`
      select peer from simpul.check_comparisons where month = ${month}`.execute(db.rows);
    return new Set(rows.map((row) => row.peer));
  });
  for (const peer of await node.asking.peers())
    // A state that is away is compared at the next turn.
    if (!done.has(peer)) await compareWith(node, peer, month).catch(() => false);
}
