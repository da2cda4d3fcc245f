// Looking: the checks of a case, one check with its answers, what a form needs, all under the reader's own rights.
import { Id } from "@simpul/model";
import type { CaseNumber, NodeCode, Purpose } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { ChecksError } from "./contract.ts";
import type {
  AskingState,
  CheckHead,
  CheckNeed,
  CheckSelector,
  CheckStart,
  CheckState,
  CheckView,
  Result,
} from "./contract.ts";
import { iso, isoOrNull, officerOf, type ChecksNode, type Rows } from "./node.ts";

/** A case by its number or id, as the reader sees it. Throws `NOT_FOUND`. */
export async function caseOf(
  node: ChecksNode,
  db: Rows,
  ref: string,
): Promise<{ id: Id; number: CaseNumber; title: string; crimeType: string }> {
  const byNumber = /^[A-Za-z]{2}-\d{4}-\d{6}$/.test(ref);
  const found = byNumber
    ? await sql<{ id: Id }>`select id from simpul.cases where number = ${ref.toUpperCase()}`.execute(db.rows)
    : { rows: [{ id: Id.parse(ref.toLowerCase()) }] };
  const id = found.rows[0]?.id;
  const head = id === undefined ? null : await node.cases.head(db, id);
  if (head === null) throw new ChecksError("NOT_FOUND");
  return head;
}

interface HeadRow {
  id: Id;
  case_id: Id;
  number: CaseNumber | null;
  title: string | null;
  state: CheckState;
  officer_id: Id;
  asked_at: Date;
  ended_at: Date | null;
  count: number;
  hits: number;
  states: { node: NodeCode; state: AskingState }[];
}

const headColumns = sql`c.id, c.case_id, k.number, k.title, c.state, c.officer_id, c.asked_at, c.ended_at, c.count,
  (select count(distinct r.record_id)::int from simpul.check_results r
    where r.case_id = c.case_id and r.check_id = c.id and r.reply = 'hit') as hits,
  (select coalesce(jsonb_agg(jsonb_build_object('node', a.peer, 'state', a.state) order by a.peer), '[]')
    from simpul.check_askings a where a.case_id = c.case_id and a.check_id = c.id) as states`;
const from = sql`simpul.checks c left join simpul.cases k on k.id = c.case_id`;

const headOf = (row: HeadRow): CheckHead => ({
  id: row.id,
  // Oversight sees that a check was asked, and of its case no more than that there is one.
  case: { id: row.case_id, number: row.number ?? ("" as CaseNumber), title: row.title ?? "" },
  state: row.state,
  officer: row.officer_id,
  askedAt: iso(row.asked_at),
  endedAt: isoOrNull(row.ended_at),
  selectors: row.count,
  hits: row.hits,
  states: row.states,
});

/** Newest first; a cursor is the last one's id. */
export async function listChecks(
  node: ChecksNode,
  standing: Standing,
  ask: { case?: string | undefined; cursor?: Id | undefined; limit: number },
): Promise<{ checks: CheckHead[]; next: Id | null }> {
  return node.store.read(standing, async (db) => {
    const of = ask.case === undefined ? null : (await caseOf(node, db, ask.case)).id;
    const { rows } = await sql<HeadRow>`select ${headColumns} from ${from}
      where (${of}::uuid is null or c.case_id = ${of}::uuid)
        and (${ask.cursor ?? null}::uuid is null or c.id < ${ask.cursor ?? null}::uuid)
      order by c.id desc limit ${ask.limit + 1}`.execute(db.rows);
    const shown = rows.slice(0, ask.limit);
    db.noteRead("check.listed", { shown: shown.length, ...(of !== null && { case: of }) });
    return { checks: shown.map(headOf), next: rows.length > ask.limit ? shown.at(-1)!.id : null };
  });
}

interface ViewRow extends HeadRow {
  purpose: Purpose;
  offence: string;
  legal_basis: string;
  supervisor_id: Id | null;
  decided_at: Date | null;
  needs: CheckNeed[];
  terms_version: string;
}
interface AskedRow {
  peer: NodeCode;
  state: AskingState;
  because: string | null;
  attempts: number;
  next_try: Date | null;
  ended_at: Date | null;
  commitment: string | null;
  hits: number;
}
interface ResultRow {
  record_id: Id;
  peer: NodeCode;
  reply: Result;
  at: Date | null;
}

/** One check with every answer. Throws `NOT_FOUND`. */
export async function viewCheck(node: ChecksNode, standing: Standing, id: Id): Promise<CheckView> {
  const officer = officerOf(standing);
  return node.store.read(standing, async (db) => {
    db.noteRead("check.viewed", { id });
    const found =
      await sql<ViewRow>`select ${headColumns}, c.purpose, c.offence, c.legal_basis, c.supervisor_id,
        c.decided_at, c.needs, c.terms_version
      from ${from} where c.id = ${id}`.execute(db.rows);
    const row = found.rows[0];
    if (row === undefined) throw new ChecksError("NOT_FOUND");
    db.noteRead("check.viewed", { id, case: row.case_id });
    const asked = await sql<AskedRow>`select a.peer, a.state, a.because, a.attempts, a.next_try, a.ended_at,
        a.commitment, (select count(*)::int from simpul.check_results r
          where r.case_id = a.case_id and r.check_id = a.check_id and r.peer = a.peer and r.reply = 'hit') as hits
      from simpul.check_askings a where a.case_id = ${row.case_id} and a.check_id = ${id}
      order by a.peer`.execute(db.rows);
    const results = await sql<ResultRow>`select record_id, peer, reply, at from simpul.check_results
      where case_id = ${row.case_id} and check_id = ${id} order by record_id, peer`.execute(db.rows);
    const mayDecide =
      row.state === "proposed" && row.officer_id !== officer.id && row.number !== null
        ? node.policy.decide({
            officer,
            act: "check.agree",
            record: await node.caseFacts(db, row.case_id),
            purpose: standing.purpose,
            now: node.clock.now(),
          }).allowed
        : false;
    return {
      ...headOf(row),
      purpose: row.purpose,
      offence: row.offence,
      legalBasis: row.legal_basis,
      supervisor: row.supervisor_id,
      decidedAt: isoOrNull(row.decided_at),
      needs: row.needs,
      termsVersion: row.terms_version,
      asked: asked.rows.map(({ peer, next_try, ended_at, ...one }) => ({
        ...one,
        node: peer,
        nextTry: isoOrNull(next_try),
        answeredAt: isoOrNull(ended_at),
      })),
      list: listOf(results.rows, await node.cases.selectorsOf(db, row.case_id)),
      mayDecide,
    };
  });
}

/** What was asked, in the order of the case; the value is read from the case, where it lies once. */
function listOf(
  rows: readonly ResultRow[],
  selectors: Awaited<ReturnType<ChecksNode["cases"]["selectorsOf"]>>,
): CheckSelector[] {
  const known = new Map(selectors.map((one) => [one.record, one]));
  const byRecord = new Map<Id, ResultRow[]>();
  for (const row of rows) byRecord.set(row.record_id, [...(byRecord.get(row.record_id) ?? []), row]);
  return [...byRecord].map(([record, answers]) => {
    const selector = known.get(record);
    return {
      record,
      type: selector?.type ?? null,
      canonical: selector?.canonical ?? null,
      role: selector?.role ?? null,
      results: answers.map(({ peer, reply, at }) => ({ node: peer, result: reply, at: isoOrNull(at) })),
    };
  });
}

/** What the form offers, filled with what was said last in this case. */
export async function startOf(
  node: ChecksNode,
  standing: Standing,
  ref: string | undefined,
): Promise<CheckStart> {
  const { terms } = node;
  const states = await node.asking.peers();
  const remembered = await node.store.read(standing, async (db) => {
    if (ref === undefined) {
      db.noteRead("check.started", {});
      return null;
    }
    const head = await caseOf(node, db, ref);
    db.noteRead("check.started", { case: head.id });
    const last = await sql<{ offence: string; legal_basis: string; states: NodeCode[] }>`
      select c.offence, c.legal_basis, (select array_agg(a.peer order by a.peer) from simpul.check_askings a
        where a.case_id = c.case_id and a.check_id = c.id) as states
      from simpul.checks c where c.case_id = ${head.id} order by c.id desc limit 1`.execute(db.rows);
    const usual = terms.offences.includes(head.crimeType) ? head.crimeType : null;
    const before = last.rows[0];
    return before === undefined
      ? { offence: usual, legalBasis: null, states: [] }
      : {
          offence: before.offence,
          legalBasis: before.legal_basis,
          states: before.states.filter((state) => states.includes(state)),
        };
  });
  return {
    states,
    offences: terms.offences,
    bases: terms.bases,
    most: terms.ask.most,
    bulkFrom: terms.ask.bulkFrom,
    remembered: remembered ?? { offence: null, legalBasis: null, states: [] },
  };
}
