// Nobody asleep: by the clock, those are told who should look, one step after the other; nothing decides by itself.
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { Notice, NoticeLevel, Told } from "./contract.ts";
import { iso, jobStanding, type Db, type RequestsNode } from "./node.ts";
import { whoIsTold } from "./on-duty.ts";

interface Waiting {
  request: Id;
  about: Id;
  level: NoticeLevel;
  /** Null: the contact point's. */
  desk: Id | null;
}

const minute = 60_000;

/** What should be told by now, and was not yet: unopened urgent requests, clocks, overdue permissions. */
async function waiting(node: RequestsNode, db: Pick<Db, "rows">, now: Date): Promise<Waiting[]> {
  const { escalation, warn } = node.codes;
  const ago = (minutes: number) => new Date(now.getTime() - minutes * minute);
  const ahead = (hours: number) => new Date(now.getTime() + hours * 60 * minute);
  const { rows } = await sql<Waiting>`
    with all_waiting as (
      select t.request_id as request, t.id as about, l.level, null::uuid as desk
      from simpul.request_threads t
        join (values ('duty', ${ago(escalation.duty)}::timestamptz), ('supervisor', ${ago(escalation.supervisor)}),
          ('phone', ${ago(escalation.phone)})) l (level, since) on t.created_at <= l.since
      where t.direction = 'incoming' and t.state = 'delivered' and (t.clock ->> 'urgent')::boolean
      union all
      select t.request_id, t.id, case when t.due_at <= ${now} then 'over' else 'near' end, r.desk_id
      from simpul.request_threads t join simpul.requests r on r.id = t.request_id
      where t.direction = 'incoming' and t.due_at is not null
        and t.due_at <= case when (t.clock ->> 'urgent')::boolean then ${ahead(warn.urgentHours)}::timestamptz
                             else ${ahead(warn.hours)} end
      union all
      -- HC-8: silence decides nothing; the originator's supervisor hears of it.
      select p.request_id, p.id, 'permission', r.desk_id
      from simpul.permissions p join simpul.requests r on r.id = p.request_id
      where p.direction = 'incoming' and p.state = 'delivered' and p.due_at <= ${now})
    select w.* from all_waiting w
    where not exists (select 1 from simpul.request_notices n where n.about = w.about and n.level = w.level)
    order by w.request, w.level limit 500`.execute(db.rows);
  return rows;
}

/** Whom a step tells: of the duty desk or the desk at work those on duty; its supervisors. Null: somebody has to call. */
async function toTell(
  db: Pick<Db, "rows">,
  one: Waiting,
  now: Date,
): Promise<(Told | { officer: null; insteadOf: null })[]> {
  if (one.level === "phone") return [{ officer: null, insteadOf: null }];
  const supervisors = ["supervisor", "over", "permission"].includes(one.level);
  const at = (desk: Id | null) =>
    whoIsTold(db, now, { desks: desk === null ? null : [desk], supervisors, except: one.request });
  const found = await at(one.desk);
  // A desk without a supervisor of its own answers to the contact point's.
  return found.length === 0 && one.desk !== null ? at(null) : found;
}

/** The chore: one transaction for each thing that waits. Gives how many steps were taken. */
export async function escalate(node: RequestsNode): Promise<number> {
  const standing = jobStanding("requests-escalate");
  const now = node.clock.now();
  const due = await node.store.read(standing, (db) => waiting(node, db, now));
  for (const one of due) {
    await node.store.write(standing, async (tx) => {
      const told = await toTell(tx, one, now);
      for (const each of told) await keep(tx, one, each);
      tx.note("request.escalated", {
        id: one.request,
        level: one.level,
        about: one.about,
        told: told.flatMap((each) => each.officer ?? []),
      });
    });
    node.wake(`request:${one.request}`);
  }
  return due.length;
}

async function keep(
  tx: Writer,
  one: Waiting,
  { officer, insteadOf }: { officer: Id | null; insteadOf: Id | null },
): Promise<void> {
  await sql`insert into simpul.request_notices (request_id, id, about, level, officer_id, instead_of, at)
    values (${one.request}, ${tx.newId()}, ${one.about}, ${one.level}, ${officer}, ${insteadOf}, ${tx.at})
    on conflict do nothing`.execute(tx.rows);
}

/** Who was told about a request, the first first. */
export async function noticesOf(db: Pick<Db, "rows">, request: Id): Promise<Notice[]> {
  const { rows } = await sql<{
    id: Id;
    about: Id;
    level: NoticeLevel;
    officer_id: Id | null;
    instead_of: Id | null;
    at: Date;
    done_by: Id | null;
    done_at: Date | null;
    text: string | null;
  }>`select * from simpul.request_notices where request_id = ${request} order by at, array_position(array['duty', 'supervisor', 'phone', 'near', 'over', 'permission'], level),
      id limit 200`.execute(db.rows);
  return rows.map((row) => ({
    id: row.id,
    about: row.about,
    level: row.level,
    officer: row.officer_id,
    insteadOf: row.instead_of,
    at: iso(row.at),
    done:
      row.done_by === null || row.done_at === null
        ? null
        : { by: row.done_by, at: iso(row.done_at), text: row.text ?? "" },
  }));
}
