// The open victim desk compares all reviews at once; two persons say who is the same; what follows goes into the sealed book.
import type { Id, NodeCode } from "@simpul/model";
import { normalise } from "@simpul/match/profiles";
import { sql } from "kysely";
import { z } from "zod";
import { entriesOf, type AtDesk, type EntryKind, type OpenDesk, type Person } from "../victims/contract.ts";
import { writeBook } from "./book.ts";
import { ReviewsError, type Candidate, type Result, type ReviewedPerson } from "./contract.ts";
import { findKeys, likeness } from "./likeness.ts";
import { lawOf } from "./law.ts";
import { reviewRows, type ReviewRow } from "./look.ts";
import type { Db, ReviewsNode } from "./node.ts";
import { issuedBy, outcomeOf, resultOf } from "./rules.ts";

const id = z.uuid().transform((text) => text as Id);
const reason = z.string().trim().min(3).max(1000);

/** A caseworker's word that the person under review is, or is not, this one: an entry of hers, so that it cannot be forged. */
export const wordKind: EntryKind<{ review: Id; says: "same" | "other"; reason: string }> = {
  kind: "reviews.word",
  schema: z.strictObject({ review: id, says: z.enum(["same", "other"]), reason }),
};

/** Under this use the desk and its prosecutors share a secret. */
const use = "simpul reviews prosecution v1";
export const secretsOf = (desk: OpenDesk): readonly Uint8Array[] => desk.secrets(use);

/** Reviews that are compared at all, newest first. */
const most = 20_000;

/** The person as the compartment of `code` knows her, in the form in which she is compared. */
export function personOf(code: NodeCode, person: Pick<Person, "facts">): ReviewedPerson {
  const { facts } = person;
  // A number without its country is one of here, as where an officer writes it down.
  const phones = facts.contacts
    .map(({ text }) => normalise("phone", text, { region: code }))
    .filter((one) => one.valid);
  const documents = facts.documents.map(({ type, number, state }) =>
    state === null
      ? normalise("document", number, issuedBy(facts.nationalities))
      : normalise("document", `${type}:${state}:${number}`),
  );
  return {
    names: facts.names.map(({ text }) => ({ text, language: facts.languages[0] ?? "und" })),
    birth: facts.born?.read ?? null,
    nationalities: facts.nationalities,
    documents: documents.map((one) => one.canonical),
    phones: phones.map((one) => one.canonical),
  };
}

/** Decisions of several states stand side by side; one that protects counts before one that does not, ours before theirs. */
export function statusOf(node: Pick<ReviewsNode, "code">, person: Person) {
  const last = new Map(person.statuses.map((one) => [one.state, one]));
  const all = [...last.values()].toSorted(
    (a, b) => Number(b.state === node.code) - Number(a.state === node.code),
  );
  const rank = ["identified", "presumed", "indicators"];
  for (const status of rank.slice(0, 2)) {
    const found = all.find((one) => one.status === status);
    if (found !== undefined) return found;
  }
  return all.find((one) => one.status === "indicators") ?? all[0] ?? null;
}

/** Whom the law may protect: everybody here but those whom every authority found not to be a victim. */
const counts = (person: Person): boolean =>
  person.statuses.length === 0 || person.statuses.some((one) => one.status !== "not-identified");

interface Pair {
  review: ReviewRow;
  person: Person;
  ours: ReviewedPerson;
  why: Candidate["why"];
}

/** Found by what they share, so that thousands of people and reviews take a moment. */
function pairs(code: NodeCode, desk: OpenDesk, reviews: readonly ReviewRow[]): Pair[] {
  const byKey = new Map<string, { person: Person; ours: ReviewedPerson }[]>();
  for (const person of desk.people()) {
    if (!counts(person)) continue;
    const one = { person, ours: personOf(code, person) };
    for (const key of findKeys(one.ours)) byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  return reviews.flatMap((review) => {
    const found = new Map(
      findKeys(review.person).flatMap((key) => (byKey.get(key) ?? []).map((one) => [one.person.id, one])),
    );
    return [...found.values()]
      .map(({ person, ours }) => ({ review, person, ours, why: likeness(review.person, ours) }))
      .filter((pair) => pair.why.length > 0);
  });
}

/** Latest word of each officer, oldest first; only those that an open desk wrote. */
function wordsOf(pair: Pick<Pair, "review" | "person">): Candidate["words"] {
  const words = new Map<Id, Candidate["words"][number]>();
  for (const entry of entriesOf(pair.person, wordKind))
    if (entry.data.review === pair.review.id && entry.by.door === "desk" && entry.by.officer !== null) {
      words.delete(entry.by.officer);
      words.set(entry.by.officer, {
        ...{ says: entry.data.says, by: entry.by.officer, at: entry.at, reason: entry.data.reason },
      });
    }
  return [...words.values()];
}

export interface Compared {
  reviews: ReviewRow[];
  pairs: (Pair & { words: Candidate["words"]; outcome: Candidate["outcome"] })[];
  results: Result[];
}

/** From values alone once the rows are read: what is found about every review at this moment. */
export async function compareAll(node: ReviewsNode, db: Db, desk: OpenDesk): Promise<Compared> {
  const now = node.clock.now();
  const since = new Date(now.getTime() - node.law.lookBackYears * 366 * 86_400_000);
  const reviews = (await reviewRows(db, { since, limit: most })).filter((one) => one.withdrawn_at === null);
  // Nobody is under review: thousands of names need not be taken apart as the desk opens.
  if (reviews.length === 0) return { reviews, pairs: [], results: [] };
  const found = pairs(node.code, desk, reviews).map((pair) => {
    const words = wordsOf(pair);
    return { ...pair, words, outcome: outcomeOf(words) };
  });
  const byReview = new Map<Id, typeof found>();
  for (const pair of found) byReview.set(pair.review.id, [...(byReview.get(pair.review.id) ?? []), pair]);
  return {
    reviews,
    pairs: found,
    results: reviews.map((one) => resultFor(node, one, byReview.get(one.id) ?? [])),
  };
}

function resultFor(node: ReviewsNode, review: ReviewRow, of: Compared["pairs"]): Result {
  const same = of
    .filter((pair) => pair.outcome === "same")
    .map((pair) => ({ pair, status: statusOf(node, pair.person) }))
    .toSorted((a, b) => weight(b.status?.status) - weight(a.status?.status))[0];
  const match = same === undefined ? null : matchOf(same.pair, same.status);
  return resultOf(match, {
    review: review.id,
    open: of.some((pair) => pair.outcome === "open"),
    own: node.code,
    law: lawOf(node.law, node.code, review.kind),
  });
}

const weight = (status: string | undefined): number =>
  status === "presumed" || status === "identified" ? 1 : 0;

function matchOf(pair: Compared["pairs"][number], status: ReturnType<typeof statusOf>) {
  const decided = pair.words.filter((one) => one.says === "same").at(-1)!;
  const since = status?.at ?? null;
  return {
    pseudonym: pair.person.pseudonym,
    status: status?.status ?? "indicators",
    state: (status?.state ?? null) as Result["state"],
    since,
    // Known from the later of the two: who she is, and what she is.
    at: since !== null && since > decided.at ? since : decided.at,
  };
}

/**
 * Compares everything and writes the book anew, whatever changed: called when the desk opens, after every word, and by
 * the clock as long as it is open. Throws what the compartment throws.
 */
export async function sweep(node: ReviewsNode, who: AtDesk): Promise<void> {
  const desk = await node.compartment.open(who);
  const secret = secretsOf(desk)[0]!;
  await node.store.write({ actor: who.officer, purpose: who.purpose }, async (tx) => {
    const { reviews, results } = await compareAll(node, tx, desk);
    await writeBook(node, tx, secret, { reviews: reviews.length, results });
  });
}

/** Says it; the same word again is refused `SAID_ALREADY`. Throws `NOT_FOUND` where the two are not put side by side. */
export async function sayWord(
  node: ReviewsNode,
  who: AtDesk,
  ask: { review: Id; person: Id; says: "same" | "other"; reason: string },
): Promise<void> {
  const desk = await node.compartment.open(who);
  const pair = await node.store.read({ actor: who.officer, purpose: who.purpose }, async (db) => {
    db.noteRead("review.compare-looked-at", {});
    const { pairs: all } = await compareAll(node, db, desk);
    return all.find((one) => one.review.id === ask.review && one.person.id === ask.person) ?? null;
  });
  if (pair === null) throw new ReviewsError("NOT_FOUND");
  if (pair.words.some((one) => one.by === who.officer.id && one.says === ask.says))
    throw new ReviewsError("SAID_ALREADY");
  await desk.act(async (tx) => {
    await tx.append(ask.person, wordKind, { review: ask.review, says: ask.says, reason: ask.reason });
  });
  await sweep(node, who);
}

/** Whether something waits for the desk that it cannot know while it is closed: the oldest review that nobody compared. */
export async function oldestUncompared(
  db: Db,
): Promise<{ openedAt: Date; dueAt: Date; count: number } | null> {
  const { rows } = await sql<{ opened_at: Date | null; due_at: Date | null; count: number }>`
    select min(opened_at) as opened_at, min(due_at) as due_at, count(*)::int as count from simpul.legal_reviews
    where withdrawn_at is null and opened_at > coalesce(simpul.reviews_compared_at(), '-infinity')`.execute(
    db.rows,
  );
  const row = rows[0]!;
  return row.opened_at === null ? null : { openedAt: row.opened_at, dueAt: row.due_at!, count: row.count };
}
