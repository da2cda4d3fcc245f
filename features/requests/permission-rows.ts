// A permission as its row: how it was asked, how it stands, and how it is settled, over the wire and on paper.
import type { Id, NodeCode } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { RequestsError } from "./contract.ts";
import type { AskDecision, AskPermission, PermissionState, PermissionView } from "./contract.ts";
import { json, type Db } from "./node.ts";

export type Asked = PermissionView["records"][number];
export type PermissionRow = {
  id: Id;
  direction: "outgoing" | "incoming";
  peer: NodeCode;
  reference: string;
  state: PermissionState;
  request_id: Id;
  thread_id: Id;
  case_id: Id | null;
  asked_by: Id | null;
  ask: Omit<AskPermission, "case" | "records">;
  records: Asked[];
  conditions: string;
  not_after: Date | null;
  reason: string | null;
  decided_by: Id | null;
  at: Date;
  due_at: Date;
  decided_at: Date | null;
};

export async function permissionRow(db: Db, id: Id, how: { lock?: true } = {}): Promise<PermissionRow> {
  const { rows } = await sql<PermissionRow>`select * from simpul.permissions where id = ${id}
    ${how.lock === true ? sql`for update` : sql``}`.execute(db.rows);
  if (rows[0] === undefined) throw new RequestsError("NOT_FOUND");
  return rows[0];
}

/** How a permission stands once every record of it is decided. */
export function outcome(decisions: AskDecision["decisions"], limited: boolean): PermissionState {
  const granted = decisions.filter((one) => one.grant).length;
  if (granted === 0) return "refused";
  if (granted < decisions.length) return "partly";
  return limited ? "conditions" : "granted";
}

export async function settle(
  tx: Writer,
  row: PermissionRow,
  to: {
    state: PermissionState;
    decisions: { record: Id; grant: boolean; ground: string | null }[];
    conditions: string;
    notAfter: string | null;
    reason: string;
    by: Id | null;
  },
): Promise<void> {
  const records = row.records.map((one) => {
    const decided = to.decisions.find((decision) => decision.record === one.record);
    return { ...one, granted: decided?.grant ?? false, ground: decided?.ground ?? null };
  });
  await sql`update simpul.permissions set state = ${to.state}, records = ${json(records)}, conditions = ${to.conditions},
      not_after = ${to.notAfter}::timestamptz, reason = ${to.reason}, decided_by = ${to.by}, decided_at = ${tx.at}
    where id = ${row.id}`.execute(tx.rows);
}
