// Requests and permissions, for "Why can I see this?": a permission is seen as the request under which it was asked.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { SightSource } from "../sight/contract.ts";
import { factsOf, requestRow, type RequestsNode } from "./node.ts";

export const requestsSight = (node: RequestsNode): SightSource => ({
  async find(db, _, id) {
    if (id === null) return null;
    const { rows } = await sql<{ kind: "request" | "permission"; request_id: Id }>`
      select 'request' as kind, id as request_id from simpul.requests where id = ${id}
      union all select 'permission', request_id from simpul.permissions where id = ${id}`.execute(db.rows);
    const found = rows[0];
    if (found === undefined) return null;
    const record = await factsOf(node, db, await requestRow(db, found.request_id));
    const never = await sql<{ id: Id }>`select simpul.excluded_officers(${found.request_id}) as id`.execute(
      db.rows,
    );
    return {
      never: new Set(never.rows.map((row) => row.id)),
      kind: found.kind,
      id,
      case: record.case?.id ?? null,
      seen: [{ act: "request.view", record }],
      looks: { about: [id], case: null },
    };
  },
});
