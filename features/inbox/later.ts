// What an officer put off until later: for herself alone, and never what presses.
import type { Reader } from "@simpul/store";
import { sql } from "kysely";
import { InboxError, inboxLimits, type EntryName, type InboxStanding } from "./contract.ts";
import { kindMayWait, type PutOff } from "./rules.ts";
import { ofHerOwn, type OwnNode } from "./views.ts";

/** What she put off; row security shows her own alone. */
export async function putOffBy(db: Reader): Promise<PutOff[]> {
  const { rows } = await sql<{ kind: string; entry: string; put_at: Date; until_at: Date }>`
    select kind, entry, put_at, until_at from simpul.inbox_later
    limit ${inboxLimits.putOff}`.execute(db.rows);
  return rows.map((row) => ({ kind: row.kind, id: row.entry, at: row.put_at, until: row.until_at }));
}

/** Throws `MAY_NOT_WAIT`, `UNTIL_OUT_OF_RANGE`, `LIMIT_REACHED`: then none of them is put off. */
export async function putOff(
  node: OwnNode,
  standing: InboxStanding,
  ask: { entries: readonly EntryName[]; until: string },
): Promise<void> {
  const until = new Date(ask.until);
  const ahead = until.getTime() - node.clock.now().getTime();
  if (ahead <= 0 || ahead > inboxLimits.laterDays * 86_400_000)
    throw new InboxError("UNTIL_OUT_OF_RANGE", ask.until);
  const pressing = ask.entries.find((one) => !kindMayWait(one.kind));
  if (pressing !== undefined) throw new InboxError("MAY_NOT_WAIT", pressing.kind);
  await node.store.write(standing, async (tx) => {
    ofHerOwn(node, standing, tx);
    await sql`delete from simpul.inbox_later where until_at <= ${tx.at}`.execute(tx.rows);
    for (const { kind, id } of ask.entries)
      await sql`insert into simpul.inbox_later (officer_id, kind, entry, put_at, until_at)
        values (${standing.actor.id}, ${kind}, ${id}, ${tx.at}, ${until})
        on conflict (officer_id, kind, entry) do update set put_at = excluded.put_at, until_at = excluded.until_at`.execute(
        tx.rows,
      );
    const { rows } = await sql`select 1 from simpul.inbox_later limit ${inboxLimits.putOff + 1}`.execute(
      tx.rows,
    );
    if (rows.length > inboxLimits.putOff)
      throw new InboxError("LIMIT_REACHED", `${inboxLimits.putOff} put off`);
    tx.note("inbox.put-off", { count: ask.entries.length, until: until.toISOString() });
  });
}

/** They wait for her again; what was not put off stays as it is. */
export const takeUp = (
  node: OwnNode,
  standing: InboxStanding,
  entries: readonly EntryName[],
): Promise<void> =>
  node.store.write(standing, async (tx) => {
    ofHerOwn(node, standing, tx);
    for (const { kind, id } of entries)
      await sql`delete from simpul.inbox_later where kind = ${kind} and entry = ${id}`.execute(tx.rows);
    tx.note("inbox.taken-up", { count: entries.length });
  });
