// What the page, the intake and the emergency desk are given of a node.
import { DistressError } from "./contract.ts";
import type { Directory, Proofs } from "@simpul/features/access/contract.ts";
import type { DutyForOthers } from "@simpul/features/requests/contract.ts";
import type { AtDesk, Compartment, DeskKey } from "@simpul/features/victims/contract.ts";
import type { Clock, NodeCode, Random } from "@simpul/model";
import type { Policy } from "@simpul/policy";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import type { ReplyKeys } from "./number.ts";

/** What the public page needs: it can seal and never open. */
export interface DistressNode {
  code: NodeCode;
  exercise: boolean;
  store: OpenStore;
  clock: Clock;
  random: Random;
  /** The desk key to which everything is sealed; null: this node has none yet. */
  sealTo(): Promise<DeskKey | null>;
  /** A secret outside the database, from which numbers are computed. */
  secret: Uint8Array;
  /** Null when too many wait for it already. */
  replyKeys(number: string): Promise<ReplyKeys> | null;
  wake(topic: string): void;
}

/** What the desk needs beside it. */
export interface EmergencyNode extends DistressNode {
  policy: Policy;
  proofs: Proofs;
  directory: Directory;
  compartment: Compartment;
  duty: DutyForOthers;
  /** The page is served by this node. */
  page: boolean;
  /** States whose victim desk can be reached; and the key to which is sealed what goes there. */
  states(db: Pick<Reader | Writer, "rows">): Promise<NodeCode[]>;
  deskKeyOf(db: Pick<Reader | Writer, "rows">, state: NodeCode): Promise<DeskKey | null>;
  /** Zawgyi turned into Unicode; null for what is no Zawgyi. */
  fromZawgyi(text: string): string | null;
  /** Something waits to be sent. */
  send(): void;
}

export const standingOf = ({ officer, purpose }: AtDesk): Standing => ({ actor: officer, purpose });
export const deskJob: Standing = {
  actor: { kind: "job", name: "emergency-desk" },
  purpose: "victim-assistance",
};

/** Everybody who is not of the victim desk finds nothing here. */
export function ofTheDesk(node: EmergencyNode, who: AtDesk): readonly string[] {
  const decision = node.policy.decide({
    ...{ officer: who.officer, purpose: who.purpose, now: node.clock.now() },
    act: "victims.open",
    record: { kind: "node", id: node.code },
  });
  if (!decision.allowed) throw new DistressError("NOT_FOUND");
  return decision.because;
}
