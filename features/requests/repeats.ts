// The same subject asked about again within the agreed days: both sides are warned, by reference and not by content.
import { createHash } from "node:crypto";
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { Repeat, SharedFields, SharedRecord } from "./contract.ts";
import { iso, type Db, type RequestsNode } from "./node.ts";

const key = (...parts: string[]): Buffer => createHash("sha256").update(parts.join("\n")).digest();

/** By what a record is the same elsewhere: a selector's value, a person's names with her birth. */
export function keysOf(records: readonly SharedRecord[]): { key: Buffer; record: Id }[] {
  return records.flatMap((record) => {
    if (record.kind === "selector") {
      const { type, canonical } = record.fields as SharedFields["selector"];
      return [{ key: key("selector", type, canonical), record: record.id }];
    }
    if (record.kind !== "subject") return [];
    const { names, birth } = record.fields as SharedFields["subject"];
    return names.map((name) => ({
      key: key("subject", name.text.normalize("NFKC").toLocaleLowerCase("und"), birth ?? ""),
      record: record.id,
    }));
  });
}

interface Row {
  record_id: Id;
  reference: string;
  peer: NodeCode;
  at: Date;
  request_id: Id;
}

/**
 * Earlier requests of the same direction about the same (RFI-10). Outgoing ones are compared only with what was asked
 * of the same states, incoming ones with all that this officer sees.
 */
export async function repeatsOf(
  node: RequestsNode,
  db: Db,
  ask: {
    request: Id;
    direction: "outgoing" | "incoming";
    records: readonly SharedRecord[];
    to: readonly NodeCode[];
  },
): Promise<Repeat[]> {
  const keys = keysOf(ask.records);
  if (keys.length === 0) return [];
  const since = new Date(node.clock.now().getTime() - node.codes.days.repeat * 86_400_000);
  const { rows } = await sql<Row & { key: Buffer }>`
    select distinct on (t.id) k.key, t.reference, t.peer, t.created_at as at, t.request_id
    from simpul.request_keys k join simpul.request_threads t on t.id = k.thread_id
    where k.key = any(${keys.map((one) => one.key)}::bytea[]) and k.at >= ${since} and t.request_id <> ${ask.request}
      and t.direction = ${ask.direction}
      and (${ask.direction} = 'incoming' or t.peer = any(${[...ask.to]}::text[]))
    order by t.id, k.at limit 50`.execute(db.rows);
  return rows.map((row) => ({
    reference: row.reference,
    peer: row.peer,
    at: iso(row.at),
    record: keys.find((one) => one.key.equals(row.key))!.record,
    request: row.request_id,
  }));
}
