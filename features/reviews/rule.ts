// The prosecutor reads what was found and says what follows; every later charge passes here, and nobody else learns anything.
import { demand } from "@simpul/policy";
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import type { AtDesk } from "../victims/contract.ts";
import { keepRuling, readBook, readRulings } from "./book.ts";
import {
  ReviewsError,
  type Passed,
  type Result,
  type ReviewGate,
  type ReviewKind,
  type RuledReview,
  type Ruling,
  type RulingKind,
} from "./contract.ts";
import { isProsecutor, secretOf } from "./keys.ts";
import { comparedAt, headOf, reviewRows } from "./look.ts";
import type { Db, ReviewsNode } from "./node.ts";
import { mayPass, toReopen } from "./rules.ts";

const standingOf = ({ officer, purpose }: AtDesk): Standing => ({ actor: officer, purpose });

/** Before its time, or where the book does not reach: as open as for everybody. */
const unknown = (review: Id): Result => ({
  ...{
    review,
    kind: "open",
    pseudonym: null,
    status: null,
    state: null,
    since: null,
    at: null,
    effect: null,
  },
});

async function ruledOf(
  node: ReviewsNode,
  db: Db,
  secret: Uint8Array,
  within: { id?: Id; limit: number },
): Promise<RuledReview[]> {
  const [rows, compared, book, rulings] = [
    await reviewRows(db, within),
    await comparedAt(db),
    await readBook(db, secret),
    await readRulings(db, [secret]),
  ];
  return rows.map((row) => {
    const head = headOf(node, db, row, compared);
    const found = book?.get(row.id) ?? { ...unknown(row.id), kind: "nothing" as const };
    const result = book === null || head.state !== "with-prosecutor" ? unknown(row.id) : found;
    const said = rulings.get(row.id) ?? [];
    return { ...head, result, rulings: said, reopen: toReopen(result, said) };
  });
}

/** Throws `KEY_CLOSED`; `NOT_FOUND` for who is no prosecutor. */
export function listRuled(node: ReviewsNode, who: AtDesk): Promise<RuledReview[]> {
  const secret = secretOf(node, who);
  return node.store.read(standingOf(who), (db) => {
    db.noteRead("review.results-read", {});
    return ruledIn(node, db, secret);
  });
}

/** The same within a look that notes it. */
export const ruledIn = (node: ReviewsNode, db: Db, secret: Uint8Array): Promise<RuledReview[]> =>
  ruledOf(node, db, secret, { limit: 500 });

async function oneOf(node: ReviewsNode, db: Db, secret: Uint8Array, id: Id): Promise<RuledReview> {
  const [one] = await ruledOf(node, db, secret, { id, limit: 1 });
  if (one === undefined) throw new ReviewsError("NOT_FOUND");
  return one;
}

export async function viewRuled(node: ReviewsNode, who: AtDesk, id: Id): Promise<RuledReview> {
  const secret = secretOf(node, who);
  return node.store.read(standingOf(who), async (db) => {
    db.noteRead("review.results-read", {});
    return oneOf(node, db, secret, id);
  });
}

/** Throws `REVIEW_PENDING`, `REVIEW_LOCKED`, `REVIEW_WARNED`, `REASON_NEEDED`, `NOT_FOUND`, `KEY_CLOSED`, `Denied`. */
export async function rule(
  node: ReviewsNode,
  who: AtDesk,
  id: Id,
  ask: { ruling: RulingKind; reason: string },
): Promise<void> {
  const secret = secretOf(node, who);
  await node.store.write(standingOf(who), async (tx) => {
    allowRuling(node, tx, who);
    const one = await oneOf(node, tx, secret, id);
    if (one.state !== "with-prosecutor") throw new ReviewsError("REVIEW_PENDING");
    const reason = ask.reason.trim();
    if (ask.ruling !== "pass" && reason.length < 3) throw new ReviewsError("REASON_NEEDED");
    const no = ask.ruling === "pass" ? mayPass(one.result, reason) : null;
    if (no !== null) throw new ReviewsError(no);
    const ruling: Ruling = {
      ...{ id: tx.newId(), review: id, ruling: ask.ruling, reason, by: who.officer.id },
      at: tx.at.toISOString(),
    };
    await keepRuling(node, tx, secret, ruling);
    // Of which review it speaks would tell, over many, who was held back.
    tx.note("review.ruled", {});
  });
}

/** What follows is a prosecutor's to say. Throws `Denied`. */
export const allowRuling = (node: ReviewsNode, tx: Writer, who: AtDesk): void =>
  tx.allowed(
    demand(node.policy, {
      officer: who.officer,
      act: "review.rule",
      record: { kind: "node", id: node.code },
      purpose: who.purpose,
      now: tx.at,
    }),
  );

/** VIC-2: the gate of every later act. */
export const reviewGate = (node: ReviewsNode): ReviewGate => ({
  passReview: (who, review, kind) =>
    node.store.read(standingOf(who), async (db) => {
      db.noteRead("review.passing-asked", {});
      return passing(node, db, who, review, kind);
    }),
});

async function passing(node: ReviewsNode, db: Db, who: AtDesk, id: Id, kind: ReviewKind): Promise<Passed> {
  const [row] = await reviewRows(db, { id, limit: 1 });
  if (row === undefined || row.kind !== kind) throw new ReviewsError("NOT_FOUND");
  // Everybody but a prosecutor with her key open gets one answer, before anything was looked up.
  const now = node.clock.now();
  const secret = isProsecutor(who) ? node.open.get(who.session, who.officer.id, now) : null;
  if (secret === null) throw new ReviewsError("REVIEW_PENDING");
  const one = await oneOf(node, db, secret, id);
  const said = one.rulings.at(-1);
  if (one.state !== "with-prosecutor" || said === undefined || said.ruling === "wait")
    throw new ReviewsError("REVIEW_PENDING");
  // What was found since decides anew.
  const no = one.reopen ? mayPass(one.result, "") : said.ruling === "stop" ? "REVIEW_LOCKED" : null;
  if (no !== null) throw new ReviewsError(no);
  return { review: id, ruling: said.id, at: said.at };
}
