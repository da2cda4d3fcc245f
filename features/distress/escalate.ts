// Nobody asleep: by the clock those are told who should look, whatever the message says (MSG-8).
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { deskJob, type EmergencyNode } from "./node.ts";
import { dueSteps } from "./rules.ts";

/** The chore. Gives how many steps were taken. */
export async function escalateMessages(node: EmergencyNode): Promise<number> {
  const now = node.clock.now();
  const due = await node.store.read(deskJob, async (db) => {
    const { rows } = await sql<{ id: Id; clock_at: Date; levels: string[] | null }>`select m.id, m.clock_at,
        (select array_agg(s.level) from simpul.distress_steps s where s.message_id = m.id) as levels
      from simpul.distress_messages m where m.taken_by is null order by m.clock_at limit 500`.execute(
      db.rows,
    );
    return rows.flatMap(({ id, clock_at, levels }) =>
      dueSteps(clock_at, now)
        .filter((level) => !(levels ?? []).includes(level))
        .map((level) => ({ id, level })),
    );
  });
  if (due.length === 0) return 0;
  await node.store.write(deskJob, async (tx) => {
    for (const { id, level } of due) {
      await sql`insert into simpul.distress_steps (message_id, level, at) values (${id}, ${level}, ${tx.at})
        on conflict do nothing`.execute(tx.rows);
      tx.note("distress.escalated", { id, level });
    }
  });
  node.wake(`distress:${node.code}`);
  return due.length;
}
