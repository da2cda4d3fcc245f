// The victim desk's queue: who may be whom, what two persons said, and what the prosecutor said since.
import type { AtDesk } from "../victims/contract.ts";
import { readRulings } from "./book.ts";
import { compareAll, secretsOf, statusOf, type Compared } from "./compare.ts";
import type { Candidate, CompareView, Result, Ruling } from "./contract.ts";
import { comparedAt } from "./look.ts";
import { iso, type ReviewsNode } from "./node.ts";
import { readers } from "./readers.ts";
import { toReopen } from "./rules.ts";

/** What waits side by side, with what the prosecutor said; newest and undecided first. */
export async function viewCompare(node: ReviewsNode, who: AtDesk): Promise<CompareView> {
  const desk = await node.compartment.open(who);
  const view = await node.store.read({ actor: who.officer, purpose: who.purpose }, async (db) => {
    db.noteRead("review.compare-looked-at", {});
    const { reviews, pairs: all, results } = await compareAll(node, db, desk);
    const rulings = await readRulings(db, secretsOf(desk));
    const byReview = new Map(results.map((one) => [one.review, one]));
    const now = node.clock.now();
    return {
      candidates: all
        .map((pair) =>
          candidateOf(node, pair, byReview.get(pair.review.id)!, rulings.get(pair.review.id) ?? []),
        )
        .toSorted((a, b) => order(a) - order(b) || (a.dueAt < b.dueAt ? -1 : 1)),
      readers: await readers(db),
      pending: reviews.filter((one) => one.due_at > now).length,
      comparedAt: (await comparedAt(db))?.toISOString() ?? null,
    };
  });
  const ids = [
    ...view.candidates.flatMap((one) => one.words.map((word) => word.by)),
    ...view.readers.map((one) => one.officer),
  ];
  const names = await node.directory.officers([...new Set(ids)]);
  return { ...view, names: Object.fromEntries([...names].map(([key, { name }]) => [key, name])) };
}

const order = ({ outcome }: Candidate): number => ["open", "same", "other"].indexOf(outcome);

function candidateOf(
  node: ReviewsNode,
  pair: Compared["pairs"][number],
  result: Result,
  ruled: readonly Ruling[],
): Candidate {
  const { review, person, ours, why, words, outcome } = pair;
  const status = statusOf(node, person);
  const last = ruled.at(-1);
  return {
    review: review.id,
    kind: review.kind,
    dueAt: iso(review.due_at),
    theirs: review.person,
    person: person.id,
    pseudonym: person.pseudonym,
    ours,
    status: status?.status ?? "not-screened",
    why,
    peer: status === null || status.state === node.code ? null : (status.state as Candidate["peer"]),
    words,
    outcome,
    late: outcome === "open" && review.due_at <= node.clock.now(),
    ruling: last === undefined ? null : { ruling: last.ruling, reason: last.reason, at: last.at },
    reopen: outcome === "same" && toReopen(result, ruled),
  };
}
