// Permissions as rooms show them, on either side.
import { Id } from "@simpul/model";
import { begins } from "@simpul/policy";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { Box, PermissionView } from "./contract.ts";
import { grantsOfPermission } from "./grants.ts";
import { iso, officerOf, type Db, type RequestsNode } from "./node.ts";
import { permissionRow, type PermissionRow } from "./permission-rows.ts";
import { permissionFacts } from "./permissions.ts";
import { most } from "./rules.ts";

export async function listPermissions(
  node: RequestsNode,
  standing: Standing,
  ask: { box?: Box | undefined; state?: string | undefined; cursor?: string | undefined },
): Promise<{ permissions: PermissionView[]; next: string | null }> {
  return node.store.read(standing, async (db) => {
    const where = [sql`true`];
    if (ask.box !== undefined) where.push(sql`direction = ${ask.box}`);
    if (ask.state !== undefined) where.push(sql`state = any(${ask.state.split(",").slice(0, 20)}::text[])`);
    if (ask.cursor !== undefined) {
      const [at, id] = ask.cursor.split("_");
      const time = new Date(at ?? "");
      if (!Number.isNaN(time.getTime())) where.push(sql`(at, id) < (${time}, ${Id.parse(id ?? "")})`);
    }
    const { rows } =
      await sql<PermissionRow>`select * from simpul.permissions where ${sql.join(where, sql` and `)}
      order by at desc, id desc limit ${most.list + 1}`.execute(db.rows);
    db.noteRead("permission.listed", { shown: Math.min(rows.length, most.list) });
    const page = rows.slice(0, most.list);
    const last = page.at(-1);
    return {
      permissions: await Promise.all(page.map((row) => permissionOf(node, db, row))),
      next: rows.length > most.list && last ? `${iso(last.at)}_${last.id}` : null,
    };
  });
}

export async function viewPermission(
  node: RequestsNode,
  standing: Standing,
  id: Id,
): Promise<PermissionView> {
  return node.store.read(standing, async (db) => {
    const row = await permissionRow(db, id);
    db.noteRead("permission.viewed", { id: row.request_id, permission: id });
    return permissionOf(node, db, row);
  });
}

async function permissionOf(node: RequestsNode, db: Db, row: PermissionRow): Promise<PermissionView> {
  const now = node.clock.now();
  const head = row.case_id === null ? null : await node.cases.head(db, row.case_id);
  const open = ["sent", "delivered"].includes(row.state);
  const ended = row.not_after !== null && row.not_after.getTime() < now.getTime();
  const state = ended && ["granted", "conditions", "partly"].includes(row.state) ? "expired" : row.state;
  const decision =
    row.direction === "incoming" && row.state === "delivered"
      ? node.policy.decide({
          officer: officerOf(db.standing),
          act: "permission.decide",
          record: await permissionFacts(db, row),
          purpose: db.standing.purpose,
          now,
        })
      : null;
  const decides = decision !== null && begins(decision);
  return {
    ...row.ask,
    id: row.id,
    box: row.direction,
    peer: row.peer,
    reference: row.reference,
    state,
    case: head === null ? null : { id: head.id, number: head.number, title: head.title },
    request: row.request_id,
    records: row.records,
    grants: await grantsOfPermission(db, row.id),
    letter: (await node.letters.lettersOf(db, row.id))[0] ?? null,
    conditions: row.conditions,
    notAfter: row.not_after === null ? null : iso(row.not_after),
    decisionReason: row.reason,
    askedBy: row.asked_by,
    decidedBy: row.decided_by,
    at: iso(row.at),
    due: iso(row.due_at),
    overdue: open && row.due_at.getTime() < now.getTime(),
    decidedAt: row.decided_at === null ? null : iso(row.decided_at),
    may: [
      ...(decides ? (["permission.decide"] as const) : []),
      ...(row.direction === "outgoing" && open ? (["permission.withdraw"] as const) : []),
    ],
  };
}
