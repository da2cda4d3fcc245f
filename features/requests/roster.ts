// A desk's duty roster: read with its gaps and who is on duty now, written a week at a time by the head of the desk (MSG-8).
import { instantIn, wallIn } from "@simpul/doors/i18n";
import type { Id } from "@simpul/model";
import { demand } from "@simpul/policy";
import { inTurn, type Standing } from "@simpul/store";
import { sql } from "kysely";
import { RequestsError, rosterLimits, type AskRoster, type RosterView, type Shift } from "./contract.ts";
import { officerOf, type Db, type RequestsNode } from "./node.ts";
import { coverOf, membersOf, type ShiftRow, type Spanned } from "./roster-gaps.ts";
import { addDays, mondayOf } from "./roster-rules.ts";

const asked = (node: RequestsNode, standing: Standing) =>
  ({
    officer: officerOf(standing),
    act: "duty.roster",
    record: { kind: "node", id: node.code },
    purpose: standing.purpose,
    now: node.clock.now(),
  }) as const;

/** The instant at which a day begins here. */
const begins = (node: RequestsNode, day: string): Date => new Date(instantIn(node.code, `${day}T00:00`)!);

/** The roster of her own desk for the week in which `day` lies; without it, for this week. */
export async function viewRoster(
  node: RequestsNode,
  standing: Standing,
  day: string | undefined,
): Promise<RosterView> {
  const now = node.clock.now();
  const { desk } = officerOf(standing);
  const week = mondayOf(day ?? wallIn(node.code, now.toISOString()).slice(0, 10));
  const [from, until] = [begins(node, week), begins(node, addDays(week, 7))];
  return node.store.read(standing, async (db) => {
    db.noteRead("duty.roster-viewed", { desk, week });
    const { officers, shifts, gaps } = await coverOf(db, desk, { from, until });
    const kept = await sql<{ version: number }>`select version from simpul.duty_weeks
      where desk_id = ${desk} and monday = ${week}::date`.execute(db.rows);
    const wall = (at: number): string => wallIn(node.code, new Date(at).toISOString());
    return {
      ...{
        desk,
        week,
        version: kept.rows[0]?.version ?? 0,
        officers: officers.map((officer) => ({ officer })),
      },
      shifts: shifts.filter(({ monday }) => monday === week).map((row) => shiftOf(node, row)),
      gaps: gaps.map((gap) => ({ from: wall(gap.from), until: wall(gap.until) })),
      now: await onDutyNow(db, desk, now),
      mayKeep: node.policy.decide(asked(node, standing)).allowed,
    };
  });
}

const shiftOf = (node: RequestsNode, row: ShiftRow): Shift => {
  const [from, until] = [row.from_at, row.until_at].map((at) => wallIn(node.code, at.toISOString()));
  return { officer: row.officer, day: from!.slice(0, 10), from: from!.slice(11), until: until!.slice(11) };
};

async function onDutyNow(db: Pick<Db, "rows">, desk: Id, now: Date): Promise<{ officer: Id }[]> {
  const { rows } = await sql<{ officer: Id }>`select distinct officer_id as officer from simpul.duty_shifts
    where desk_id = ${desk} and from_at <= ${now} and until_at > ${now} order by 1 limit 200`.execute(
    db.rows,
  );
  return rows;
}

/**
 * Writes a week of the roster of her own desk whole. Throws `NEWER_DRAFT` where somebody wrote it since it was read,
 * `TOO_MUCH` for a week too far away, `NOT_FOUND` for an officer who is not of the desk or a day of another week.
 */
export async function keepRoster(
  node: RequestsNode,
  standing: Standing,
  week: string,
  ask: AskRoster,
): Promise<{ version: number }> {
  const { desk, id: by } = officerOf(standing);
  requireWeek(node, week);
  const shifts = ask.shifts.map((shift) => spanOf(node, week, shift));
  const version = await node.store.write(standing, async (tx) => {
    tx.allowed(demand(node.policy, asked(node, standing)));
    await inTurn(tx, `duty roster of ${desk}`);
    const officers = await membersOf(tx, desk);
    const stranger = shifts.find(({ officer }) => !officers.includes(officer));
    if (stranger !== undefined) throw new RequestsError("NOT_FOUND");
    const { rows } = await sql<{ version: number }>`select version from simpul.duty_weeks
      where desk_id = ${desk} and monday = ${week}::date`.execute(tx.rows);
    if ((rows[0]?.version ?? 0) !== ask.version) throw new RequestsError("NEWER_DRAFT");
    const next = ask.version + 1;
    await sql`insert into simpul.duty_weeks (desk_id, monday, version, changed_by, changed_at)
      values (${desk}, ${week}::date, ${next}, ${by}, ${tx.at})
      on conflict (desk_id, monday) do update set version = excluded.version, changed_by = excluded.changed_by,
        changed_at = excluded.changed_at`.execute(tx.rows);
    await sql`delete from simpul.duty_shifts where desk_id = ${desk} and monday = ${week}::date`.execute(
      tx.rows,
    );
    for (const [at, one] of shifts.entries())
      await sql`insert into simpul.duty_shifts (desk_id, monday, position, officer_id, from_at, until_at)
        values (${desk}, ${week}::date, ${at + 1}, ${one.officer}, ${new Date(one.from)}, ${new Date(one.until)})`.execute(
        tx.rows,
      );
    tx.note("duty.roster-kept", { desk, week, version: next, shifts: shifts.length });
    return next;
  });
  node.wake("desk:duty");
  return { version };
}

function requireWeek(node: RequestsNode, week: string): void {
  if (mondayOf(week) !== week) throw new RequestsError("NOT_FOUND");
  const away = (Date.parse(week) - node.clock.now().getTime()) / (7 * 86_400_000);
  const { weeksBack, weeksAhead } = rosterLimits;
  if (away < -weeksBack || away > weeksAhead) throw new RequestsError("TOO_MUCH", { weeks: weeksAhead });
}

function spanOf(node: RequestsNode, week: string, { officer, day, from, until }: Shift): Spanned {
  if (mondayOf(day) !== week) throw new RequestsError("NOT_FOUND");
  const at = (on: string, time: string): number => Date.parse(instantIn(node.code, `${on}T${time}`)!);
  return { officer, from: at(day, from), until: at(until > from ? day : addDays(day, 1), until) };
}
