// The door for other nodes: the four questions that checks answer. No envelope: a question leaves nothing behind.
import type { PeerPart } from "@simpul/exchange";
import { answerElements } from "./holding/answer.ts";
import { tellCompared, tellFilter, tellKeys } from "./holding/tell.ts";
import type { ChecksNode } from "./node.ts";
import { questions } from "./wire.ts";

export const checksPart = (node: ChecksNode): PeerPart => ({
  questions: {
    [questions.keys]: () => tellKeys(node),
    [questions.filter]: (peer, body) => tellFilter(node, peer, body),
    [questions.ask]: async (peer, body) => {
      const reply = await answerElements(node, peer, body);
      // The desk that watches sees it arrive; of whom and how much it reads under its own rights.
      node.wake(`answered:${peer}`);
      return reply;
    },
    [questions.compare]: (peer, body) => tellCompared(node, peer, body),
  },
});
