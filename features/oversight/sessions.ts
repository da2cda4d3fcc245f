// One event for each viewing session (AUD-1): what one officer read of one record, for one purpose, without a long break.
// The leaves stay as they are, one for each read; an event names all of its leaves, so that its count can be proven.
import type { Id } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { EventPage, LogEvent } from "./contract.ts";
import { conditions, cursorOf, leafColumns, named, type LeafRow, type LogFilter } from "./log.ts";
import { iso, mayOversee, type OversightNode } from "./node.ts";

/** A longer break than this begins another session. */
export const breakMinutes = 15;
const breakMs = breakMinutes * 60_000;

/** What she looked at: a record, else a case, else a list. Older leaves name each part of an inbox: they are one look at it. */
const looked = sql`coalesce(about_id, case_id)::text`;
const key = sql`coalesce(${looked}, case when kind = 'inbox.listed' or kind like '%.waiting-listed' then 'inbox' else kind end)`;

export interface Read extends LeafRow {
  key: string;
}

/** The reads of one session, newest first, from the newest of `reads` on; null where an older one may belong to it. */
export function sessionFrom(reads: readonly Read[], since: Date | null): Read[] | null {
  const whole: Read[] = [];
  for (const read of reads) {
    const before = whole.at(-1);
    if (before !== undefined && before.at.getTime() - read.at.getTime() > breakMs) return whole;
    whole.push(read);
  }
  const last = whole.at(-1);
  return since !== null && last !== undefined && last.at.getTime() - since.getTime() <= breakMs
    ? null
    : whole;
}

/** Newest first; acts stand alone. The cursor is that of `readLog`. Throws as it does. */
export async function readEvents(
  node: OversightNode,
  standing: Standing,
  filter: LogFilter,
): Promise<EventPage> {
  const because = mayOversee(node, standing);
  const theCase = filter.case === undefined ? undefined : await node.names.cases.find(filter.case);
  const { before: _before, ...open } = filter;
  const where = sql.join(conditions(open, theCase), sql` and `);
  const heads = await node.store.read(standing, async (db) => {
    db.allowed(because);
    const found = theCase === null ? [] : await headsOf(db, where, cursorOf(filter.before), filter.limit + 1);
    const sessions = await membersOf(db, where, found.slice(0, filter.limit));
    db.noteRead("log.read", {
      shown: Math.min(found.length, filter.limit),
      sessions: true,
      ...(filter.kind === undefined ? {} : { kind: filter.kind }),
      ...(filter.officer === undefined ? {} : { officer: filter.officer }),
      ...(filter.case === undefined ? {} : { number: filter.case }),
      ...(filter.record === undefined ? {} : { record: filter.record }),
    });
    return { found, sessions };
  });
  const shown = heads.found.slice(0, filter.limit);
  const entries = await named(node, shown);
  const last = shown.at(-1);
  return {
    events: shown.map((row, nth) => eventOf(entries[nth]!, row, heads.sessions.get(row.id) ?? [row])),
    next: heads.found.length > filter.limit && last !== undefined ? `${iso(last.at)}/${last.id}` : null,
  };
}

function eventOf(entry: LogEvent["entry"], head: Read, reads: readonly Read[]): LogEvent {
  const kinds = new Map<string, number>();
  for (const { kind } of reads) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return {
    entry,
    what: head.key === "inbox" ? "inbox" : null,
    count: reads.length,
    first: iso(reads.at(-1)!.at),
    kinds: [...kinds].map(([kind, count]) => ({ kind, count })),
    leaves: reads.map(({ id, index }) => ({ id, index: index === null ? null : Number(index) })),
  };
}

/** The newest read of each session, and every act. */
async function headsOf(
  db: Pick<Reader, "rows">,
  where: RawBuilder<unknown>,
  before: RawBuilder<unknown>,
  limit: number,
): Promise<Read[]> {
  const { rows } = await sql<Read>`
    with l as (select ${leafColumns}, ${key} as key from simpul.leaves where ${where} and ${before})
    select l.* from l
    where l.log <> 'reads' or l.officer_id is null or not exists (
      select 1 from (select officer_id, purpose, at, id, ${key} as key from simpul.leaves
          where ${where} and log = 'reads') n
        where n.officer_id = l.officer_id and n.purpose = l.purpose and n.key = l.key
          and (n.at, n.id) > (l.at, l.id) and n.at <= l.at + make_interval(mins => ${breakMinutes}))
    order by l.at desc, l.id desc limit ${limit}`.execute(db.rows);
  return rows;
}

/** How far back a session is looked for at first, and then. */
const reaches = [2, 24, 24 * 14].map((hours) => hours * 3_600_000);

async function membersOf(
  db: Pick<Reader, "rows">,
  where: RawBuilder<unknown>,
  heads: readonly Read[],
): Promise<Map<Id, Read[]>> {
  const sessions = new Map<Id, Read[]>();
  let open = heads.filter((head) => head.log === "reads" && head.officer_id !== null);
  for (const reach of [...reaches, null]) {
    if (open.length === 0) break;
    const asked = open.map(
      (one) =>
        sql`(${one.id}::uuid, ${one.officer_id}::uuid, ${one.purpose}::text, ${one.key}::text, ${one.at}::timestamptz,
          ${reach === null ? null : new Date(one.at.getTime() - reach)}::timestamptz)`,
    );
    const { rows } = await sql<Read & { head: Id }>`
      select h.head, n.* from (values ${sql.join(asked)}) as h (head, officer, purpose, key, at, since)
        join lateral (select ${leafColumns}, ${key} as key from simpul.leaves
          where ${where} and log = 'reads' and officer_id = h.officer and purpose = h.purpose
            and at <= h.at and (h.since is null or at >= h.since)) n
          on n.key = h.key and (n.at, n.id) <= (h.at, h.head)
      order by h.head, n.at desc, n.id desc`.execute(db.rows);
    open = open.filter((head) => {
      const mine = rows.filter((row) => row.head === head.id);
      const whole = sessionFrom(mine, reach === null ? null : new Date(head.at.getTime() - reach));
      if (whole !== null) sessions.set(head.id, whole);
      return whole === null;
    });
  }
  return sessions;
}
