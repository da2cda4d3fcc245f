// Watch lists and the border: what both are given of this node and its exchange.
import { stolenAgencyKeys } from "@simpul/exchange";
import { proofs } from "@simpul/features/access/step-up.ts";
import { directory } from "@simpul/features/access/directory.ts";
import { borderRefusals } from "@simpul/features/border/contract.ts";
import { borderInbox } from "@simpul/features/border/inbox.ts";
import type { BorderNode } from "@simpul/features/border/node.ts";
import { borderRoutes } from "@simpul/features/border/routes.ts";
import type { ChecksForOthers } from "@simpul/features/checks/contract.ts";
import { watchListsRefusals } from "@simpul/features/watch-lists/contract.ts";
import { listsForBorder } from "@simpul/features/watch-lists/for-border.ts";
import { watchListsInbox } from "@simpul/features/watch-lists/inbox.ts";
import type { WatchListsNode } from "@simpul/features/watch-lists/node.ts";
import { watchListsPart } from "@simpul/features/watch-lists/peer.ts";
import { watchListsRoutes } from "@simpul/features/watch-lists/routes.ts";
import type { Policy } from "@simpul/policy";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function watchListsNode(node: Node, policy: Policy): WatchListsNode {
  const { code, store, clock, random, oprf, keys, peering } = node;
  return {
    ...{ code, store, clock, random, policy, proofs },
    engine: oprf,
    box: keys.box,
    directory: directory(store),
    peers: () => peering.peers(),
    ask: (...asked) => peering.ask(...asked),
    agencySigner: (agency) => peering.agencySigner(agency),
    agencyKey: (peer, agency) => peering.agencyKey(peer, agency),
    stolen: () => stolenAgencyKeys(store),
    send: () => peering.wake(),
  };
}

export function borderRoom(node: Node, policy: Policy, checks: ChecksForOthers): Room {
  const lists = watchListsNode(node, policy);
  const { code, store, clock } = node;
  const border: BorderNode = {
    ...{ code, store, clock, policy, proofs },
    directory: lists.directory,
    lists: listsForBorder(lists),
    alarm: (of) => checks.alarm(of),
  };
  return {
    doors: [
      ["/api/watch-lists", watchListsRoutes(lists)],
      ["/api/border", borderRoutes(border)],
    ],
    inbox: [watchListsInbox(lists), borderInbox(border)],
    peer: [watchListsPart(lists)],
    refusals: { ...watchListsRefusals, ...borderRefusals },
  };
}
