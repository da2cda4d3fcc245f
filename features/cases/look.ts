// Looking: at lists, a case, its records, the history of a field, the activity of a case. Every look is noted (AUD-1).
import { Id } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { caseId, listCases, readCase } from "./cases.ts";
import type { AskList } from "./cases.ts";
import { CasesError } from "./contract.ts";
import type { Activity, CaseHead, CaseView, Edit, Found, RecordKind, Records } from "./contract.ts";
import { decide, factsOf } from "./node.ts";
import type { Act4Case, CasesNode } from "./node.ts";
import { editsOf, iso, readRecord, readRecords } from "./records.ts";
import { search } from "./words-index.ts";

const acts: readonly Act4Case[] = [
  "case.edit",
  "case.note",
  "case.task",
  "case.assign",
  "case.close",
  "check.ask",
  "hand-over.offer",
];

/** A case, and what this officer may do in it. Throws `NOT_FOUND`. */
export async function viewCase(node: CasesNode, standing: Standing, ref: string): Promise<CaseView> {
  return node.store.read(standing, async (db) => {
    const view = await noted(
      db,
      "case.viewed",
      () => readCase(db, ref),
      (found) => found.id,
    );
    const facts = await factsOf(db, view.id);
    // Row security showed it; the policy, which agrees with it, says why.
    db.allowed(decide(node, standing, "case.view", facts).because);
    const rests = (await node.rests?.of(db, "case", view.id)) ?? null;
    // What rests is looked at and not changed.
    const may = rests === null ? acts.filter((act) => decide(node, standing, act, facts).allowed) : [];
    return { ...view, rests, may };
  });
}

/** Notes a look also when nothing was found: somebody asked (AUD-1). */
async function noted<T>(
  db: Reader,
  kind: string,
  look: () => Promise<T>,
  about: (found: T) => Id,
): Promise<T> {
  try {
    const found = await look();
    db.noteRead(kind, { id: about(found), case: about(found) });
    return found;
  } catch (error) {
    db.noteRead(kind, { found: false });
    throw error;
  }
}

export async function viewRecords(
  node: CasesNode,
  standing: Standing,
  ref: string,
  kinds?: readonly RecordKind[],
): Promise<{ records: Partial<Records>; left: number }> {
  return node.store.read(standing, async (db) => {
    const id = await noted(
      db,
      "case.records-viewed",
      () => caseId(db, ref),
      (found) => found,
    );
    return readRecords(db, id, kinds);
  });
}

export async function listing(
  node: CasesNode,
  standing: Standing,
  ask: AskList,
): Promise<{ cases: CaseHead[]; next: string | null }> {
  return node.store.read(standing, async (db) => {
    const found = await listCases(db, ask);
    db.noteRead("case.listed", { shown: found.cases.length });
    return found;
  });
}

export const searching = (node: CasesNode, standing: Standing, text: string): Promise<Found[]> =>
  node.store.read(standing, (db) => search(db, text.slice(0, 200)));

/** Every value a record's fields ever had; a field that was never edited has its value since it was added. */
export async function historyOf(
  node: CasesNode,
  standing: Standing,
  ref: string,
  kind: RecordKind | "case",
  record: Id,
): Promise<Edit[]> {
  return node.store.read(standing, async (db) => {
    const id = await noted(
      db,
      "case.history-viewed",
      () => caseId(db, ref),
      (found) => found,
    );
    if (kind !== "case") await readRecord(db, id, kind, record);
    else if (record !== id) throw new CasesError("NOT_FOUND", record);
    return editsOf(db, id, record);
  });
}

export interface AskActivity {
  reads?: boolean | undefined;
  by?: Id | undefined;
  record?: Id | undefined;
  cursor?: string | undefined;
}

interface LeafRow {
  log: "main" | "reads";
  id: Id;
  at: Date;
  actor: string;
  purpose: string;
  kind: string;
  about_id: Id | null;
  record: string | null;
}

/** Acts and reads of a case, newest first, from the leaves and read notes that name it. */
export async function activityOf(
  node: CasesNode,
  standing: Standing,
  ref: string,
  ask: AskActivity,
): Promise<{ activity: Activity[]; next: string | null }> {
  return node.store.read(standing, async (db) => {
    const id = await noted(
      db,
      "case.activity-viewed",
      () => caseId(db, ref),
      (found) => found,
    );
    const where = [sql`case_id = ${id}`];
    if (ask.reads !== undefined) where.push(sql`log = ${ask.reads ? "reads" : "main"}`);
    if (ask.by !== undefined) where.push(sql`officer_id = ${ask.by}`);
    if (ask.record !== undefined) where.push(sql`about_id = ${ask.record}`);
    if (ask.cursor !== undefined) {
      const [at, leaf] = ask.cursor.split("_");
      const time = new Date(at ?? "");
      if (Number.isNaN(time.getTime())) throw new CasesError("NOT_A_VALUE", "cursor");
      where.push(sql`(at, id) < (${time}, ${Id.parse(leaf ?? "")})`);
    }
    const page = 100;
    const { rows } =
      await sql<LeafRow>`select log, id, at, actor, purpose, kind, about_id, record from simpul.leaves
      where ${sql.join(where, sql` and `)} order by at desc, id desc limit ${page + 1}`.execute(db.rows);
    const last = rows.length > page ? rows[page - 1] : undefined;
    return {
      activity: rows.slice(0, page).map((row) => ({
        at: iso(row.at),
        kind: row.kind,
        by: row.actor,
        read: row.log === "reads",
        purpose: row.purpose,
        record: row.about_id,
        facts: factsIn(row.record),
      })),
      next: last ? `${iso(last.at)}_${last.id}` : null,
    };
  });
}

/** The plain facts of a leaf; none when its text was destroyed. */
function factsIn(record: string | null): Record<string, unknown> {
  if (record === null) return {};
  const { about } = JSON.parse(record) as { about?: Record<string, unknown> };
  const { id: _id, case: _case, ...facts } = about ?? {};
  return facts;
}
