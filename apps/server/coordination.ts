// Coordination units: what the rooms of spaces, operations and exercises cut for them, and the door behind which a unit reads it.
import { coordinationRefusals } from "@simpul/features/coordination/contract.ts";
import { giveFigures } from "@simpul/features/coordination/give.ts";
import type { CoordinationNode } from "@simpul/features/coordination/node.ts";
import { coordinationPart } from "@simpul/features/coordination/peer.ts";
import { coordinationRoutes } from "@simpul/features/coordination/routes.ts";
import { coordinationInbox } from "@simpul/features/coordination/say.ts";
import { exercisesForCoordination } from "@simpul/features/exercises/figures.ts";
import type { ExercisesNode } from "@simpul/features/exercises/node.ts";
import { shippedScripts } from "@simpul/features/exercises/scripts.ts";
import { spacesForCoordination } from "@simpul/features/joint/figures.ts";
import type { JointNode } from "@simpul/features/joint/node.ts";
import { operationsForCoordination } from "@simpul/features/operations/figures.ts";
import type { OperationsNode } from "@simpul/features/operations/node.ts";
import type { Node } from "./node.ts";
import type { Room } from "./room.ts";

interface Rooms {
  joint: JointNode;
  operations: OperationsNode;
  /** Null at a node of live work. */
  exercises: ExercisesNode | null;
}

export function coordinationNode(node: Node, { joint, operations, exercises }: Rooms): CoordinationNode {
  const { code, store, clock, peering } = node;
  const spaces = spacesForCoordination(joint);
  return {
    ...{ code, store, clock, policy: joint.policy },
    known: {
      offences: joint.offences,
      scripts: exercises === null ? [] : shippedScripts().map(({ id }) => id),
    },
    sources: [
      spaces,
      operationsForCoordination(operations, spaces),
      ...(exercises === null ? [] : [exercisesForCoordination(exercises)]),
    ],
    wake: (topic) => store.wakes.wake(topic),
    send: () => peering.wake(),
  };
}

export function coordinationRoom(node: Node, rooms: Rooms): Room {
  const coordination = coordinationNode(node, rooms);
  return {
    doors: [["/api/coordination", coordinationRoutes(coordination)]],
    peer: [coordinationPart(coordination)],
    inbox: [coordinationInbox(coordination)],
    chores: [{ name: "tell coordination units", everySeconds: 15, run: () => giveFigures(coordination) }],
    refusals: coordinationRefusals,
  };
}
