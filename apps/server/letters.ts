// The letters room of a node, and what it and the requests room hand each other.
import { directory } from "@simpul/features/access/directory.ts";
import type { LettersForRequests } from "@simpul/features/letters/contract.ts";
import { readCorrespondents } from "@simpul/features/letters/correspondents.ts";
import { lettersForRequests } from "@simpul/features/letters/make.ts";
import type { LettersNode } from "@simpul/features/letters/node.ts";
import type { RequestsNode } from "@simpul/features/requests/node.ts";
import { requestsForLetters } from "@simpul/features/requests/on-paper.ts";
import type { Node } from "./node.ts";

const making = (node: Node) => {
  const { code, exercise, store } = node;
  return { code, exercise, correspondents: readCorrespondents(), directory: directory(store) };
};

export const lettersOf = (node: Node): LettersForRequests => lettersForRequests(making(node));

export function lettersNode(node: Node, requests: RequestsNode): LettersNode {
  const { store, clock, wake } = requests;
  return { ...making(node), store, clock, wake, requests: requestsForLetters(requests) };
}
