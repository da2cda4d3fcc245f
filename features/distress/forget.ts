// What is done is forgotten after its time: messages that were taken, words behind a number, what other desks were told (RET-1).
import { readFileSync } from "node:fs";
import { sql } from "kysely";
import { z } from "zod";
import { dayOf } from "./keep.ts";
import { deskJob, type DistressNode } from "./node.ts";

const day = 86_400_000;
const Terms = z.object({
  version: z.string(),
  source: z.string(),
  /** After a message was taken, and after the last thing the desk wrote about it. */
  quietDays: z.number().int().min(30).max(3650),
  /** After the last word behind a number. */
  numberDays: z.number().int().min(30).max(3650),
  /** As long a state that was told can be told that it is called back: its name and a random id stay, without content. */
  heldDays: z.number().int().min(365).max(7300),
});
/** This state's periods. Throws at the start when they cannot be. */
export const readKept = (file = new URL("kept.json", import.meta.url)): z.infer<typeof Terms> =>
  Terms.parse(JSON.parse(readFileSync(file, "utf8")));

/** In one turn of the chore. */
const most = 500;

/** The chore. A message that nobody took stays, whatever its age. Gives how many messages are gone. */
export async function forgetDone(node: Pick<DistressNode, "store" | "clock">): Promise<number> {
  const terms = readKept();
  const now = node.clock.now().getTime();
  const quiet = new Date(now - terms.quietDays * day);
  const held = new Date(now - terms.heldDays * day);
  const unread = dayOf(new Date(now - terms.numberDays * day));
  const due = await node.store.read(deskJob, (db) =>
    sql<{ due: boolean }>`select exists (select from simpul.distress_messages where taken_at < ${quiet})
      or exists (select from simpul.distress_replies where day < ${unread}::date)
      or exists (select from simpul.distress_told where state is not null and (at < ${held}
        or (gone_at < ${quiet} and gone_waits = '{}') or (given_by is not null and coalesce(seen_at, at) < ${quiet})))
      as due`.execute(db.rows),
  );
  if (!due.rows[0]!.due) return 0;
  return node.store.write(deskJob, async (tx) => {
    const { rows } = await sql<{
      messages: number;
      replies: number;
      told: number;
    }>`select messages, replies, told
      from simpul.forget_distress(${quiet}, ${unread}::date, ${held}, ${most})`.execute(tx.rows);
    tx.note("distress.forgotten", { ...rows[0]! });
    return rows[0]!.messages;
  });
}
