// Reviews as whoever may see them sees them: who, what, since when, until when. The same shape, whoever the person is.
import type { Id } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { ReviewsError, type ReviewHead, type ReviewView, type ReviewedPerson } from "./contract.ts";
import { lawOf } from "./law.ts";
import { iso, officerOf, type Db, type ReviewsNode } from "./node.ts";
import { stateOf } from "./rules.ts";
import { liabilityOf, type ReviewKind } from "./contract.ts";

export interface ReviewRow {
  id: Id;
  kind: ReviewKind;
  case_id: Id | null;
  number: string | null;
  person: ReviewedPerson;
  reason: string;
  officer_id: Id;
  desk_id: Id;
  opened_at: Date;
  due_at: Date;
  withdrawn_at: Date | null;
  handed_at: Date | null;
  taken_at: Date | null;
}

/** Newest first, as row security shows them. */
export async function reviewRows(
  db: Db,
  within: { id?: Id | undefined; case?: Id | undefined; since?: Date | undefined; limit: number },
): Promise<ReviewRow[]> {
  const { rows } =
    await sql<ReviewRow>`select r.id, r.kind, r.case_id, c.number, r.person, r.reason, r.officer_id,
      r.desk_id, r.opened_at, r.due_at, r.withdrawn_at, s.handed_at, s.taken_at
    from simpul.legal_reviews r left join simpul.cases c on c.id = r.case_id
    left join simpul.review_statements s on s.review_id = r.id
    where (${within.id ?? null}::uuid is null or r.id = ${within.id ?? null}::uuid)
      and (${within.case ?? null}::uuid is null or r.case_id = ${within.case ?? null}::uuid)
      and (${within.since ?? null}::timestamptz is null or r.opened_at > ${within.since ?? null}::timestamptz)
    order by r.opened_at desc, r.id limit ${within.limit}`.execute(db.rows);
  return rows;
}

export async function comparedAt(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select simpul.reviews_compared_at() as at`.execute(db.rows);
  return rows[0]?.at ?? null;
}

export function headOf(node: ReviewsNode, db: Db, row: ReviewRow, compared: Date | null): ReviewHead {
  const { opened_at: openedAt, due_at: dueAt, withdrawn_at: withdrawnAt } = row;
  const ours = row.desk_id === officerOf(db.standing).desk;
  return {
    id: row.id,
    kind: row.kind,
    liability: liabilityOf[row.kind],
    case: row.case_id === null || row.number === null ? null : { id: row.case_id, number: row.number },
    person: row.person,
    state: stateOf({ openedAt, dueAt, withdrawnAt }, compared, node.clock.now()),
    openedAt: iso(openedAt),
    dueAt: iso(dueAt),
    officer: row.officer_id,
    handedAt: row.handed_at === null ? null : iso(row.handed_at),
    takenAt: row.taken_at === null ? null : iso(row.taken_at),
    may: ours
      ? [
          ...(withdrawnAt === null ? (["withdraw"] as const) : []),
          ...(row.handed_at === null ? [] : (["take"] as const)),
        ]
      : [],
  };
}

export async function listReviews(
  node: ReviewsNode,
  standing: Standing,
  ask: { case?: Id | undefined },
): Promise<ReviewHead[]> {
  return node.store.read(standing, (db) => {
    db.noteRead("review.listed", { ...(ask.case !== undefined && { case: ask.case }) });
    return reviewsIn(node, db, ask);
  });
}

/** The same within a look that notes it. */
export async function reviewsIn(
  node: ReviewsNode,
  db: Reader,
  ask: { case?: Id | undefined },
): Promise<ReviewHead[]> {
  const compared = await comparedAt(db);
  const rows = await reviewRows(db, { ...ask, limit: 500 });
  return rows.map((row) => headOf(node, db, row, compared));
}

/** Throws `NOT_FOUND`. */
export async function viewReview(node: ReviewsNode, standing: Standing, id: Id): Promise<ReviewView> {
  return node.store.read(standing, async (db) => {
    const [row] = await reviewRows(db, { id, limit: 1 });
    db.noteRead("review.viewed", { id, ...(typeof row?.case_id === "string" && { case: row.case_id }) });
    if (row === undefined) throw new ReviewsError("NOT_FOUND");
    const head = headOf(node, db, row, await comparedAt(db));
    return { ...head, reason: row.reason, desk: row.desk_id, law: lawOf(node.law, node.code, row.kind) };
  });
}
