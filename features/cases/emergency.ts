// Opening a case in an emergency: an officer who does not see it gives a reason and sees it for some hours; its owner and
// oversight are told at once, and somebody else says afterwards whether it was right.
import { CaseNumber, type Id } from "@simpul/model";
import type { CaseFacts } from "@simpul/policy";
import type { Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { CasesError } from "./contract.ts";
import type { Opening, OpeningFinding } from "./contract.ts";
import { decide, factsOf, officerOf } from "./node.ts";
import type { CasesNode } from "./node.ts";
import { iso } from "./records.ts";

/**
 * Opens a case by its number. Throws `NOT_FOUND` for one that is not there and for a covert one alike, `SEEN_ALREADY`
 * for one she sees anyway, `NOT_ALLOWED` for a role or purpose that has no emergencies.
 */
export async function openInEmergency(
  node: CasesNode,
  standing: Standing,
  ask: { number: string; reason: string },
): Promise<{ id: Id; number: CaseNumber; until: string }> {
  const officer = officerOf(standing);
  const number = CaseNumber.parse(ask.number.toUpperCase());
  const reason = ask.reason.trim();
  if (reason.length < 20) throw new CasesError("NOT_A_VALUE", "reason");
  const opened = await node.store.write(standing, async (tx) => {
    const seen = await sql`select 1 from simpul.cases where number = ${number}`.execute(tx.rows);
    if (seen.rows.length > 0) throw new CasesError("SEEN_ALREADY", number);
    const found = await sql<{
      id: Id | null;
    }>`select simpul.case_for_emergency(${number}) as id`.execute(tx.rows);
    const id = found.rows[0]?.id ?? null;
    if (id === null) throw new CasesError("NOT_FOUND", number);
    tx.allowed(mayOpen(node, tx, id));
    const opening = tx.newId();
    const until = new Date(tx.at.getTime() + node.codes.cases.emergency.hours * 3_600_000);
    await sql`insert into simpul.case_openings (case_id, id, officer_id, agency_id, desk_id, reason, opened_at, until)
      values (${id}, ${opening}, ${officer.id}, ${officer.agency}, ${officer.desk}, ${reason}, ${tx.at}, ${until})`.execute(
      tx.rows,
    );
    tx.note("case.opened-in-emergency", { id: opening, case: id, until: iso(until) });
    return { id, until: iso(until) };
  });
  // Now that she sees it: those who lead it are told by name, its desk as such.
  const { leads, desk } = await node.store.read(standing, async (db) => {
    db.noteRead("case.viewed", { id: opened.id, case: opened.id });
    return factsOf(db, opened.id);
  });
  for (const lead of leads ?? []) node.wake(`officer:${lead}`);
  node.wake(`desk:${desk}`);
  node.wake(`case:${opened.id}`);
  return { id: opened.id, number, until: opened.until };
}

/** Asked with what the policy needs: that it is no covert one. */
function mayOpen(node: CasesNode, tx: Writer, id: Id): readonly string[] {
  const officer = officerOf(tx.standing);
  const facts: CaseFacts = {
    kind: "case",
    id,
    agency: officer.agency,
    desk: officer.desk,
    covert: false,
    team: [],
  };
  const decision = decide(node, tx.standing, "case.emergency", facts);
  if (!decision.allowed) throw new CasesError("NOT_ALLOWED", decision.because.join(" "));
  return decision.because;
}

interface Row {
  id: Id;
  case_id: Id;
  number: CaseNumber;
  title: string | null;
  officer_id: Id;
  desk_id: Id;
  reason: string;
  opened_at: Date;
  until: Date;
  ended_at: Date | null;
  finding: OpeningFinding | null;
  review: string | null;
  reviewed_by: Id | null;
  reviewed_at: Date | null;
}

/** Openings this officer may know of, those without a review first: her own, those of cases she sees, all for oversight. */
export async function openings(node: CasesNode, standing: Standing): Promise<Opening[]> {
  return node.store.read(standing, async (db) => {
    const list = await openingsIn(node, db);
    db.noteRead("case.openings-listed", { shown: list.length });
    return list;
  });
}

/** The same within a look that notes it. */
export async function openingsIn(node: CasesNode, db: Reader): Promise<Opening[]> {
  const { rows } =
    await sql<Row>`select o.*, coalesce(c.number, simpul.number_of_opened(o.id)) as number, c.title
    from simpul.case_openings o left join simpul.cases c on c.id = o.case_id
    order by (o.finding is not null), o.opened_at desc, o.id limit 200`.execute(db.rows);
  const list: Opening[] = [];
  for (const row of rows) list.push(await openingOf(node, db, row));
  return list;
}

async function openingOf(node: CasesNode, db: Reader, row: Row): Promise<Opening> {
  const me = officerOf(db.standing).id;
  const running = row.ended_at === null && row.until > node.clock.now();
  const may: Opening["may"] = [];
  if (row.officer_id === me && running) may.push("end");
  if (row.finding === null && (await mayReview(node, db, row)) !== null) may.push("review");
  return {
    id: row.id,
    case: { id: row.case_id, number: row.number, title: row.title },
    officer: row.officer_id,
    desk: row.desk_id,
    reason: row.reason,
    openedAt: iso(row.opened_at),
    until: iso(row.until),
    endedAt: row.ended_at === null ? null : iso(row.ended_at),
    review:
      row.finding === null
        ? null
        : { finding: row.finding, text: row.review ?? "", by: row.reviewed_by!, at: iso(row.reviewed_at!) },
    may,
  };
}

/** Why she may review it; null when she may not. */
async function mayReview(
  node: CasesNode,
  db: Pick<Reader, "rows" | "standing">,
  row: Pick<Row, "case_id" | "officer_id" | "desk_id">,
): Promise<readonly string[] | null> {
  if (row.officer_id === officerOf(db.standing).id) return null;
  // Oversight reviews what it does not see: of the case it needs nothing but that there is one.
  const blind: CaseFacts = {
    kind: "case",
    id: row.case_id,
    agency: row.case_id,
    desk: row.case_id,
    covert: false,
    team: [],
  };
  const facts = await factsOf(db, row.case_id).catch(() => blind);
  const decision = decide(node, db.standing, "case.review-emergency", facts);
  return decision.allowed ? decision.because : null;
}

async function openingRow(tx: Writer, id: Id): Promise<Row> {
  const { rows } =
    await sql<Row>`select o.* from simpul.case_openings o where o.id = ${id} for update`.execute(tx.rows);
  if (rows[0] === undefined) throw new CasesError("NOT_FOUND", id);
  return rows[0];
}

/** She needs it no longer. Throws `NOT_FOUND`, `ALREADY_THERE` once it is over. */
export async function endOpening(node: CasesNode, standing: Standing, id: Id): Promise<void> {
  const of = await node.store.write(standing, async (tx) => {
    const row = await openingRow(tx, id);
    if (row.officer_id !== officerOf(standing).id) throw new CasesError("NOT_FOUND", id);
    if (row.ended_at !== null || row.until <= tx.at) throw new CasesError("ALREADY_THERE", id);
    await sql`update simpul.case_openings set ended_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("case.emergency-ended", { id, case: row.case_id });
    return row.case_id;
  });
  node.wake(`case:${of}`);
}

/** Says whether it was right. Throws `NOT_FOUND`, `OWN_OPENING`, `NOT_ALLOWED`, `ALREADY_THERE` when it was said already. */
export async function reviewOpening(
  node: CasesNode,
  standing: Standing,
  id: Id,
  ask: { finding: OpeningFinding; text: string },
): Promise<void> {
  const officer = officerOf(standing);
  const row = await node.store.write(standing, async (tx) => {
    const opening = await openingRow(tx, id);
    if (opening.officer_id === officer.id) throw new CasesError("OWN_OPENING", id);
    const because = await mayReview(node, tx, opening);
    if (because === null) throw new CasesError("NOT_ALLOWED", id);
    if (opening.finding !== null) throw new CasesError("ALREADY_THERE", id);
    tx.allowed(because);
    await sql`update simpul.case_openings set finding = ${ask.finding}, review = ${ask.text.trim()},
        reviewed_by = ${officer.id}, reviewed_at = ${tx.at} where id = ${id}`.execute(tx.rows);
    tx.note("case.emergency-reviewed", { id, case: opening.case_id, finding: ask.finding });
    return opening;
  });
  node.wake(`officer:${row.officer_id}`);
  node.wake(`case:${row.case_id}`);
}
