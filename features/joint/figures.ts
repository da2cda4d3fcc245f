// What a coordination unit may know of a space: how much of what kind this state put in, in which areas, what falls due. Counted
// here, from the rows' kinds and places; no title, name, number, remark or file name is read for it.
import type { NodeCode } from "@simpul/model";
import { sql } from "kysely";
import {
  areaOf,
  counted,
  type FiguresSource,
  type SpaceFigures,
  type ToTell,
} from "../coordination/contract.ts";
import type { ThingKind } from "./contract.ts";
import type { Db, JointNode } from "./node.ts";
import { outBy, noteOf, phaseOf, startOf } from "./rules.ts";
import type { Held } from "./records.ts";
import { spacesOf } from "./send.ts";

type Rows = Pick<Db, "rows">;
/** Rows of sites and dates that are told at most; the counts count all. */
const mostRows = 500;

/** Spaces whose note in force for this state names a unit, until they are wound down or this state is out. */
export const spacesForCoordination =
  (node: JointNode): FiguresSource =>
  async (db) => {
    const now = node.clock.now();
    const found: ToTell[] = [];
    for (const held of await spacesOf(db)) {
      const note = noteOf(held.facts, node.code);
      const units = (note?.coordination ?? []).filter((unit) => !note!.parties.includes(unit));
      const phase = phaseOf(held.facts, node.code, now);
      const runs = phase === "open" || phase === "suspended" || phase === "ended";
      if (note === null || units.length === 0 || !runs || outBy(held.facts, node.code) !== null) continue;
      const figures = await figuresOf(node, db, held, now);
      found.push({ about: "space", id: held.row.id, units, figures });
    }
    return found;
  };

async function figuresOf(node: JointNode, db: Rows, held: Held, now: Date): Promise<SpaceFigures> {
  const note = noteOf(held.facts, node.code)!;
  const of = sql`simpul.joint_things where space_id = ${held.row.id} and ours and state = 'standing'`;
  const kinds = await sql<{ kind: ThingKind; n: number }>`select kind, count(*)::int as n from ${of}
    group by kind`.execute(db.rows);
  const sites = await sql<{ lat: number | null; lon: number | null }>`select
      (content #>> '{record,fields,position,latitude}')::float8 as lat,
      (content #>> '{record,fields,position,longitude}')::float8 as lon
    from ${of} and kind = 'site' and content is not null`.execute(db.rows);
  const today = now.toISOString().slice(0, 10);
  const tasks = await sql<{ open: number; overdue: number; done: number }>`select
      count(*) filter (where content #>> '{own,state}' = 'open')::int as open,
      count(*) filter (where content #>> '{own,state}' = 'open' and content #>> '{own,due}' < ${today})::int as overdue,
      count(*) filter (where content #>> '{own,state}' = 'done')::int as done
    from ${of} and kind = 'task'`.execute(db.rows);
  const dates = await sql<{
    at: Date;
    discloses: boolean;
  }>`select (content #>> '{own,at}')::timestamptz as at,
      coalesce((content #>> '{own,discloses}')::boolean, false) as discloses
    from ${of} and kind = 'date' order by at desc limit ${mostRows}`.execute(db.rows);
  const members = held.members.filter((one) => one.party === node.code && one.ended === null).length;
  return {
    ...{ kind: "space", parties: note.parties, from: note.from, until: note.until, members },
    offences: note.offences.filter((one) => node.offences.includes(one)),
    phase: phaseOf(held.facts, node.code, now),
    counts: Object.fromEntries(kinds.rows.map((row) => [row.kind, row.n])),
    sites: counted(
      sites.rows.map(({ lat, lon }) => ({ at: areaOf(lat === null || lon === null ? null : { lat, lon }) })),
    ).slice(0, mostRows),
    tasks: tasks.rows[0] ?? { open: 0, overdue: 0, done: 0 },
    dates: dates.rows.map(({ at, discloses }) => ({ at: at.toISOString(), discloses })),
    requests: await requestsTo(
      db,
      note.parties.filter((one) => one !== node.code),
      { since: startOf(note), now },
    ),
  };
}

/** Our requests to the other parties since its first day. */
async function requestsTo(
  db: Rows,
  peers: readonly NodeCode[],
  { since, now }: { since: Date; now: Date },
): Promise<SpaceFigures["requests"]> {
  const { rows } = await sql<{ state: string; count: number; overdue: number }>`
    select * from simpul.requests_standing(${[...peers]}::text[], ${since}, ${now})`.execute(db.rows);
  const over: readonly string[] = ["answered", "refused", "withdrawn"];
  const sum = (so: (state: string) => boolean) =>
    rows.filter((row) => so(row.state)).reduce((all, row) => all + row.count, 0);
  return {
    answered: sum((state) => state === "answered" || state === "closed"),
    refused: sum((state) => state === "refused"),
    withdrawn: sum((state) => state === "withdrawn"),
    open: sum((state) => !over.includes(state) && state !== "closed"),
    overdue: rows.reduce((all, row) => all + row.overdue, 0),
  };
}
