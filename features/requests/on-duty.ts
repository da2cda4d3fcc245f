// Whom a step of the clock tells, read from rosters, absences and memberships (MSG-8); also for the clocks of other rooms.
import type { Clock, Id } from "@simpul/model";
import { sql } from "kysely";
import type { DutyForOthers, Told } from "./contract.ts";
import type { Db } from "./node.ts";
import { whomToTell, type Reachable } from "./roster-rules.ts";

/**
 * Of these desks, or with null of the contact point: those on duty, or the supervisors; nobody whom the request excludes.
 * Empty where none is left.
 */
export async function whoIsTold(
  db: Pick<Db, "rows">,
  now: Date,
  of: { desks: readonly Id[] | null; supervisors: boolean; except: Id | null },
): Promise<Told[]> {
  const { rows } = await sql<Reachable>`
    select distinct on (o.id) o.id, x.id is not null as away, x.stand_in as "standIn",
      ${!of.supervisors} and s.desk_id is not null as "onDuty"
    from simpul.officers o join simpul.memberships m on m.officer_id = o.id and m.ended_at is null
      join simpul.desks d on d.id = m.desk_id join simpul.agencies a on a.id = d.agency_id
      left join simpul.absences x on x.officer_id = o.id and x.ended_at is null
        and x.from_at <= ${now} and x.until_at > ${now}
      left join simpul.duty_shifts s on s.desk_id = m.desk_id and s.officer_id = o.id
        and s.from_at <= ${now} and s.until_at > ${now}
    where o.left_at is null
      and ${of.desks === null ? sql`a.kind = 'liaison'` : sql`m.desk_id = any(${[...of.desks]}::uuid[])`}
      and ${of.except === null ? sql`true` : sql`o.id not in (select simpul.excluded_officers(${of.except}))`}
      and m.roles && ${of.supervisors ? sql`array['supervisor']` : sql`array['liaison', 'supervisor', 'investigator', 'caseworker']`}
    order by o.id, s.desk_id nulls last`.execute(db.rows);
  return whomToTell(rows);
}

export const dutyFor = (clock: Clock): DutyForOthers => ({
  toTell: (db, of) => whoIsTold(db, clock.now(), { ...of, except: null }),
});
