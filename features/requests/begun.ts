// Requests that another room begins and follows: drafted in its transaction, from then on like every other.
import { sql } from "kysely";
import type { RequestsForOthers } from "./contract.ts";
import { insertDraft, preparedDraft } from "./draft.ts";
import { headOf } from "./list.ts";
import type { RequestRow, RequestsNode, ThreadRow } from "./node.ts";

export const requestsForOthers = (node: RequestsNode): RequestsForOthers => ({
  prepare: (ask) => preparedDraft(node, ask),
  begin: async (tx, ask) => (await insertDraft(node, tx, ask)).id,
  async standing(db, ids) {
    if (ids.length === 0) return new Map();
    const { rows } = await sql<RequestRow & { threads: ThreadRow[] }>`select r.*, null as seen_case,
        coalesce((select jsonb_agg(to_jsonb(t) order by t.peer) from simpul.request_threads t
          where t.request_id = r.id), '[]') as threads
      from simpul.requests r where r.id = any(${[...ids]}::uuid[])`.execute(db.rows);
    return new Map(rows.map((row) => [row.id, headOf(node, row, row.threads, false).threads]));
  },
});
