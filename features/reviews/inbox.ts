// What reviews hand to the inbox: the victim desk's time that runs out, what prosecutors may now decide, both counts alone; and statements handed over.
import type { Id } from "@simpul/model";
import type { Reader } from "@simpul/store";
import type { InboxEntry, InboxSource, InboxStanding } from "../inbox/contract.ts";
import { oldestUncompared } from "./compare.ts";
import { isProsecutor } from "./keys.ts";
import { comparedAt, reviewsIn } from "./look.ts";
import { iso, type ReviewsNode } from "./node.ts";
import { ruledIn } from "./rule.ts";
import { statementsToTake } from "./statement.ts";
import { runsOut } from "./rules.ts";

/** One entry stands for all: whose review it is would be more than a closed desk may say. */
const allOfThem = "00000000-0000-4000-8000-000000000167" as Id;

export const reviewsInbox = (node: ReviewsNode): InboxSource => ({
  name: "reviews",
  waiting: (standing, db) =>
    standing.actor.agencyKind === "victim-services"
      ? toCompare(node, standing, db)
      : isProsecutor({ officer: standing.actor })
        ? toRule(node, standing, db)
        : toTake(db),
});

const base = { for: "desk", case: null } as const;

async function toCompare(node: ReviewsNode, standing: InboxStanding, db: Reader): Promise<InboxEntry[]> {
  if (!["victim-assistance", "victim-identification"].includes(standing.purpose)) return [];
  const oldest = await oldestUncompared(db);
  if (oldest === null) return [];
  const late = runsOut(oldest, await comparedAt(db), node.clock.now(), node.law.escalateHours);
  return [
    {
      ...base,
      id: allOfThem,
      kind: late ? "review-late" : "review-compare",
      title: String(oldest.count),
      to: "/reviews/compare",
      due: iso(oldest.dueAt),
      since: iso(oldest.openedAt),
    },
  ];
}

/** With her key closed one line says that there is something to read; with it open, what she has not decided yet. */
async function toRule(node: ReviewsNode, standing: InboxStanding, db: Reader): Promise<InboxEntry[]> {
  const { actor } = standing;
  const open = node.open.ofOfficer(actor.id, node.clock.now());
  const waits =
    open === null
      ? (await reviewsIn(node, db, {})).filter((one) => one.state === "with-prosecutor" && recent(node, one))
      : (await ruledIn(node, db, open)).filter(
          (one) => one.state === "with-prosecutor" && (one.reopen || one.rulings.length === 0),
        );
  const first = waits.at(-1);
  if (first === undefined) return [];
  return [
    {
      ...base,
      id: allOfThem,
      kind: "review-rule",
      title: open === null ? "" : String(waits.length),
      to: "/reviews/results",
      due: null,
      since: first.dueAt,
    },
  ];
}

/** The desk that asked: what a prosecutor handed over and nobody there took yet. */
async function toTake(db: Reader): Promise<InboxEntry[]> {
  return (await statementsToTake(db)).map(({ id, person, handedAt }) => ({
    ...base,
    id,
    kind: "review-statement",
    title: person.names[0]?.text ?? person.documents[0] ?? person.phones[0] ?? "",
    to: `/reviews/${id}`,
    due: null,
    since: iso(handedAt),
  }));
}

const recent = (node: ReviewsNode, { dueAt }: { dueAt: string }): boolean =>
  Date.parse(dueAt) > node.clock.now().getTime() - 14 * 86_400_000;
