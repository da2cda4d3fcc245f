// Exercises at a node of an exercise: what they are given, and the doors by which a script's events come in. At a node of
// live work there is nothing of it.
import { directory } from "@simpul/features/access/directory.ts";
import type { DistressNode } from "@simpul/features/distress/node.ts";
import { exercisesRefusals } from "@simpul/features/exercises/contract.ts";
import { exercisesInbox } from "@simpul/features/exercises/inbox.ts";
import type { ExercisesNode } from "@simpul/features/exercises/node.ts";
import { exercisesJobs, exercisesPart } from "@simpul/features/exercises/peer.ts";
import { exercisesRoutes } from "@simpul/features/exercises/routes.ts";
import { ownDoors } from "@simpul/features/exercises/scripts.ts";
import { tendAll } from "@simpul/features/exercises/tend.ts";
import type { Policy } from "@simpul/policy";
import { callDoor } from "./exercise-doors.ts";
import type { Node } from "./node.ts";
import { paperWords, papers } from "./operations.ts";
import type { Room } from "./room.ts";

export function exercisesNode(node: Node, policy: Policy, distress: DistressNode): ExercisesNode {
  const { code, store, clock, peering } = node;
  return {
    ...{ code, store, clock, policy, papers },
    directory: directory(store),
    doors: { ...ownDoors, call: callDoor(distress) },
    peers: () => peering.peers(),
    wake: (topic) => store.wakes.wake(topic),
    send: () => peering.wake(),
  };
}

export const exercisesRoom = (exercises: ExercisesNode): Room => ({
  doors: [["/api/exercises", exercisesRoutes(exercises, paperWords("exercises"))]],
  inbox: [exercisesInbox(exercises)],
  peer: [exercisesPart(exercises)],
  jobs: exercisesJobs(exercises),
  chores: [{ name: "let in what is due in exercises", everySeconds: 2, run: () => tendAll(exercises) }],
  refusals: exercisesRefusals,
});
