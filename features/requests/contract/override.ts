// A life at risk: another state's H2 set aside towards one authority, who decided it, and what a reviewer says (HC-9).
import type { Digest, Id, NodeCode } from "@simpul/model";
import type { SharedKind } from "./shared.ts";

/** What the officer says; all of it is told to the state whose it is. */
export interface AskOverride {
  /** The authority that acts on it, by name. */
  authority: string;
  /** Of the list in force. */
  reason: string;
  facts: string;
}

export const overrideFindings = ["justified", "not-justified"] as const;
export type OverrideFinding = (typeof overrideFindings)[number];

export interface OverriddenRecord {
  record: Id;
  version: Digest;
  kind: SharedKind | "item";
  title: string;
}

export interface OverrideView extends AskOverride {
  id: Id;
  /** `theirs`: another state passed on what is ours, and told us. */
  direction: "ours" | "theirs";
  /** `waiting`: for the second officer; `dropped`: taken back before anything left. */
  state: "waiting" | "done" | "dropped";
  /** Null for oversight, which sees no requests. */
  request: Id | null;
  /** The state whose it is; where it is ours, the one that passed it on. */
  peer: NodeCode;
  to: NodeCode;
  records: OverriddenRecord[];
  askedBy: Id | null;
  secondBy: Id | null;
  /** Nobody else was on duty. */
  alone: boolean;
  askedAt: string;
  at: string | null;
  review: { finding: OverrideFinding; text: string; by: Id; at: string } | null;
  may: "review"[];
}
