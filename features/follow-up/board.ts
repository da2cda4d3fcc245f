// The board as an officer asks for it: the region or one state, over so many months, from what was released.
import { NodeCode, regionStates } from "@simpul/model";
import type { Standing } from "@simpul/store";
import type { BoardView } from "./contract.ts";
import type { FollowUpNode } from "./node.ts";
import { boardOf, figureMonth, lastMonth, monthsBefore } from "./rules.ts";

/** Shown beside each figure. */
export const monthsShown = 12;

export async function viewBoard(
  node: FollowUpNode,
  standing: Standing,
  ask: { state?: NodeCode | undefined },
): Promise<BoardView> {
  const months = monthsBefore(lastMonth(node.clock.now()), monthsShown);
  const states = ask.state === undefined ? regionStates.map((one) => NodeCode.parse(one)) : [ask.state];
  return node.store.read(standing, async (db) => {
    db.noteRead("follow-up.board-viewed", ask.state === undefined ? {} : { state: ask.state });
    const released = await node.picture.releases(db, {
      ...{ from: months[0]!, until: months.at(-1)!, state: ask.state },
    });
    return boardOf(node.declaration, released.map(figureMonth), { states, months });
  });
}
