// Who signs in: what access is given of this node, and where its door stands.
import { accessRefusals } from "@simpul/features/access/contract.ts";
import { accessInbox } from "@simpul/features/access/inbox.ts";
import type { AccessNode } from "@simpul/features/access/node.ts";
import { accessRoutes } from "@simpul/features/access/routes.ts";
import { deniedRefusals } from "@simpul/policy";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

/** What access asks of a node that people reach at `address`. */
export function accessNode(node: Node, address: string): AccessNode {
  const { code, name, exercise, store, clock, random } = node;
  const rp = { id: new URL(address).hostname, name: `Simpul ${name}`, origins: [address] };
  return {
    ...{ code, name, exercise, store, clock, random, rp },
    policy: node.policy,
    provider: node.settings.provider ?? null,
    recoveryRoles: node.settings.recoveryRoles ?? ["administrator", "supervisor"],
  };
}

export const accessRoom = (access: AccessNode, web: Parameters<typeof accessRoutes>[1]): Room => ({
  openDoors: [["/api/access", accessRoutes(access, web)]],
  inbox: [accessInbox(access)],
  refusals: { ...accessRefusals, ...deniedRefusals },
});
