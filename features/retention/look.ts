// What is due for review, what is held, and what is gone, as this officer sees it (RET-1).
import { begins, type Act } from "@simpul/policy";
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { RetentionError, type Gone, type Kept, type KeptKind } from "./contract.ts";
import { keptOf, officerOf, type Db, type KeptRow, type RetentionNode } from "./node.ts";

export type RetentionAct = Extract<Act, `retention.${string}`>;

/** The record as the policy sees it: its case, its request, or an item that lies in no case. */
export async function factsOf(
  node: RetentionNode,
  db: Db,
  row: Pick<KeptRow, "kind" | "id" | "case_id" | "desk_id">,
) {
  if (row.kind === "request") return node.requestFacts(db, row.id);
  if (row.case_id !== null) return node.caseFacts(db, row.case_id);
  const officer = officerOf(db.standing);
  return {
    kind: "item",
    id: row.id,
    agency: officer.agency,
    desk: row.desk_id ?? officer.desk,
    takenInBy: null,
    case: null,
  } as const;
}

export async function mayDo(node: RetentionNode, db: Db, row: KeptRow): Promise<Kept["may"]> {
  const officer = officerOf(db.standing);
  const record = await factsOf(node, db, row).catch(() => null);
  if (record === null) return [];
  const may = (act: RetentionAct): boolean => {
    const said = node.policy.decide({
      officer,
      act: act as "retention.decide",
      record,
      purpose: db.standing.purpose,
      now: node.clock.now(),
    });
    return begins(said);
  };
  if (!may("retention.decide")) return [];
  const held = row.hold_reason !== null;
  return [
    "keep",
    ...(!held && !row.frozen && row.state !== "going" && may("retention.delete")
      ? (["delete"] as const)
      : []),
    held ? "release" : "hold",
  ];
}

const viewOf = async (node: RetentionNode, db: Db, row: KeptRow): Promise<Kept> => ({
  kind: row.kind,
  id: row.id,
  title: row.title,
  case: row.case_id === null || row.number === null ? null : { id: row.case_id, number: row.number },
  reviewOn: row.due,
  basis: row.basis ?? node.terms.kinds[row.kind].basis,
  state: row.state === null || row.state === "gone" ? "kept" : row.state,
  deleteAfter: row.delete_after?.toISOString() ?? null,
  reason: row.reason ?? "",
  decidedBy: row.decided_by,
  hold:
    row.hold_reason === null
      ? null
      : { reason: row.hold_reason, by: row.hold_by!, at: row.hold_at!.toISOString() },
  frozen: row.frozen,
  may: await mayDo(node, db, row),
});

export interface WhichKept {
  state?: "due" | "held" | "all" | undefined;
  kind?: KeptKind | undefined;
  case?: Id | undefined;
}

export async function listKept(node: RetentionNode, standing: Standing, ask: WhichKept): Promise<Kept[]> {
  return node.store.read(standing, (db) => {
    db.noteRead("retention.listed", { ...(ask.case !== undefined && { case: ask.case }) });
    return keptIn(node, db, ask);
  });
}

/** The same within a look that notes it. */
export async function keptIn(node: RetentionNode, db: Db, ask: WhichKept): Promise<Kept[]> {
  const { rows } = await sql<KeptRow>`select * from (${keptOf(node.terms, ask.state ?? "due")}) k
    where (k.state is null or k.state <> 'gone')
      and (${ask.kind ?? null}::text is null or k.kind = ${ask.kind ?? null}::text)
      and (${ask.case ?? null}::uuid is null or k.case_id = ${ask.case ?? null}::uuid)
    order by k.delete_after nulls last, k.due, k.id limit 200`.execute(db.rows);
  const list: Kept[] = [];
  for (const row of rows) list.push(await viewOf(node, db, row));
  return list;
}

/** One record. Throws `NOT_FOUND`. */
export async function keptRow(node: RetentionNode, db: Db, kind: KeptKind, id: Id): Promise<KeptRow> {
  const { rows } = await sql<KeptRow>`select * from (${keptOf(node.terms, { id })}) k
    where k.kind = ${kind} and k.id = ${id} and (k.state is null or k.state <> 'gone')`.execute(db.rows);
  if (rows[0] === undefined) throw new RetentionError("NOT_FOUND");
  return rows[0];
}

export async function listGone(node: RetentionNode, standing: Standing): Promise<Gone[]> {
  return node.store.read(standing, async (db) => {
    db.noteRead("retention.gone-listed", {});
    const { rows } = await sql<{
      kind: KeptKind;
      record_id: Id;
      gone_at: Date;
      decided_by: Id | null;
      tombstone: string;
    }>`
      select kind, record_id, gone_at, decided_by, tombstone from simpul.retentions where state = 'gone'
      order by gone_at desc limit 200`.execute(db.rows);
    return rows.map((row) => ({
      kind: row.kind,
      id: row.record_id,
      at: row.gone_at.toISOString(),
      decidedBy: row.decided_by,
      tombstone: row.tombstone,
    }));
  });
}
