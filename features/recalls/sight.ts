// Recalls, for "Why can I see this?": seen with each request that they touch here, and by the desk they lie with.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { InSight, SightSource } from "../sight/contract.ts";
import type { RecallRow, RecallsNode } from "./node.ts";

export const recallsSight = (node: RecallsNode): SightSource => ({
  async find(db, _, id) {
    if (id === null) return null;
    const { rows } = await sql<RecallRow>`select * from simpul.recalls where id = ${id}`.execute(db.rows);
    const row = rows[0];
    if (row === undefined) return null;
    const places = await sql<{ request_id: Id }>`
      select request_id from simpul.recall_places where recall_id = ${id}
      ${row.request_id === null ? sql`` : sql`union select ${row.request_id}::uuid`} order by 1`.execute(
      db.rows,
    );
    const seen: InSight["seen"][number][] = [];
    for (const { request_id: request } of places.rows) {
      const facts = await node.copies.facts(db, request).catch(() => null);
      if (facts !== null) seen.push({ act: "request.view", record: facts });
    }
    const own = { kind: "request", id, direction: "incoming", case: null } as const;
    const { desk_id: desk, agency_id: agency, author_id: author } = row;
    seen.push({ act: "request.view", record: { ...own, desk, agency, author } });
    return { kind: "recall", id, case: null, seen, looks: { about: [id], case: null } };
  },
});
