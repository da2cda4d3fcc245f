// What a feature says of its records so that "Why can I see this? Who else can? Who did?" has one answer for all.
import { SimpulError, type Id } from "@simpul/model";
import type { CaseFacts, ItemFacts, Post, RequestFacts } from "@simpul/policy";
import type { Reader } from "@simpul/store";

/** Kinds of record that can be asked about; their words are `sight.kind.<kind>`. */
export const sightKinds = [
  "case",
  "subject",
  "selector",
  "place",
  "event",
  "link",
  "task",
  "note",
  "decision",
  "item",
  "check",
  "request",
  "permission",
  "recall",
  "assistance",
  "hand-over",
  "kept",
] as const;
export type SightKind = (typeof sightKinds)[number];

/** The act by which a record is seen, on the facts that decide it. */
export type Seen =
  | { act: "case.view"; record: CaseFacts }
  | { act: "evidence.view"; record: ItemFacts }
  | { act: "request.view" | AssistanceSeen; record: RequestFacts };
/** A formal request is also seen by those through whose hands it goes: prosecutor and central authority (MLA-4). */
type AssistanceSeen = "assistance.review" | "assistance.follow" | "assistance.handle";

export interface InSight {
  kind: SightKind;
  id: Id;
  case: Id | null;
  /** She sees it who is let in by one of these. */
  seen: readonly Seen[];
  /** Officers who are excluded from it, whatever else would let them in. */
  never?: ReadonlySet<Id>;
  /** Where looks at it are noted: under its own id, or under its case. */
  looks: { about: readonly Id[]; case: Id | null };
}

/** What each feature hands in for its own records. */
export interface SightSource {
  /** Null for what is no record of this feature, or what row security does not show this reader. `id` is `ref` where it is one. */
  find(db: Reader, ref: string, id: Id | null): Promise<InSight | null>;
}

/** Every place of every serving officer, as access hands it in. */
export interface Posts {
  /** `whole` is false when there are more than the node reads at once. */
  all(): Promise<{ posts: Post[]; whole: boolean }>;
}

export class SightError extends SimpulError<"NOT_FOUND"> {}
