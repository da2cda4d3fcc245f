// The room of mutual legal assistance: what it is given of requests, cases, access and the exchange.
import { readAssistanceCodes } from "@simpul/features/assistance/codes.ts";
import type { HitsForAssistance } from "@simpul/features/assistance/contract.ts";
import type { AssistanceNode } from "@simpul/features/assistance/node.ts";
import { requestsForAssistance } from "@simpul/features/requests/formal.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";

export function assistanceNode(requests: RequestsNode, hits: HitsForAssistance): AssistanceNode {
  const { code, store, clock, policy, proofs, directory, cases, caseFacts, peers, wake, send } = requests;
  const { offences, codes } = requests;
  return {
    ...{ code, store, clock, policy, proofs, directory, cases, caseFacts, peers, wake, send },
    codes: {
      ...readAssistanceCodes(),
      offences: [...offences],
      urgency: codes.urgency.map((one) => one.code),
      languages: codes.languages,
    },
    requests: requestsForAssistance(requests),
    hits,
  };
}
