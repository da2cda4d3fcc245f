// What a state tells without having been asked (MSG-2): its receiver works on it, asks back, and says what it was good for.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { requireListed } from "./codes.ts";
import { RequestsError } from "./contract.ts";
import { incoming } from "./desk.ts";
import { send } from "./leave.ts";
import { addStep, moveThread, officerOf, requireAct, type RequestsNode } from "./node.ts";
import { endClock } from "./rules.ts";

/** The receiving desk is done with it and says how useful it was, which the state that told it learns. */
export async function takeNote(
  node: RequestsNode,
  standing: Standing,
  id: Id,
  ask: { usefulness: string; text: string },
): Promise<void> {
  requireListed("usefulness", node.codes.usefulness, ask.usefulness);
  await node.store.write(standing, async (tx) => {
    const { request, thread } = await incoming(node, tx, id, ["delivered", "opened", "in-work"]);
    if (request.draft.unasked === undefined) throw new RequestsError("NOT_NOW", { state: thread.state });
    await requireAct(node, tx, "request.answer", request);
    const clock = endClock(thread.clock, tx.at);
    await moveThread(tx, thread, { state: "closed", code: ask.usefulness, clock });
    await addStep(tx, thread.id, { kind: "closed", side: "ours", text: ask.text, code: ask.usefulness });
    await send(tx, thread.peer, "request.closed", {
      agency: officerOf(standing).agency,
      thread: thread.id,
      usefulness: ask.usefulness,
      text: ask.text,
    });
    tx.note("request.noted", { id, peer: thread.peer, usefulness: ask.usefulness });
  });
  node.send();
  node.wake(`request:${id}`);
}
