// Who acts: an officer at a desk, another state's node, or a job of this node.
import type { Id, NodeCode } from "./ids.ts";

export const agencyKinds = [
  "police",
  "immigration",
  "cyber-crime",
  "prosecutor",
  "victim-services",
  "consular",
  "liaison",
  "oversight",
  "central-authority",
  "financial-intelligence",
  "coordination",
  "labour",
] as const;
export type AgencyKind = (typeof agencyKinds)[number];

/** What an officer may do at a desk. Roles add up; an administrator sees no case data. */
export const roles = [
  "investigator",
  "analyst",
  "supervisor",
  "liaison",
  "prosecutor",
  "caseworker",
  "oversight",
  "administrator",
] as const;
export type Role = (typeof roles)[number];

/** An officer as she acts: for one desk at a time. */
export interface Officer {
  kind: "officer";
  id: Id;
  node: NodeCode;
  agency: Id;
  agencyKind: AgencyKind;
  desk: Id;
  roles: readonly Role[];
  /** When her second factor was last shown (seconds since 1970), null when this session never showed one. */
  provenAt: number | null;
}

export interface PeerActor {
  kind: "peer";
  node: NodeCode;
}

export interface JobActor {
  kind: "job";
  name: string;
}

export type Actor = Officer | PeerActor | JobActor;

/** A short, stable text for logs and leaves: `officer:<id>`, `peer:kh`, `job:sequence`. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "officer":
      return `officer:${actor.id}`;
    case "peer":
      return `peer:${actor.node}`;
    case "job":
      return `job:${actor.name}`;
  }
}
