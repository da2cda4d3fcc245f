// The letters room of a node, and what it and the requests room hand each other.
import { directory } from "@simpul/features/access/directory.ts";
import { lettersForAdverts } from "@simpul/features/letters/advert.ts";
import type { AssistanceNode } from "@simpul/features/assistance/node.ts";
import { assistanceForLetters } from "@simpul/features/assistance/on-paper.ts";
import type { LettersForAdverts, LettersForRequests } from "@simpul/features/letters/contract.ts";
import { correspondentsAt } from "@simpul/features/letters/correspondents.ts";
import { lettersForRequests } from "@simpul/features/letters/make.ts";
import type { LettersNode } from "@simpul/features/letters/node.ts";
import type { RecallsNode } from "@simpul/features/recalls/node.ts";
import { recallsForLetters } from "@simpul/features/recalls/on-paper.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import { requestsForLetters } from "@simpul/features/requests/on-paper.ts";
import { permissionsForLetters } from "@simpul/features/requests/paper-permissions.ts";
import { lettersRefusals } from "@simpul/features/letters/contract.ts";
import { lettersInbox } from "@simpul/features/letters/inbox.ts";
import { lettersRoutes } from "@simpul/features/letters/routes.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

const making = (node: Node) => {
  const { code, exercise, store, clock } = node;
  return { code, exercise, clock, correspondents: correspondentsAt(node), directory: directory(store) };
};

export const lettersOf = (node: Node): LettersForRequests => lettersForRequests(making(node));
export const advertLetters = (node: Node): LettersForAdverts => lettersForAdverts(making(node));

export function lettersNode(
  node: Node,
  requests: RequestsNode,
  recalls: RecallsNode,
  assistance: AssistanceNode,
): LettersNode {
  const { store, wake } = requests;
  return {
    ...{ ...making(node), store, wake },
    requests: requestsForLetters(requests),
    recalls: recallsForLetters(recalls),
    permissions: permissionsForLetters(requests),
    assistance: assistanceForLetters(assistance),
  };
}

export const lettersRoom = (letters: LettersNode): Room => ({
  doors: [["/api/letters", lettersRoutes(letters)]],
  inbox: [lettersInbox(letters)],
  refusals: lettersRefusals,
});
