// What a policy needs to know of a record: who owns it, who works on it, under which terms. Never its content.
import type { HandlingCode, Id, NodeCode } from "@simpul/model";

/** A case as its visibility is decided. */
export interface CaseFacts {
  kind: "case";
  id: Id;
  agency: Id;
  desk: Id;
  covert: boolean;
  /** Officers now on the team, from whichever agency. */
  team: readonly Id[];
  /** Those of the team who lead it. */
  leads?: readonly Id[];
  closed?: boolean;
  /** Officers who have it open in an emergency now. */
  opened?: readonly Id[];
  /** What the case holds of others, when it is about to be exported (HC-4: the union). */
  terms?: Terms;
}

/** Handling of something that another state owns, and what that state has granted (HC-6, HC-7). */
export interface Terms {
  codes: readonly HandlingCode[];
  /** True when some of it came from another state and its codes therefore bind us. */
  foreign: boolean;
  permitted: readonly ("court" | "onward")[];
}

/** A desk as the owner of what is about to be made there. */
export interface DeskFacts {
  kind: "desk";
  id: Id;
  agency: Id;
}

export interface ItemFacts {
  kind: "item";
  id: Id;
  agency: Id;
  desk: Id;
  takenInBy: Id | null;
  /** Null while it belongs to no case. */
  case: CaseFacts | null;
  terms?: Terms;
}

/** A request or a permission request, on either side. */
export interface RequestFacts {
  kind: "request";
  id: Id;
  direction: "outgoing" | "incoming";
  /** The desk that works on it now: the drafting one, or the one it was assigned to. Null: not assigned yet. */
  desk: Id | null;
  agency: Id | null;
  author: Id | null;
  case: CaseFacts | null;
  /** What it is, where it is ours and about to leave. */
  type?: RequestType;
  /** All handling codes on what it holds. */
  codes?: readonly HandlingCode[];
}
export type RequestType = "request" | "information" | "warning" | "administrative";

/** What is about to leave the state: the answer, its records and items, and on what terms others let us. */
export interface ReleaseFacts {
  kind: "release";
  id: Id;
  request: RequestFacts;
  /** Who put it together; somebody else lets it go. */
  author: Id;
  terms: Terms;
  /** All handling codes on what it holds, our own too. */
  codes?: readonly HandlingCode[];
}

/** The node itself, for acts that are about no single record. */
export interface NodeFacts {
  kind: "node";
  id: NodeCode;
}

/** A passkey, device or session. */
export interface BelongingFacts {
  kind: "belonging";
  id: Id;
  owner: Id;
}

/** What one person asks for and another agrees to: lifting a freeze, letting an officer in again. */
export interface OrderFacts {
  kind: "order";
  id: Id;
  author: Id | null;
}

/** A joint space at this node (JIT-4, JIT-5): who works in it, and whether it stands open. */
export interface SpaceFacts {
  kind: "space";
  id: Id;
  open: boolean;
  members: readonly Id[];
  /** Members who may put something in. */
  contributors: readonly Id[];
}

export type RecordFacts =
  | CaseFacts
  | DeskFacts
  | ItemFacts
  | RequestFacts
  | ReleaseFacts
  | NodeFacts
  | BelongingFacts
  | OrderFacts
  | SpaceFacts;
