// What cases do for other features, over the one node that the server made.
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { insertFindings } from "./add.ts";
import { caseId, head } from "./cases.ts";
import type { CasesForHandOvers, CasesForOthers, Handle, SelectorOfCase } from "./contract.ts";
import { openHanded } from "./came-over.ts";
import { backAgain, closeHanded, factsOrNull, handedOf, handOver } from "./handed.ts";
import { requireAct } from "./node.ts";
import type { CasesNode } from "./node.ts";
import { openCase } from "./open.ts";
import { readRecords } from "./records.ts";
import { limits } from "./rules.ts";

export const casesForHandOvers = (node: CasesNode): CasesForHandOvers => ({
  facts: factsOrNull,
  handed: handedOf,
  handOver,
  closed: closeHanded,
  back: backAgain,
  open: (tx, came) => openHanded(node, tx as Writer, came),
});

type SelectorRow = Omit<SelectorOfCase, "case" | "openedAt"> & { case_id: Id; opened_at: Date };

const selectorColumns = sql`o.case_id, o.id as record, v.type, v.canonical, v.profile, o.written, o.role, o.handling,
  o.evaluation, c.covert, c.crime_type as "crimeType", c.opened_at
  from simpul.selector_occurrences o join simpul.selector_values v on v.id = o.value_id
  join simpul.cases c on c.id = o.case_id`;
const ofRow = ({ case_id, opened_at, ...row }: SelectorRow): SelectorOfCase => ({
  ...row,
  case: case_id,
  openedAt: opened_at.toISOString(),
});

export function casesForOthers(node: CasesNode): CasesForOthers {
  return {
    openCaseFrom: (standing, ask, findings) => openCase(node, standing, ask, findings),
    async addFindings(tx: Handle, into, findings) {
      await requireAct(node, tx, "case.edit", into);
      const made = await insertFindings(tx as Writer, into, findings);
      tx.note("case.findings-added", { id: into, case: into });
      return made;
    },
    head: (db, id) => head(db, id),
    async selectorsOf(db, id) {
      const { rows } = await sql<SelectorRow>`select ${selectorColumns}
        where o.case_id = ${id} and o.removed_at is null and o.valid order by v.type, o.id
        limit ${limits.recordsOfKind}`.execute(db.rows);
      return rows.map(ofRow);
    },
    async recordsOf(db, ref, kinds) {
      const id = await caseId(db, ref);
      return { head: (await head(db, id))!, records: (await readRecords(db, id, kinds)).records };
    },
    async namesOfPersons(db) {
      const { rows } = await sql<{ name: string }>`
        select distinct w.name from simpul.case_subjects s, jsonb_array_elements(s.names) n,
          lateral (values (n ->> 'text'), (n ->> 'romanised')) as w (name)
        where s.kind = 'person' and s.removed_at is null and w.name <> ''`.execute(db.rows);
      return rows.map((one) => one.name);
    },
    async everySelector(db, after, limit) {
      const { rows } = await sql<SelectorRow>`select ${selectorColumns}
        where o.removed_at is null and o.valid ${after === null ? sql`` : sql`and o.id > ${after}`}
        order by o.id limit ${Math.min(limit, 10_000)}`.execute(db.rows);
      return rows.map(ofRow);
    },
  };
}
