// Items as lists and pages show them.
import type { Reading } from "./reading.ts";
import type { Method } from "@simpul/evidence";
import type { Rests } from "@simpul/features/oversight/contract.ts";
import type { Digest, Evaluation, Handling, Id } from "@simpul/model";

export const itemStates = ["sealed", "key-destroyed"] as const;
export type ItemState = (typeof itemStates)[number];

export interface Item {
  id: Id;
  case: Id | null;
  /** As its officers call the case; null where there is none, or none that the reader sees. */
  caseNumber: string | null;
  agency: Id;
  desk: Id;
  takenInBy: Id | null;
  origin: "here" | "peer";
  state: ItemState;
  fileName: string;
  mediaType: string;
  size: number;
  digest: Digest;
  method: Method;
  takenAt: string;
  sealedAt: string;
  handling: Handling;
  evaluation: Evaluation;
  reading: Reading;
  findings: { open: number; confirmed: number };
  /** It came from a state while that state's key was in other hands, since then. */
  doubt: { state: string; since: string } | null;
}

/** Which items a list shows: hers, those of her desk. */
export const itemScopes = ["mine", "desk"] as const;
export type ItemScope = (typeof itemScopes)[number];
/** How far an item's reading is, as a list asks for it: `waiting` also while it is being read. */
export const readingStages = ["waiting", "ready", "refused"] as const;
export type ReadingStage = (typeof readingStages)[number];

/** Names for the officers and desks of an answer; whoever is missing stays an id. */
export interface NamesOfItems {
  officers: Record<string, string>;
  desks: Record<string, string>;
}
export interface ListedItems {
  items: Item[];
  next: string | null;
  names: NamesOfItems;
}
/** One item with its names, and whether this officer decides about its findings. */
export interface ItemView extends Item {
  names: NamesOfItems;
  may: { confirm: boolean };
  /** Oversight has ordered that it rests; null when not. */
  rests: Rests | null;
}
