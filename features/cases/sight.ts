// Cases and what lies in them, for "Why can I see this?": a record of a case is seen exactly as its case is.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { SightSource } from "../sight/contract.ts";
import type { RecordKind } from "./contract.ts";
import { factsOf } from "./node.ts";

const tables: Readonly<Record<RecordKind, string>> = {
  subject: "case_subjects",
  selector: "selector_occurrences",
  place: "case_places",
  event: "case_events",
  link: "case_links",
  task: "case_tasks",
  note: "case_notes",
  decision: "case_decisions",
};

export const casesSight: SightSource = {
  async find(db, ref, id) {
    const byNumber = /^[A-Za-z]{2}-\d{4}-\d{6}$/.test(ref);
    if (!byNumber && id === null) return null;
    const records = Object.entries(tables).map(
      ([kind, table]) =>
        sql`select ${kind}::text as kind, id, case_id from ${sql.table(`simpul.${table}`)} where id = ${id}`,
    );
    const { rows } = await sql<{ kind: "case" | RecordKind; id: Id; case_id: Id }>`
      select 'case' as kind, id, id as case_id from simpul.cases
        where ${byNumber ? sql`number = ${ref.toUpperCase()}` : sql`id = ${id}`}
      ${byNumber ? sql`` : sql`union all ${sql.join(records, sql` union all `)}`}`.execute(db.rows);
    const row = rows[0];
    if (row === undefined) return null;
    const { kind, case_id: of } = row;
    return {
      kind,
      id: row.id,
      case: of,
      seen: [{ act: "case.view", record: await factsOf(db, of) }],
      // Who opened the case has its records before her.
      looks: { about: [row.id], case: of },
    };
  },
};
