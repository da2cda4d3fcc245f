// What is closed here, as other rooms ask for it before they show, keep or let go of something.
import type { Handling, Id, NodeCode } from "@simpul/model";
import type { Reader } from "@simpul/store";
import { sql } from "kysely";
import type { Closing, RecallKind, RecallsForOthers, ThingKind } from "./contract.ts";
import { gradeOf, hexOf } from "./node.ts";

interface Row {
  record_id: Id;
  version: Buffer;
  recall_id: Id;
  originator: NodeCode;
  kind: RecallKind;
  handling: Handling | null;
  evaluation: string | null;
  ends_grants: boolean;
  called_at: Date;
  at: Date;
  what: ThingKind | null;
  reason_code: string | null;
}

export async function closings(
  db: Pick<Reader, "rows">,
  records: readonly Id[],
  own: NodeCode,
  ours: boolean,
): Promise<Closing[]> {
  if (records.length === 0) return [];
  const { rows } = await sql<Row>`select c.*, t.what, r.reason_code
    from simpul.closings_among(${[...records]}::uuid[]) c
    left join simpul.recalls r on r.id = c.recall_id
    left join simpul.recall_things t on t.recall_id = c.recall_id and t.record_id = c.record_id and t.version = c.version
    where (c.originator = ${own}) = ${ours} order by c.at, c.recall_id`.execute(db.rows);
  return rows.map((row) => ({
    record: row.record_id,
    version: hexOf(row.version),
    what: row.what ?? "item",
    recall: row.recall_id,
    originator: row.originator,
    kind: row.kind,
    reasonCode: row.reason_code ?? "",
    handling: row.handling,
    evaluation: gradeOf(row.evaluation),
    endsGrants: row.ends_grants,
    calledAt: row.called_at.toISOString(),
    at: row.at.toISOString(),
  }));
}

export const recallsForOthers = (own: NodeCode): RecallsForOthers => ({
  among: (db, records) => closings(db, records, own, false),
  ownAmong: (db, records) => closings(db, records, own, true),
  async cameLate(tx, list, { request, case: of }) {
    for (const recall of new Set(list.map((one) => one.recall)))
      await sql`insert into simpul.recall_places (recall_id, request_id, case_id)
        values (${recall}, ${request}, ${of}) on conflict do nothing`.execute(tx.rows);
    if (list.length > 0)
      tx.note("recall.late-copy-closed", {
        id: request,
        things: list.length,
        ...(of !== null && { case: of }),
      });
  },
});
