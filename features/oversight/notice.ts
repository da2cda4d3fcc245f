// What stands out in a day's log, noticed by a job in numbers and told in words; a named officer decides what it means.
import type { Id, WorkCalendar } from "@simpul/model";
import { isWorked } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import type { Notice, NoticeKind, noticeDecisions } from "./contract.ts";
import { iso, mayMark, mayOversee, OversightError, type OfOfficer, type OversightNode } from "./node.ts";
import { duty, isMany, limits } from "./rules.ts";

const job: Standing = { actor: { kind: "job", name: "notice" }, purpose: "oversight" };

interface Found {
  kind: NoticeKind;
  officer: Id;
  case?: Id;
  facts: Record<string, number>;
}

const minute = 60_000;
const day = 86_400_000;

/** Looks through the day before this one, by the state's own clock; gives how much was new. */
export async function notice(node: OversightNode, calendar: WorkCalendar | null): Promise<number> {
  const ahead = (calendar?.ahead ?? 0) * minute;
  const today = Math.floor((node.store.clock.now().getTime() + ahead) / day) * day - ahead;
  return noticeDay(node, calendar, new Date(today - day));
}

/** The same for the day that begins at this instant. */
export async function noticeDay(
  node: OversightNode,
  calendar: WorkCalendar | null,
  from: Date,
): Promise<number> {
  const ahead = calendar?.ahead ?? 0;
  const to = new Date(from.getTime() + day);
  const label = new Date(from.getTime() + ahead * minute).toISOString().slice(0, 10);
  const worked = calendar === null || isWorked(calendar, from);
  const found = await node.store.read(job, async (db) => [
    ...(await volume(db, from, to, ahead)),
    ...(await lateActs(db, from, to, ahead, worked)),
    ...(await searches(db, from, to)),
    ...(await names(db, from, to)),
  ]);
  if (found.length === 0) return 0;
  const known = await node.store.read(job, async (db) => {
    const { rows } = await sql<{ key: string }>`select concat(kind, officer_id, case_id) as key
      from simpul.oversight_notices where day = ${label}::date`.execute(db.rows);
    return new Set(rows.map((one) => one.key));
  });
  const fresh = found.filter((one) => !known.has(`${one.kind}${one.officer}${one.case ?? ""}`));
  if (fresh.length === 0) return 0;
  await node.store.write(job, async (tx) => {
    for (const one of fresh)
      await sql`insert into simpul.oversight_notices (id, kind, officer_id, desk_id, day, case_id, facts, noticed_at)
        values (${tx.newId()}, ${one.kind}, ${one.officer},
          (select desk_id from simpul.memberships where officer_id = ${one.officer} and ended_at is null
            order by since, id limit 1),
          ${label}::date, ${one.case ?? null}, ${JSON.stringify(one.facts)}::jsonb, ${tx.at})
        on conflict do nothing`.execute(tx.rows);
    tx.note("oversight.noticed", { day: label, count: fresh.length });
  });
  return fresh.length;
}

/** Looks into cases against her own four weeks and those of her desk. */
async function volume(db: Reader, from: Date, to: Date, ahead: number): Promise<Found[]> {
  const { rows } = await sql<{ officer: Id; looks: number; usual: number | null; desk: number | null }>`
    with looks as (
      select officer_id, floor(extract(epoch from at + make_interval(mins => ${ahead})) / 86400) as day, count(*) as n
      from simpul.leaves where log = 'reads' and officer_id is not null and case_id is not null
        and at >= ${new Date(from.getTime() - 28 * day)} and at < ${to} group by 1, 2),
    before as (select * from looks where day < floor(extract(epoch from ${from}::timestamptz + make_interval(mins => ${ahead})) / 86400)),
    desks as (select m.desk_id, avg(b.n) as n from before b
      join simpul.memberships m on m.officer_id = b.officer_id and m.ended_at is null group by m.desk_id)
    select l.officer_id as officer, l.n::int as looks,
      (select round(avg(b.n))::int from before b where b.officer_id = l.officer_id) as usual,
      (select round(max(d.n))::int from desks d join simpul.memberships m on m.desk_id = d.desk_id
        where m.officer_id = l.officer_id and m.ended_at is null) as desk
    from looks l where l.day = floor(extract(epoch from ${from}::timestamptz + make_interval(mins => ${ahead})) / 86400)
      and l.n >= ${limits.looks}`.execute(db.rows);
  return rows
    .filter((one) => isMany(one.looks, one.usual, one.desk))
    .map(({ officer, looks, usual, desk }) => ({
      kind: "volume",
      officer,
      facts: { looks, usual: usual ?? 0, desk: desk ?? 0 },
    }));
}

/** Work and exports outside duty; the contact point is on duty at any hour. */
async function lateActs(db: Reader, from: Date, to: Date, ahead: number, worked: boolean): Promise<Found[]> {
  const hour = sql`extract(hour from (l.at + make_interval(mins => ${ahead})) at time zone 'UTC')`;
  const { rows } = await sql<{ officer: Id; acts: number; exports: number }>`
    select l.officer_id as officer, count(*)::int as acts,
      (count(*) filter (where l.kind in ('evidence.export-asked', 'evidence.export-fetched')))::int as exports
    from simpul.leaves l
    where l.officer_id is not null and l.at >= ${from} and l.at < ${to} and l.case_id is not null
      and (${!worked} or ${hour} < ${duty.from} or ${hour} >= ${duty.to})
      and not exists (select 1 from simpul.memberships m join simpul.desks d on d.id = m.desk_id
        join simpul.agencies a on a.id = d.agency_id
        where m.officer_id = l.officer_id and m.ended_at is null and a.kind = 'liaison')
    group by l.officer_id`.execute(db.rows);
  return rows.flatMap(({ officer, acts, exports }): Found[] => [
    ...(acts >= limits.late ? [{ kind: "hours" as const, officer, facts: { acts } }] : []),
    ...(exports > 0 ? [{ kind: "late-export" as const, officer, facts: { exports } }] : []),
  ]);
}

/** Searches for her own name, and many that found nothing. */
async function searches(db: Reader, from: Date, to: Date): Promise<Found[]> {
  const about = sql`(l.record::jsonb -> 'about')`;
  const { rows } = await sql<{ officer: Id; searches: number; none: number; own: number }>`
    select l.officer_id as officer, count(*)::int as searches,
      (count(*) filter (where ${about} ->> 'found' = '0'))::int as none,
      (count(*) filter (where ${about} ->> 'own' = 'true'))::int as own
    from simpul.leaves l where l.log = 'reads' and l.kind = 'case.searched' and l.officer_id is not null
      and l.record is not null and l.at >= ${from} and l.at < ${to} group by l.officer_id`.execute(db.rows);
  return rows.flatMap(({ officer, searches: all, none, own }): Found[] => [
    ...(own > 0 ? [{ kind: "own-name" as const, officer, facts: { searches: own } }] : []),
    ...(none >= limits.noHits && none >= all * 0.7
      ? [{ kind: "no-hits" as const, officer, facts: { searches: all, none } }]
      : []),
  ]);
}

/** Cases looked at in which somebody bears her own name or a colleague's, by who is not on their teams. */
async function names(db: Reader, from: Date, to: Date): Promise<Found[]> {
  const { rows } = await sql<{ officer: Id; of: Id; own: boolean; looks: number }>`
    with seen as (select l.officer_id, l.case_id, count(*)::int as looks from simpul.leaves l
      where l.log = 'reads' and l.officer_id is not null and l.case_id is not null
        and l.at >= ${from} and l.at < ${to}
        and not exists (select 1 from simpul.case_team t
          where t.case_id = l.case_id and t.officer_id = l.officer_id)
      group by 1, 2),
    named as (select distinct s.case_id, lower(w.name) as name from simpul.case_subjects s,
      jsonb_array_elements(s.names) n, lateral (values (n ->> 'text'), (n ->> 'romanised')) w (name)
      where s.removed_at is null and w.name is not null and s.case_id in (select case_id from seen))
    select s.officer_id as officer, s.case_id as of, bool_or(o.id = s.officer_id) as own, max(s.looks) as looks
    from seen s join named n on n.case_id = s.case_id
      join simpul.officers o on n.name in (lower(o.name), lower(o.name_latin))
    group by 1, 2`.execute(db.rows);
  return rows.map(({ officer, of, own, looks }) => ({
    kind: own ? "own-name" : "colleague",
    officer,
    case: of,
    facts: { looks },
  }));
}

interface Row {
  id: Id;
  kind: NoticeKind;
  officer_id: Id;
  desk_id: Id | null;
  day: string;
  case_id: Id | null;
  facts: Record<string, number>;
  decision: (typeof noticeDecisions)[number] | null;
  note: string | null;
  decided_by: Id | null;
  decided_at: Date | null;
}

/** The newest of them, undecided ones first. Throws `NOT_FOUND` to everybody but oversight. */
export async function listNotices(node: OversightNode, standing: Standing): Promise<Notice[]> {
  const because = mayOversee(node, standing);
  const rows = await node.store.read(standing, async (db) => {
    db.allowed(because);
    const found =
      await sql<Row>`select n.id, n.kind, n.officer_id, n.desk_id, n.day::text, n.case_id, n.facts,
        d.decision, d.note, d.decided_by, d.decided_at
      from simpul.oversight_notices n left join simpul.oversight_decisions d on d.notice_id = n.id
      order by d.decided_at is not null, n.day desc, n.id desc limit 200`.execute(db.rows);
    db.noteRead("oversight.notices-listed", { shown: found.rows.length });
    return found.rows;
  });
  const { directory, cases } = node.names;
  const people = await directory.officers(
    rows.flatMap((one) => [one.officer_id, one.decided_by ?? one.officer_id]),
  );
  const desks = await directory.desks(rows.flatMap((one) => one.desk_id ?? []));
  const numbers = await cases.of(rows.flatMap((one) => one.case_id ?? []));
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    officer: { id: row.officer_id, name: people.get(row.officer_id)?.name ?? row.officer_id },
    desk: row.desk_id === null ? null : (desks.get(row.desk_id)?.name ?? null),
    day: row.day,
    case: row.case_id === null ? null : { id: row.case_id, number: numbers.get(row.case_id) ?? null },
    facts: row.facts,
    decision:
      row.decision === null
        ? null
        : {
            decision: row.decision,
            note: row.note!,
            by: people.get(row.decided_by!)?.name ?? "",
            at: iso(row.decided_at!),
          },
    own: standing.actor.kind === "officer" && row.officer_id === standing.actor.id,
  }));
}

/** Throws `OWN_MATTER` where it is about herself, `DECIDED_ALREADY`. */
export async function decideNotice(
  node: OversightNode,
  standing: OfOfficer,
  id: Id,
  ask: { decision: (typeof noticeDecisions)[number]; note: string },
): Promise<void> {
  const because = mayMark(node, standing, "oversight.mark");
  await node.store.write(standing, async (tx) => {
    tx.allowed(because);
    const { rows } = await sql<{ officer_id: Id }>`select officer_id from simpul.oversight_notices
      where id = ${id}`.execute(tx.rows);
    if (rows[0] === undefined) throw new OversightError("NOT_FOUND", id);
    if (rows[0].officer_id === standing.actor.id) throw new OversightError("OWN_MATTER", id);
    const { numAffectedRows } = await sql`
      insert into simpul.oversight_decisions (notice_id, decision, note, decided_by, decided_at)
      values (${id}, ${ask.decision}, ${ask.note}, ${standing.actor.id}, ${tx.at}) on conflict do nothing`.execute(
      tx.rows,
    );
    if (numAffectedRows !== 1n) throw new OversightError("DECIDED_ALREADY", id);
    tx.note("oversight.decided", { id, decision: ask.decision });
  });
}
