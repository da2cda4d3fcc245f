// Requests as lists show them: under the reader's own sight, with their clocks, and how many wait in each box.
import { CaseNumber, Id } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import type { Box, BoxCounts, RequestHead } from "./contract.ts";
import { iso, type RequestRow, type RequestsNode, type ThreadRow } from "./node.ts";
import { addresseesOf } from "./addressees.ts";
import { most, readClock } from "./rules.ts";

type CaseOf = RequestHead["case"];
/** MSG-7: the contact point sees the request; of a case that it does not see, it learns neither number nor title. */
const caseOf = (row: Pick<RequestRow, "seen_case" | "case_number" | "case_title">): CaseOf =>
  row.seen_case === null
    ? null
    : { id: row.seen_case, number: CaseNumber.parse(row.case_number!), title: row.case_title ?? "" };

export interface AskList {
  box?: Box | undefined;
  state?: string | undefined;
  text?: string | undefined;
  case?: string | undefined;
  cursor?: string | undefined;
}

type ListRow = RequestRow & { threads: ThreadRow[]; release_waits: boolean };

/** Requests that this officer sees, the last changed first. */
export async function listRequests(
  node: RequestsNode,
  standing: Standing,
  ask: AskList,
): Promise<{ requests: RequestHead[]; next: string | null; counts: BoxCounts }> {
  return node.store.read(standing, async (db) => {
    const where = [
      sql`r.state <> 'withdrawn' or exists (select 1 from simpul.request_threads t where t.request_id = r.id)`,
    ];
    // A formal request that has not left is in its own room alone.
    where.push(sql`r.formal is null or r.state = 'sent'`);
    if (ask.box !== undefined) where.push(sql`r.direction = ${ask.box}`);
    if (ask.state !== undefined) {
      const states = ask.state.split(",").slice(0, 20);
      where.push(sql`(r.state = any(${states}::text[]) or exists (select 1 from simpul.request_threads t
        where t.request_id = r.id and t.state = any(${states}::text[])))`);
    }
    if (ask.text !== undefined && ask.text.trim() !== "") {
      const like = `%${ask.text.trim().replaceAll(/[\\%_]/g, "\\$&")}%`;
      where.push(sql`(r.subject ilike ${like} or exists (select 1 from simpul.cases c
        where c.id = r.case_id and c.number ilike ${like}) or exists (select 1
        from simpul.request_threads t where t.request_id = r.id and t.reference ilike ${like}))`);
    }
    if (ask.case !== undefined) {
      const { head } = await node.cases.recordsOf(db, ask.case, []);
      where.push(sql`r.case_id = ${head.id}`);
    }
    if (ask.cursor !== undefined) {
      const [at, id] = ask.cursor.split("_");
      const time = new Date(at ?? "");
      if (!Number.isNaN(time.getTime()))
        where.push(sql`(r.changed_at, r.id) < (${time}, ${Id.parse(id ?? "")})`);
    }
    const { rows } =
      await sql<ListRow>`select r.*, (select c.id from simpul.cases c where c.id = r.case_id) as seen_case,
        coalesce((select jsonb_agg(to_jsonb(t) order by t.peer) from simpul.request_threads t
          where t.request_id = r.id), '[]') as threads,
        exists (select 1 from simpul.request_answers a join simpul.request_threads t on t.id = a.thread_id
          where t.request_id = r.id and a.direction = 'outgoing' and a.state = 'submitted') as release_waits
      from simpul.requests r where ${sql.join(
        where.map((one) => sql`(${one})`),
        sql` and `,
      )}
      order by r.changed_at desc, r.id desc limit ${sql.lit(most.list + 1)}`.execute(db.kept);
    db.noteRead("request.listed", { shown: Math.min(rows.length, most.list) });
    const page = rows.slice(0, most.list);
    const last = page.at(-1);
    return {
      requests: page.map((row) => headOf(node, row, row.threads, row.release_waits)),
      next: rows.length > most.list && last ? `${iso(last.changed_at)}_${last.id}` : null,
      counts: await countsOf(db),
    };
  });
}

async function countsOf(db: Reader): Promise<BoxCounts> {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*)::int from simpul.requests where direction = 'outgoing' and state <> 'withdrawn'
      and (formal is null or state = 'sent')) as outgoing,
    (select count(*)::int from simpul.requests where direction = 'incoming') as incoming,
    (select count(*)::int from simpul.permissions where direction = 'incoming' and state = 'delivered') as pin,
    (select count(*)::int from simpul.permissions where direction = 'outgoing' and state in ('sent', 'delivered')) as pout,
    (select count(*)::int from simpul.requests where direction = 'outgoing' and state = 'submitted') as approval,
    (select count(*)::int from simpul.request_answers where direction = 'outgoing' and state = 'submitted') as release`.execute(
    db.kept,
  );
  const { outgoing, incoming, pin, pout, approval, release } = rows[0]! as Record<string, number> & {
    outgoing: number;
    incoming: number;
    pin: number;
    pout: number;
    approval: number;
    release: number;
  };
  return { outgoing, incoming, "permissions-in": pin, "permissions-out": pout, approval, release };
}

export function headOf(
  node: RequestsNode,
  row: RequestRow,
  threads: readonly ThreadRow[],
  releaseWaits: boolean,
): RequestHead {
  const now = node.clock.now();
  // What is not sent yet stands towards every state it is meant for.
  const standing =
    threads.length > 0
      ? threads.map(({ id, peer, correspondent, reference, state, outcome, clock }) => ({
          id,
          peer,
          correspondent,
          reference,
          state,
          outcome,
          clock: readClock(clock, now),
        }))
      : addresseesOf(row.draft).map(({ peer, correspondent }) => ({
          id: row.id,
          peer,
          correspondent,
          reference: "",
          state: row.state as "draft" | "submitted" | "withdrawn",
          outcome: null,
          clock: null,
        }));
  return {
    id: row.id,
    box: row.direction,
    subject: row.subject,
    unasked: row.draft.unasked ?? null,
    urgent: row.draft.urgent,
    urgencyReason: row.draft.urgencyReason,
    case: caseOf(row),
    threads: standing,
    desk: row.desk_id,
    author: row.author_id,
    neededBy: row.draft.neededBy,
    changedAt: iso(row.changed_at),
    releaseWaits,
  };
}
