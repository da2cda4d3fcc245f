// What this room asks of its node.
import type { Id } from "@simpul/model";
import type { Directory } from "../access/contract.ts";
import type { AtDesk, Compartment, Entry, EntryKind, OpenDesk, Person } from "../victims/contract.ts";
import type { QuestionSet } from "./contract/set.ts";

export interface ScreeningNode {
  compartment: Compartment;
  sets: ReadonlyMap<string, QuestionSet>;
  directory: Directory;
  /** Entries of a kind that another desk gave along when it handed her over. */
  brought<D>(person: Person, kind: EntryKind<D>): Entry<D>[];
  /** Notes on her page that this officer looked at her answers. */
  looked(desk: OpenDesk, who: AtDesk, person: Id): Promise<void>;
  /** The rule's reasons in the officer's language. */
  say(locale: string, key: string, values?: Record<string, string | number>): string;
}
