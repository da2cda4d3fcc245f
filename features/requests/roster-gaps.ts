// When nobody is on duty at a desk: read from its roster and who is away, and told to the head of the desk (MSG-8).
import { wallIn } from "@simpul/doors/i18n";
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { rosterLimits } from "./contract.ts";
import { iso, type Db, type RequestsNode } from "./node.ts";
import { gapsOf, mondayOf, type Span } from "./roster-rules.ts";

export type Spanned = Span & { officer: Id };
export interface ShiftRow {
  officer: Id;
  from_at: Date;
  until_at: Date;
  monday: string;
}

/** Who may be put on duty at a desk, by name. */
export async function membersOf(db: Pick<Db, "rows">, desk: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select o.id from simpul.officers o
      join simpul.memberships m on m.officer_id = o.id and m.ended_at is null
    where m.desk_id = ${desk} and o.left_at is null
      and m.roles && array['liaison', 'supervisor', 'investigator', 'caseworker']
    order by o.name, o.id limit 500`.execute(db.rows);
  return rows.map(({ id }) => id);
}

/** Shifts that touch this time, and what of it nobody covers who is here or has somebody in her place. */
export async function coverOf(
  db: Pick<Db, "rows">,
  desk: Id,
  { from, until }: { from: Date; until: Date },
): Promise<{ officers: Id[]; shifts: ShiftRow[]; gaps: Span[] }> {
  const officers = await membersOf(db, desk);
  const { rows: shifts } =
    await sql<ShiftRow>`select officer_id as officer, from_at, until_at, monday::text from simpul.duty_shifts
    where desk_id = ${desk} and until_at > ${from} and from_at < ${until}
    order by from_at, position limit 2000`.execute(db.rows);
  const { rows: away } =
    await sql<ShiftRow>`select officer_id as officer, from_at, until_at, '' as monday from simpul.absences
    where ended_at is null and stand_in is null and until_at > ${from} and from_at < ${until}
      and officer_id = any(${officers}::uuid[]) limit 1000`.execute(db.rows);
  const span = ({ officer, from_at, until_at }: ShiftRow): Spanned => ({
    ...{ officer, from: from_at.getTime(), until: until_at.getTime() },
  });
  // Who left the desk is told nothing, so her shift covers nothing.
  const hold = shifts.filter(({ officer }) => officers.includes(officer));
  const whole = { from: from.getTime(), until: until.getTime() };
  return { officers, shifts, gaps: gapsOf(whole, hold.map(span), away.map(span)) };
}

const day = 86_400_000;

/** Hours of the days ahead without anybody, for who writes the roster; a desk that keeps none is told nothing. */
export const rosterInbox = (node: RequestsNode): InboxSource => ({
  name: "roster-gap",
  async waiting({ actor }, db): Promise<InboxEntry[]> {
    if (!actor.roles.includes("supervisor")) return [];
    const { desk } = actor;
    const now = node.clock.now();
    const days = (count: number): Date => new Date(now.getTime() + count * day);
    const { rows: kept } = await sql<{ name: string; since: Date }>`
        select d.name, max(w.changed_at) as since from simpul.duty_weeks w join simpul.desks d on d.id = w.desk_id
        where w.desk_id = ${desk} and exists (select 1 from simpul.duty_shifts s
          where s.desk_id = w.desk_id and s.until_at > ${days(-rosterLimits.daysKept)})
        group by d.name`.execute(db.rows);
    if (kept[0] === undefined) return [];
    const { gaps } = await coverOf(db, desk, { from: now, until: days(rosterLimits.daysTold) });
    const [first] = gaps;
    if (first === undefined) return [];
    const wall = (at: number): string => wallIn(node.code, new Date(at).toISOString());
    const [from, until] = [wall(first.from), wall(first.until)];
    const end = from.slice(0, 10) === until.slice(0, 10) ? until.slice(11) : until.replace("T", " ");
    const more = gaps.length > 1 ? ` (+${gaps.length - 1})` : "";
    return [
      {
        ...{ id: desk, kind: "roster-gap", for: "me", case: null },
        title: `${kept[0].name} · ${from.replace("T", " ")} – ${end}${more}`,
        to: `/requests/duty/roster?week=${mondayOf(from.slice(0, 10))}`,
        due: new Date(first.from).toISOString(),
        since: iso(kept[0].since),
      },
    ];
  },
});
