// What every thread begins with: its reference, what the other side is told, and by what its subject is known again.
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { RequestRow, RequestsNode, Shared } from "./node.ts";
import { keysOf } from "./repeats.ts";

/** The next reference towards one state, counted apart for each (MSG-6). */
export async function nextReference(
  node: Pick<RequestsNode, "code">,
  tx: Writer,
  peer: NodeCode,
  kind: "request" | "permission" | "letter",
): Promise<string> {
  const year = tx.at.getUTCFullYear();
  const { rows } = await sql<{
    last: number;
  }>`insert into simpul.request_serials as s (peer, kind, year, last)
    values (${peer}, ${kind}, ${year}, 1) on conflict (peer, kind, year) do update set last = s.last + 1
    returning last`.execute(tx.rows);
  const pair = `${node.code}-${peer}`.toUpperCase();
  return `${pair}-${{ request: "", permission: "P", letter: "L" }[kind]}${year}-${String(rows[0]!.last).padStart(6, "0")}`;
}

/** What the other state is told: the request without our case, our hit, our other addressees. */
export function bodyOf(
  request: Pick<RequestRow, "draft" | "agency_id" | "formal">,
  thread: { id: Id; reference: string },
) {
  const { case: _case, hit: _hit, to: _to, letters: _letters, ...said } = request.draft;
  const { records: _records, items: _items, confirmH0: _confirm, ...asked } = said;
  const formal = request.formal === null ? {} : { formal: request.formal };
  return { agency: request.agency_id!, thread: thread.id, reference: thread.reference, ...formal, ...asked };
}

export async function keepKeys(tx: Writer, thread: Id, shared: Pick<Shared, "records">): Promise<void> {
  for (const { key, record } of keysOf(shared.records))
    await sql`insert into simpul.request_keys (thread_id, key, record_id, at)
      values (${thread}, ${key}, ${record}, ${tx.at}) on conflict do nothing`.execute(tx.rows);
}
