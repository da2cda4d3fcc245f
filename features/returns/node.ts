// What this room asks of its node.
import type { Clock, NodeCode } from "@simpul/model";
import type { SharesForReturns } from "../referrals/contract.ts";
import type { Compartment, Entry, EntryKind, Person } from "../victims/contract.ts";
import type { ReturnTerms } from "./terms.ts";

export interface ReturnsNode {
  code: NodeCode;
  clock: Clock;
  terms: ReturnTerms;
  compartment: Compartment;
  shares: SharesForReturns;
  /** Entries of a kind that another desk gave along when it handed her over. */
  brought<D>(person: Person, kind: EntryKind<D>): Entry<D>[];
  wake(topic: string): void;
}

/** Today in UTC, as days are written. */
export const todayOf = (node: Pick<ReturnsNode, "clock">): string =>
  node.clock.now().toISOString().slice(0, 10);
