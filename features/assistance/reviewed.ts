// VIC-2: with the draft of an extradition a legal review of each person whom it names begins, alike for all; it passes before it goes on.
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { ReviewsError } from "../reviews/contract.ts";
import type { AtDesk } from "../victims/contract.ts";
import { json, rowOf, type AssistanceNode, type AssistanceRow, type Db } from "./node.ts";

type Draft = Pick<AssistanceRow, "id" | "case_id" | "kind" | "peer" | "form" | "reviews">;

/**
 * The persons of its case whom it names; nobody of another type of request. Whom this very case keeps under a pseudonym is
 * stopped by what may leave, and not reviewed: that she is a victim is known here.
 */
async function personsOf(node: AssistanceNode, db: Db, row: Draft): Promise<Id[]> {
  if (row.kind !== "formal" || row.form.type !== "extradition" || row.case_id === null) return [];
  const { records } = await node.cases.recordsOf(db, row.case_id, ["subject"]);
  const named = new Set(row.form.records.map((one) => one.id));
  return (records.subject ?? [])
    .filter((one) => one.kind === "person" && one.pseudonym === null && named.has(one.id))
    .map((one) => one.id);
}

/** Of who is named for the first time a review begins: once a draft, though she is left out and named again. */
export async function beginReviews(node: AssistanceNode, tx: Writer, row: Draft): Promise<void> {
  const unreviewed = (await personsOf(node, tx, row)).filter((one) => row.reviews[one] === undefined);
  if (unreviewed.length === 0) return;
  const { subject, basisText } = row.form;
  const said = [subject, basisText].filter((text) => text.trim() !== "").join(" · ");
  const reviews = { ...row.reviews };
  for (const one of unreviewed)
    reviews[one] = await node.reviews.begin(tx, {
      kind: "extradition",
      of: { case: row.case_id!, subject: one },
      reason: `${said} → ${row.peer.toUpperCase()}`.trim().slice(0, 2000),
    });
  await sql`update simpul.assistances set reviews = ${json(reviews)} where id = ${row.id}`.execute(tx.rows);
}

/** The prosecutor lets it go on once each review passed before her. Throws what the gate throws, `NOT_FOUND`. */
export async function passReviews(
  node: AssistanceNode,
  who: AtDesk,
  standing: Standing,
  id: Id,
): Promise<void> {
  const reviews = await node.store.read(standing, async (db) => {
    db.noteRead("assistance.viewed", { id });
    const row = await rowOf(db, id);
    return (await personsOf(node, db, row)).map((one) => row.reviews[one] ?? null);
  });
  for (const review of reviews) {
    if (review === null) throw new ReviewsError("REVIEW_PENDING");
    await node.reviews.pass(who, review);
  }
}
