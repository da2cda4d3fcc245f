// Charges: what they are given of cases, evidence, reviews, requests, targets, the lines to other states and paper.
import { peerStandings } from "@simpul/exchange";
import { directory } from "@simpul/features/access/directory.ts";
import { addTask } from "@simpul/features/cases/add.ts";
import { factsOf, type CasesNode } from "@simpul/features/cases/node.ts";
import { casesForOthers } from "@simpul/features/cases/others.ts";
import type { Contribution, ItemForCharge, Outcome } from "@simpul/features/charges/contract.ts";
import type { ChargesNode } from "@simpul/features/charges/node.ts";
import { chargesRoutes } from "@simpul/features/charges/routes.ts";
import { statementsOn } from "@simpul/features/evidence/custody.ts";
import { askExport, courtTerms } from "@simpul/features/evidence/export/ask.ts";
import type { ExportNode } from "@simpul/features/evidence/export/node.ts";
import type { ReviewsNode } from "@simpul/features/reviews/node.ts";
import { beginReview } from "@simpul/features/reviews/open.ts";
import { reviewGate } from "@simpul/features/reviews/rule.ts";
import { noteOutcome } from "@simpul/features/targets/outcome.ts";
import type { Outcome as TargetStep } from "@simpul/features/targets/contract.ts";
import type { NodeCode } from "@simpul/model";
import { sql } from "kysely";
import { chargesRefusals, mostCustody } from "@simpul/features/charges/contract.ts";
import { chargesInbox } from "@simpul/features/charges/inbox.ts";
import { chargesPart } from "@simpul/features/charges/peer.ts";
import { offencesRoutes } from "@simpul/features/offences/routes.ts";
import type { Node } from "./node.ts";
import { papers, paperWords } from "./operations.ts";
import type { Room } from "./room.ts";

/** What a target reads of an outcome; a conviction was a trial. */
const steps: Partial<Record<Outcome, readonly TargetStep[]>> = {
  charged: ["charged"],
  convicted: ["tried", "convicted"],
  acquitted: ["tried", "acquitted"],
  confiscated: ["assets"],
};

const itemOf = (one: Awaited<ReturnType<typeof courtTerms>>[number]): ItemForCharge => ({
  ...{ id: one.id, title: one.fileName, originator: one.originator, custody: one.statements },
  ...{ digest: one.digest, stopped: [...one.missing, ...(one.over ? (["over"] as const) : [])] },
});

export function chargesNode(
  node: Node,
  cases: CasesNode,
  reviews: ReviewsNode,
  exporting: ExportNode,
): ChargesNode {
  const { code, exercise, store, clock } = node;
  return {
    ...{ code, exercise, store, clock, papers, policy: cases.policy },
    directory: directory(store),
    law: node.terms.offences,
    cases: casesForOthers(cases),
    caseFacts: factsOf,
    addTask: (tx, of, task) => addTask(cases, tx, of, task),
    reviews: { ...reviewGate(reviews), begin: (tx, ask) => beginReview(reviews, tx, ask) },
    items: {
      ofCase: async (db, of) => (await courtTerms(exporting, db, { case: of })).map(itemOf),
      terms: async (db, items) => (await courtTerms(exporting, db, { items })).map(itemOf),
      custody: (db, items) => statementsOn(db, items, mostCustody),
    },
    targets: {
      async tell(tx, { outcome, ...what }) {
        await noteOutcome(tx, { ...what, steps: steps[outcome] ?? [] });
      },
    },
    async bundle(standing, ask) {
      const { id } = await askExport(exporting, standing, { ...ask, fields: [] });
      return id;
    },
    // Who answered something out of this case's requests, and who asked and was answered out of it.
    async contributions(db, of) {
      const { rows } = await sql<Contribution>`select thread_id as thread, peer, reference, on_paper as letter
        from simpul.requests_of_case(${of}) order by created_at, thread_id`.execute(db.rows);
      return rows;
    },
    async lines() {
      const all = await peerStandings(store);
      return all.map((one) => ({
        node: one.node as NodeCode,
        away: one.state !== "confirmed" || one.health !== "up",
      }));
    },
    wake: (topic) => store.wakes.wake(topic),
    send: () => node.peering.wake(),
  };
}

/** Charges, and the law of the states by which they are made. */
export const chargesRoom = (charges: ChargesNode): Room => ({
  doors: [
    ["/api/offences", offencesRoutes(charges.law)],
    ["/api/charges", chargesRoutes(charges, paperWords("charges", "offences", "evidence", "assistance"))],
  ],
  inbox: [chargesInbox(charges)],
  peer: [chargesPart(charges)],
  refusals: chargesRefusals,
});
