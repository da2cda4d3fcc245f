// A case that another state handed over: opened here under our number, with what came in it.
import type { Evaluation, Handling, Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { findable, grade, insertSelector } from "./add.ts";
import { drawnNumber, nextNumber } from "./cases.ts";
import type { CameOver, Opened, RecordKind } from "./contract.ts";
import type { CasesNode } from "./node.ts";
import { insertRecord } from "./records.ts";
import type { NewKept, Row } from "./records.ts";
import { parseWhen } from "./rules.ts";
import { caseEntry, keepWords } from "./words-index.ts";

const order: readonly RecordKind[] = ["subject", "selector", "place", "event", "link"];

/**
 * In a job: a case of our own with what came over, under our number, led by the officer who was named. Gives the ids
 * here by the ids there.
 */
export async function openHanded(
  node: CasesNode,
  tx: Writer,
  came: CameOver,
): Promise<Opened & { ids: Map<Id, Id> }> {
  const id: Id = tx.newId();
  const number = await (came.covert ? drawnNumber : nextNumber)(tx, node.code, tx.at.getUTCFullYear());
  await sql`insert into simpul.cases (id, number, title, crime_type, crime_types_version, agency_id, desk_id, covert,
      summary, summary_language, opened_by, opened_at, changed_at)
    values (${id}, ${number}, ${came.title}, ${came.crimeType}, ${node.codes.crimeTypes.version}, ${came.agency},
      ${came.desk}, ${came.covert}, ${came.summary}, ${came.language}, ${came.by}, ${tx.at}, ${tx.at})`.execute(
    tx.rows,
  );
  await sql`insert into simpul.case_team (case_id, id, officer_id, role, added_by, added_at)
    values (${id}, ${tx.newId()}, ${came.lead}, 'lead', ${came.by}, ${tx.at})`.execute(tx.rows);
  await keepWords(tx, id, id, caseEntry(number, came.title));
  const ids = new Map<Id, Id>();
  for (const kind of order)
    for (const one of came.records.filter((each) => each.kind === kind))
      ids.set(one.id, await keepCame(tx, id, kind, one, { came, ids }));
  // Her inbox tells her that it is hers.
  const task = { title: came.task, owner: came.lead, desk: came.desk, due: null, state: "open", note: "" };
  await insertRecord(tx, id, "task", task, keptAs(tx, came, { handling: { codes: ["H1", "H2"] } }));
  tx.note("case.opened", { id, case: id, peer: came.from, reference: came.reference });
  return { id, number, ids };
}

const keptAs = (
  tx: Writer,
  came: Pick<CameOver, "from" | "reference">,
  of: { handling: Handling; evaluation?: Evaluation },
): NewKept => ({
  handling: of.handling,
  evaluation: grade(tx.standing, tx.at, of.evaluation ?? { source: "X", information: "4" }),
  source: { kind: "handed-over", from: came.from, reference: came.reference },
});

async function keepCame(
  tx: Writer,
  into: Id,
  kind: RecordKind,
  one: CameOver["records"][number],
  { came, ids }: { came: CameOver; ids: ReadonlyMap<Id, Id> },
): Promise<Id> {
  const kept = keptAs(tx, came, one);
  const fields: Row = { note: "", ...renamed(one.fields as Row, ids) };
  if (kind === "selector") return insertSelector(tx, into, fields as never, kept, fields as never);
  const extra = kind === "event" ? { begins_at: parseWhen(fields["began"] as string).begins } : {};
  const record = await insertRecord(tx, into, kind, fields, kept, extra);
  await findable(tx, into, kind, record);
  return record;
}

/** What points to a record points to it under its id here. */
function renamed(fields: Row, ids: ReadonlyMap<Id, Id>): Row {
  const here = (id: unknown): unknown => ids.get(id as Id) ?? null;
  const pointing: Row = {};
  for (const name of ["subject", "place", "from", "to"])
    if (typeof fields[name] === "string") pointing[name] = here(fields[name]);
  if (Array.isArray(fields["subjects"]))
    pointing["subjects"] = fields["subjects"].map(here).filter((one) => one !== null);
  return { ...fields, ...pointing };
}
