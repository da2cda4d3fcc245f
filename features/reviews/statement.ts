// What follows a review that passed: a statement signed by the node, never what was found; handed to the desk that asked, and printed.
import { createHash } from "node:crypto";
import type { Words } from "@simpul/doors/i18n";
import type { Id } from "@simpul/model";
import { signStatement, type SignedStatement } from "@simpul/seal";
import type { Standing } from "@simpul/store";
import { nodeVerifying } from "@simpul/store/keys";
import { sql } from "kysely";
import type { AtDesk } from "../victims/contract.ts";
import { ReviewsError, type ReviewKind } from "./contract.ts";
import { lawOf } from "./law.ts";
import { reviewRows } from "./look.ts";
import { json, officerOf, type Db, type ReviewsNode } from "./node.ts";
import { allowRuling, reviewGate } from "./rule.ts";

/** With a charge goes that the review was made, signed by the node; never what was found. Throws what the gate throws. */
export async function statementOf(
  node: ReviewsNode,
  who: AtDesk,
  id: Id,
  kind: ReviewKind,
): Promise<SignedStatement> {
  const passed = await reviewGate(node).passReview(who, id, kind);
  const body = {
    v: 1,
    node: node.code,
    review: passed.review,
    kind,
    passedAt: passed.at,
    law: node.law.version,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return signStatement("application/vnd.simpul.review+json", bytes, [node.signer], nodeVerifying);
}

/**
 * A penalty is imposed by the immigration desk and not by the prosecutor: she hands it the statement. Once; again changes
 * nothing. Throws what the gate throws, `NOT_FOUND` of another kind of review, `Denied`.
 */
export async function handOver(node: ReviewsNode, who: AtDesk, id: Id): Promise<void> {
  const signed = await statementOf(node, who, id, "immigration-penalty");
  await node.store.write({ actor: who.officer, purpose: who.purpose }, async (tx) => {
    allowRuling(node, tx, who);
    await sql`insert into simpul.review_statements (review_id, statement, handed_by, handed_at)
      values (${id}, ${json(signed)}::jsonb, ${who.officer.id}, ${tx.at}) on conflict do nothing`.execute(
      tx.rows,
    );
    tx.note("review.statement-handed", { id });
  });
  node.wake(`review:${id}`);
}

/** The desk that asked takes it for its file; then it no longer waits there. Throws `NOT_FOUND`. */
export async function takeStatement(node: ReviewsNode, standing: Standing, id: Id): Promise<SignedStatement> {
  const statement = await node.store.write(standing, async (tx) => {
    const { rows } = await sql<{ statement: SignedStatement }>`update simpul.review_statements
      set taken_by = coalesce(taken_by, ${officerOf(standing).id}), taken_at = coalesce(taken_at, ${tx.at})
      where review_id = ${id} returning statement`.execute(tx.rows);
    if (rows[0] === undefined) throw new ReviewsError("NOT_FOUND");
    tx.note("review.statement-taken", { id });
    return rows[0].statement;
  });
  node.wake(`review:${id}`);
  return statement;
}

export interface ToTake {
  id: Id;
  person: { names: { text: string }[]; documents: string[]; phones: string[] };
  handedAt: Date;
}
/** Statements that wait for this desk, the oldest first. */
export const statementsToTake = async (db: Db): Promise<ToTake[]> =>
  (
    await sql<ToTake>`select r.id, r.person, s.handed_at as "handedAt"
      from simpul.review_statements s join simpul.legal_reviews r on r.id = s.review_id
      where s.taken_at is null and r.desk_id = ${officerOf(db.standing).desk}
      order by s.handed_at, r.id limit 100`.execute(db.rows)
  ).rows;

/** The statement as a page that can be cited: of whom, which act, when it passed, by which law, and what the signed file is. */
export async function statementPaper(
  node: ReviewsNode,
  standing: Standing,
  id: Id,
  words: Words,
): Promise<Uint8Array<ArrayBuffer>> {
  const { row, statement } = await node.store.read(standing, async (db) => {
    db.noteRead("review.viewed", { id });
    const [review] = await reviewRows(db, { id, limit: 1 });
    const { rows } = await sql<{ statement: SignedStatement }>`select statement
      from simpul.review_statements where review_id = ${id}`.execute(db.rows);
    return { row: review, statement: rows[0]?.statement };
  });
  if (row === undefined || statement === undefined) throw new ReviewsError("NOT_FOUND");
  const { say } = words;
  const payload = Buffer.from(statement.payload, "base64");
  const signed = JSON.parse(payload.toString()) as { passedAt: string; law: string };
  const law = lawOf(node.law, node.code, row.kind);
  const { names, birth, nationalities, documents, phones } = row.person;
  const known = [
    ...names.map(({ text, romanised }) => (romanised === undefined ? text : `${text} (${romanised})`)),
    ...(birth === null ? [] : [say("reviews.born", { day: birth })]),
    ...nationalities.map((one) => words.state(one)),
    ...documents,
    ...phones,
  ];
  const title = say("reviews.paper.title", { state: words.state(node.code) });
  const size = 11;
  return node.papers.pdf({ title: `${title} · ${id}`, language: words.locale, at: node.clock.now() }, [
    ...(node.exercise ? [{ text: say("web.exercise"), size: 9, bold: true }] : []),
    { text: title, size: 16, bold: true },
    { text: say("reviews.paper.number", { id }), size },
    { text: say(`reviews.kind.${row.kind}`), size: 12, bold: true },
    ...known.map((text) => ({ text, size, indent: 12 })),
    { text: say("reviews.paper.passed", { time: words.time(signed.passedAt) }), size },
    { text: say("reviews.law"), size: 12, bold: true },
    { text: law.basis, size },
    ...(law.standing === "confirmed" ? [] : [{ text: say("reviews.toBeConfirmed"), size: 9, soft: true }]),
    { text: say("reviews.paper.law", { version: signed.law }), size: 9, soft: true },
    { text: say("reviews.statement.text"), size },
    { text: say("reviews.paper.signed"), size: 12, bold: true },
    { text: `SHA-256 ${createHash("sha256").update(payload).digest("hex")}`, size: 8, soft: true },
    ...statement.signatures.flatMap(({ keyid, sig }) => [
      { text: keyid, size: 8, soft: true },
      { text: sig, size: 8, soft: true },
    ]),
  ]);
}
