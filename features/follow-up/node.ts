// What the follow-up asks of its node, and who may take in tables and write reports.
import type { Clock, Id, NodeCode, Officer } from "@simpul/model";
import type { Policy } from "@simpul/policy";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import type { Directory } from "../access/contract.ts";
import type { LegalGaps } from "../charges/contract.ts";
import type { Papers } from "../operations/contract.ts";
import type { PictureRead } from "../picture/contract.ts";
import type { Declaration, Templates } from "./contract.ts";
import { FollowUpError } from "./contract.ts";
import type { AtDesk } from "../victims/contract.ts";
import type { Sheet, StateOf } from "./published/read.ts";

export type Db = Pick<Reader | Writer, "rows" | "standing">;

export interface FollowUpNode {
  code: NodeCode;
  exercise: boolean;
  store: OpenStore;
  clock: Clock;
  policy: Policy;
  directory: Directory;
  declaration: Declaration;
  templates: Templates;
  papers: Papers;
  picture: PictureRead;
  gaps: LegalGaps;
  /**
   * Names that this officer can read herself, and no other: of persons in the cases she sees, and at an open victim desk
   * of its people. Whoever types a name to see whether it is refused learns nothing. Throws `DESK_CLOSED` for an officer
   * of a victim desk that is not open.
   */
  namesSheKnows(db: Db, who: AtDesk): Promise<string[]>;
  /** Every sheet of a file that holds something; throws where it is no table. */
  sheets(name: string, bytes: Uint8Array): Promise<Sheet[]>;
  stateOf: StateOf;
  wake(topic: string): void;
}

export function officerOf(standing: Standing): Officer {
  if (standing.actor.kind !== "officer") throw new FollowUpError("NOT_FOUND");
  return standing.actor;
}

const asking = (node: FollowUpNode, standing: Standing) => ({
  officer: officerOf(standing),
  purpose: standing.purpose,
  now: node.clock.now(),
});

export const mayTakeIn = (node: FollowUpNode, standing: Standing) => ({
  ...asking(node, standing),
  act: "follow-up.table" as const,
  record: { kind: "node" as const, id: node.code },
});

export const mayReport = (node: FollowUpNode, standing: Standing, desk: { id: Id; agency: Id }) => ({
  ...asking(node, standing),
  act: "follow-up.report" as const,
  record: { kind: "desk" as const, ...desk },
});
