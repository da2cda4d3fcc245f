// The room of mutual legal assistance: what it is given of requests, cases, access and the exchange.
import { readAssistanceCodes } from "@simpul/features/assistance/codes.ts";
import type { HitsForAssistance } from "@simpul/features/assistance/contract.ts";
import { extraditionBases } from "@simpul/features/assistance/extradition.ts";
import type { AssistanceNode } from "@simpul/features/assistance/node.ts";
import { mostCustody } from "@simpul/features/charges/contract.ts";
import { noteLegalGap } from "@simpul/features/charges/legal-gaps.ts";
import { personCharged } from "@simpul/features/charges/records.ts";
import { statementsOn } from "@simpul/features/evidence/custody.ts";
import { requestsForAssistance } from "@simpul/features/requests/formal.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import type { ReviewsNode } from "@simpul/features/reviews/node.ts";
import { beginReview } from "@simpul/features/reviews/open.ts";
import { reviewGate } from "@simpul/features/reviews/rule.ts";
import { assistanceRefusals } from "@simpul/features/assistance/contract.ts";
import { assistanceInbox } from "@simpul/features/assistance/inbox.ts";
import { assistancePart } from "@simpul/features/assistance/peer.ts";
import { assistanceRoutes } from "@simpul/features/assistance/routes.ts";
import type { Node } from "./node.ts";
import { papers, paperWords } from "./operations.ts";
import type { Room } from "./room.ts";

export function assistanceNode(
  { exercise, terms }: Node,
  requests: RequestsNode,
  hits: HitsForAssistance,
  reviews: ReviewsNode,
): AssistanceNode {
  const lists = readAssistanceCodes();
  const states = lists.states.map((one) => one.state);
  const { code, store, clock, policy, proofs, directory, cases, caseFacts, peers, wake, send } = requests;
  const { offences, codes, signer } = requests;
  return {
    ...{ code, store, clock, policy, proofs, directory, cases, caseFacts, peers, wake, send },
    codes: {
      ...lists,
      extradition: { ...lists.extradition, bases: extraditionBases(terms.offences, requests.code, states) },
      offences: [...offences],
      urgency: codes.urgency.map((one) => one.code),
      languages: codes.languages,
    },
    requests: requestsForAssistance(requests),
    letters: requests.letters,
    ...{ hits, signer, exercise, papers },
    custody: (db, items) => statementsOn(db, items, mostCustody),
    charges: {
      filed: personCharged,
      note: noteLegalGap,
    },
    reviews: {
      begin: (tx, ask) => beginReview(reviews, tx, ask),
      pass: (who, review) => reviewGate(reviews).passReview(who, review, "extradition"),
    },
  };
}

export const assistanceRoom = (assistance: AssistanceNode): Room => ({
  doors: [["/api/assistance", assistanceRoutes(assistance, paperWords("assistance", "evidence"))]],
  inbox: [assistanceInbox(assistance)],
  peer: [assistancePart(assistance)],
  refusals: assistanceRefusals,
});
