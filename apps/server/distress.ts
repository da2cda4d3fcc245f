// The page for a held person and the emergency desk: what they are given, and where the page stands.
import { directory } from "@simpul/features/access/directory.ts";
import { socketAddress } from "@simpul/features/access/door.ts";
import { proofs } from "@simpul/features/access/step-up.ts";
import { openDoor } from "@simpul/features/distress/open-door.ts";
import { replyKeys } from "@simpul/features/distress/number.ts";
import type { EmergencyNode } from "@simpul/features/distress/node.ts";
import { unicodeBurmese } from "@simpul/detect";
import { peerDesks } from "@simpul/features/referrals/desk-keys/keys.ts";
import { compartmentOf } from "@simpul/features/victims/compartment.ts";
import { dutyFor } from "@simpul/features/requests/on-duty.ts";
import type { VictimsNode } from "@simpul/features/victims/node.ts";
import type { Hono } from "hono";
import { distressRefusals } from "@simpul/features/distress/contract.ts";
import { escalateMessages } from "@simpul/features/distress/escalate.ts";
import { forgetDone } from "@simpul/features/distress/forget.ts";
import { distressInbox } from "@simpul/features/distress/inbox.ts";
import { distressPart } from "@simpul/features/distress/peer.ts";
import { distressRoutes } from "@simpul/features/distress/routes.ts";
import { controlsOf } from "@simpul/features/screening/desk.ts";
import type { ScreeningNode } from "@simpul/features/screening/node.ts";
import { standardsRefusals } from "@simpul/features/standards/contract.ts";
import { standardsRoutes } from "@simpul/features/standards/routes.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

export function distressNode(node: Node, victims: VictimsNode): EmergencyNode {
  const { code, exercise, store, clock, random, peering, settings } = node;
  const secret = node.pageSecret;
  const compartment = compartmentOf(victims);
  return {
    ...{ code, exercise, store, clock, random, secret, compartment, proofs },
    policy: victims.policy,
    directory: directory(store),
    duty: dutyFor(clock),
    page: (settings.openPage ?? null) !== null,
    sealTo: () => compartment.sealTo(),
    replyKeys: (number) => replyKeys(secret, number),
    states: (db) => peerDesks().states(db),
    deskKeyOf: (db, state) => peerDesks().keyOf(db, state),
    fromZawgyi: (said) => {
      const { text, zawgyi } = unicodeBurmese(said);
      return zawgyi ? text : null;
    },
    wake: (topic) => store.wakes.wake(topic),
    send: () => peering.wake(),
  };
}

/** Null where the operator has not switched the page on. */
export function openPageOf(node: Node, distress: EmergencyNode, address: string): Hono | null {
  const openPage = node.settings.openPage ?? null;
  if (openPage === null) return null;
  return openDoor(distress, {
    exit: openPage.exit,
    secure: address.startsWith("https:"),
    from: socketAddress,
    // Neither what was asked nor when it was, beyond the line itself.
    fault: (kind) => node.log.error({ kind }, "the open page failed"),
  });
}

/** The emergency desk, and the standards beside it: these need the same compartment, policy, proofs and names. */
export const distressRoom = (distress: EmergencyNode, screening: ScreeningNode): Room => ({
  doors: [
    ["/api/distress", distressRoutes(distress)],
    ["/api/standards", standardsRoutes({ ...distress, controls: (person) => controlsOf(screening, person) })],
  ],
  inbox: [distressInbox],
  peer: [distressPart(distress)],
  chores: [
    { name: "tell who should look at emergencies", everySeconds: 60, run: () => escalateMessages(distress) },
    { name: "forget emergencies that are done", everySeconds: 3600, run: () => forgetDone(distress) },
  ],
  refusals: { ...distressRefusals, ...standardsRefusals },
});
