// The room of returns: what it is given of the compartment and of what passes between victim desks.
import { broughtOf } from "@simpul/features/referrals/brought.ts";
import { sharesForReturns } from "@simpul/features/referrals/for-returns.ts";
import type { Opening } from "@simpul/features/referrals/given.ts";
import type { ReturnsNode } from "@simpul/features/returns/node.ts";
import { returnsRefusals } from "@simpul/features/returns/contract.ts";
import { returnsRoutes } from "@simpul/features/returns/routes.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function returnsNode(node: Node, referrals: Opening): ReturnsNode {
  const { code, clock, compartment, wake } = referrals;
  const shares = sharesForReturns(referrals);
  return { code, clock, compartment, wake, shares, terms: node.terms.returns, brought: broughtOf };
}

export const returnsRoom = (returns: ReturnsNode): Room => ({
  doors: [["/api/returns", returnsRoutes(returns)]],
  refusals: returnsRefusals,
});
