// The sealed book of what was found, and the sealed word of prosecutors: written and read by whoever holds their secret.
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import { z } from "zod";
import { effects, rulings, type Result, type Ruling } from "./contract.ts";
import { byHour, type Db, type ReviewsNode } from "./node.ts";
import { bookBytes } from "./rules.ts";
import { bookLabel, rulingBytes, rulingLabel, sealed, unsealed } from "./sealed.ts";

const id = z.uuid().transform((text) => text as Id);
const text = z.string().max(200);
const Line = z.strictObject({
  review: id,
  kind: z.enum(["open", "same"]),
  pseudonym: text.nullable(),
  status: text.nullable(),
  state: z
    .string()
    .length(2)
    .transform((code) => code as Result["state"])
    .nullable(),
  since: text.nullable(),
  at: text.nullable(),
  effect: z.enum(effects).nullable(),
});
const Book = z.strictObject({ v: z.literal(1), at: text, lines: z.array(Line) });

/** In place of the one before: of all reviews at once, in a size that follows from how many they are. */
export async function writeBook(
  node: ReviewsNode,
  tx: Writer,
  secret: Uint8Array,
  of: { reviews: number; results: readonly Result[] },
): Promise<void> {
  const lines = of.results.filter((one) => one.kind !== "nothing");
  const book = { v: 1, at: tx.at.toISOString(), lines };
  const bytes = sealed(node.random, secret, bookLabel, book, bookBytes(of.reviews));
  await sql`delete from simpul.review_books`.execute(tx.rows);
  await sql`insert into simpul.review_books (id, sealed, reviews, at)
    values (${tx.newId()}, ${bytes}, ${of.reviews}, ${tx.at})`.execute(tx.rows);
  tx.note("review.compared", { reviews: of.reviews });
}

/** What was found, by review; whoever is not in it was compared and nothing was found. Null: no book was written for this secret. */
export async function readBook(db: Db, secret: Uint8Array): Promise<Map<Id, Result> | null> {
  const { rows } = await sql<{ sealed: Buffer }>`
    select sealed from simpul.review_books order by at desc limit 1`.execute(db.rows);
  const book = Book.safeParse(rows[0] === undefined ? null : unsealed(secret, bookLabel, rows[0].sealed));
  return book.success ? new Map(book.data.lines.map((line) => [line.review, line])) : null;
}

const RulingShape = z.strictObject({
  id,
  review: id,
  ruling: z.enum(rulings),
  reason: z.string().max(1000),
  by: id,
  at: text,
});

export async function keepRuling(
  node: ReviewsNode,
  tx: Writer,
  secret: Uint8Array,
  ruling: Ruling,
): Promise<void> {
  const bytes = sealed(node.random, secret, rulingLabel, ruling, rulingBytes);
  await sql`insert into simpul.review_rulings (id, sealed, at)
    values (${ruling.id}, ${bytes}, ${byHour(tx.at)})`.execute(tx.rows);
}

/** Oldest first, by review; a row that was not sealed under one of these secrets is none. */
export async function readRulings(db: Db, secrets: readonly Uint8Array[]): Promise<Map<Id, Ruling[]>> {
  const { rows } = await sql<{
    sealed: Buffer;
  }>`select sealed from simpul.review_rulings order by id`.execute(db.rows);
  const all: Ruling[] = rows.flatMap(({ sealed: bytes }) => {
    for (const secret of secrets) {
      const read = RulingShape.safeParse(unsealed(secret, rulingLabel, bytes));
      if (read.success) return [read.data];
    }
    return [];
  });
  const byReview = new Map<Id, Ruling[]>();
  for (const one of all.toSorted((a, b) => (a.at < b.at ? -1 : 1)))
    byReview.set(one.review, [...(byReview.get(one.review) ?? []), one]);
  return byReview;
}
