// Reminders while the desk is closed: the earliest day on which something is due, one date and nothing else, under the node's key.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import type { Book } from "./book.ts";
import type { AtDesk, DueDay, Person } from "./contract.ts";
import { ofTheDesk, standingOf, type VictimsNode } from "./node.ts";

const context = "victims:due";
/** One line stands for all: how many and whose is more than a closed desk may say. */
const allOfThem = "00000000-0000-4000-8000-000000000180" as Id;
/** The evening before, in the region, it is there. */
const ahead = 12 * 3_600_000;

export const daysOf = (node: VictimsNode, person: Person): DueDay[] =>
  node.dueOf.flatMap((days) => days(person));

/** Keeps the earliest day anew when it is another one. */
export async function keepDue(node: VictimsNode, who: AtDesk, book: Book): Promise<void> {
  let on: string | null = null;
  for (const person of book.people())
    for (const day of daysOf(node, person)) if (on === null || day.on < on) on = day.on;
  if (node.memory.due === on) return;
  // Always as long: whether a day is in it does not show.
  const text = (on ?? "").padEnd(10);
  const sealed = Buffer.from(node.box.wrap(new TextEncoder().encode(text), context));
  await node.store.write(standingOf(who), async (tx) => {
    tx.allowed(ofTheDesk(node, who));
    await sql`insert into simpul.victim_due (sealed) values (${sealed})
      on conflict (one) do update set sealed = excluded.sealed`.execute(tx.rows);
    tx.note("victims.due-kept", {});
  });
  node.memory.due = on;
}

/** One line at the victim desk once that day is here, whether a desk is open or not. */
export const victimsInbox = (node: VictimsNode): InboxSource => ({
  name: "victims",
  waiting: async (standing, db) => {
    if (standing.actor.agencyKind !== "victim-services" || standing.purpose !== "victim-assistance")
      return [];
    ofTheDesk(node, { officer: standing.actor, purpose: standing.purpose });
    const { rows } = await sql<{ sealed: Buffer }>`select sealed from simpul.victim_due`.execute(db.rows);
    const row = rows[0];
    if (row === undefined) return [];
    const on = new TextDecoder().decode(node.box.unwrap(row.sealed, context)).trim();
    const until = new Date(node.clock.now().getTime() + ahead).toISOString().slice(0, 10);
    return on === "" || on > until ? [] : [lineOf(on)];
  },
});

const lineOf = (on: string): InboxEntry => ({
  ...{ id: allOfThem, kind: "victims-due", title: "", to: "/victims/due", due: on },
  ...{ since: `${on}T00:00:00.000Z`, for: "desk", case: null },
});
