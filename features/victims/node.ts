// What the compartment asks of its node, and who counts as of the victim desk.
import type { Clock, Id, NodeCode, Random } from "@simpul/model";
import type { Policy } from "@simpul/policy";
import type { OpenStore, Reader, Standing, Writer } from "@simpul/store";
import type { KeyBox, PassphraseCost } from "@simpul/store/keys";
import type { Directory } from "../access/contract.ts";
import {
  VictimsError,
  type AtDesk,
  type Away,
  type DueDay,
  type EntryKind,
  type Person,
} from "./contract.ts";
import type { Memory } from "./memory.ts";

export interface VictimsNode {
  code: NodeCode;
  exercise: boolean;
  store: OpenStore;
  clock: Clock;
  random: Random;
  policy: Policy;
  directory: Directory;
  /** Of all features, by their names. */
  kinds: ReadonlyMap<string, EntryKind>;
  /** What open desks hold; one per process, like the process's own memory. */
  memory: Memory;
  cost: PassphraseCost;
  /** Of this node: what is released lies sealed under it. */
  box: KeyBox;
  /** Whether one officer of the desk releases alone. */
  releaseAlone: boolean;
  /** What other features do as soon as a desk is open; a fault of theirs keeps nobody out. */
  whenOpened: ((who: AtDesk) => Promise<void>)[];
  /** Whom another state's victim desk looks after since a hand-over, or is offered; nobody else has a line (VIC-4). */
  away(db: Pick<Reader | Writer, "rows">, people: readonly Person[]): Promise<ReadonlyMap<Id, Away>>;
  /** What other features plan for her, or must review; the earliest day is told while every desk is closed. */
  dueOf: ((person: Person) => DueDay[])[];
  /** Kinds of entries after which it may be another day. */
  dueKinds: ReadonlySet<string>;
  /** Text with Burmese written in Zawgyi turned into Unicode; other text as it is. */
  unicode(text: string): string;
  /** Whether a session goes on. */
  holds(session: Id): Promise<boolean>;
  wake(topic: string): void;
}

export const standingOf = ({ officer, purpose }: AtDesk): Standing => ({ actor: officer, purpose });

/** Says why she may; throws `NOT_FOUND` for whoever is not of the victim desk, for the room is not there for them. */
export function ofTheDesk(node: VictimsNode, who: Pick<AtDesk, "officer" | "purpose">): readonly string[] {
  const decision = node.policy.decide({
    officer: who.officer,
    act: "victims.open",
    record: { kind: "node", id: node.code },
    purpose: who.purpose,
    now: node.clock.now(),
  });
  if (!decision.allowed) throw new VictimsError("NOT_FOUND");
  return decision.because;
}
