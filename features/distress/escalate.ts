// Nobody asleep: by the clock those on duty are told that they should look, whatever the message says (MSG-8).
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { deskJob, type EmergencyNode } from "./node.ts";
import { dueSteps, type Level } from "./rules.ts";

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
    const { rows } = await sql<{ desk: Id }>`select desk_id as desk from simpul.distress_places
      where use = 'opens' and agreed_at is not null and ended_at is null`.execute(tx.rows);
    const desks = rows.map(({ desk }) => desk);
    for (const { id, level } of due) {
      const told = await toTell(node, tx, desks, level);
      await sql`insert into simpul.distress_steps (message_id, level, at, told)
        values (${id}, ${level}, ${tx.at}, ${told}::uuid[]) on conflict do nothing`.execute(tx.rows);
      tx.note("distress.escalated", { id, level, told });
    }
  });
  node.wake(`distress:${node.code}`);
  return due.length;
}

/** Desks without a supervisor are told whole. Empty for the telephone: somebody has to call. */
async function toTell(node: EmergencyNode, tx: Writer, desks: readonly Id[], level: Level): Promise<Id[]> {
  if (level === "phone") return [];
  const found = await node.duty.toTell(tx, { desks, supervisors: level === "supervisor" });
  const told = found.length > 0 ? found : await node.duty.toTell(tx, { desks, supervisors: false });
  return told.map(({ officer }) => officer);
}
