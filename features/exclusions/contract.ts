// What this room says and hears: who is kept from what, by whose word, until it is looked at again.
import { SimpulError, type Id, type NodeCode } from "@simpul/model";

/**
 * `there`: recipients at another state's node, by our word. `here`: our own people, by our own word. `told`: our own
 * people, by another state's word.
 */
export type ExclusionSide = "there" | "here" | "told";

export const recipientKinds = ["agency", "desk", "officer"] as const;
export type RecipientKind = (typeof recipientKinds)[number];

export interface Exclusion {
  id: Id;
  side: ExclusionSide;
  /** There and told: the other state. Here: whose letters they do not see; null for every state's. */
  peer: NodeCode | null;
  kind: RecipientKind;
  /** As people call them; an officer over there is her service number. */
  name: string;
  /** Null for another state's word: its reason stays with it. */
  reason: string | null;
  state: "proposed" | "active" | "lifted" | "dropped";
  /** Who decided; of another state's word only when it came here. */
  ordered: Done;
  agreed: Done | null;
  /** The day on which somebody asks whether it is still needed; null for another state's word. */
  review: string | null;
  reviewed: (Done & { text: string }) | null;
  lift: (Done & { reason: string }) | null;
  ended: Done | null;
  /** Here and told: requests that are kept from them. There: letters that the other node took so. */
  letters: number;
  may: ("agree" | "drop" | "review" | "ask-lift" | "agree-lift")[];
}

export interface Done {
  /** Empty where it was the other state. */
  by: string;
  at: string;
}

export interface ExclusionsView {
  exclusions: Exclusion[];
  own: NodeCode;
  /** Confirmed peers. */
  states: NodeCode[];
}

/** Authorities and desks of a node, as it names them. */
export interface Recipients {
  agencies: { agency: Id; name: string; desks: { desk: Id; name: string }[] }[];
}

export interface AskExclusion {
  side: "there" | "here";
  peer: NodeCode | null;
  kind: RecipientKind;
  /** The id of an authority or desk, the service number of an officer. */
  who: string;
  label: string;
  reason: string;
  review: string;
}

export type ExclusionsCode =
  | "NOT_FOUND"
  | "EXCLUDED_ALREADY"
  | "EXCLUSION_NOT_WAITING"
  | "NOBODY_OF_THAT"
  | "NOBODY_LEFT"
  | "REVIEW_OUT_OF_RANGE"
  | "STATE_SILENT";

export class ExclusionsError extends SimpulError<ExclusionsCode> {}

/** How refusals answer over HTTP; the server adds them to its one table. */
export const exclusionsRefusals: Readonly<Record<ExclusionsCode, 404 | 409 | 422 | 503>> = {
  NOT_FOUND: 404,
  EXCLUDED_ALREADY: 409,
  EXCLUSION_NOT_WAITING: 409,
  NOBODY_OF_THAT: 422,
  NOBODY_LEFT: 422,
  REVIEW_OUT_OF_RANGE: 422,
  STATE_SILENT: 503,
};

/** Days until somebody asks again, at most; and how many one state's node is asked to keep at once. */
export const exclusionLimits = { reviewDays: 180, atOnce: 100 } as const;
