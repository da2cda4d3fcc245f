// What lies in a space: each thing has one writer, its codes, and travels as it is written here.
import type { Digest, Evaluation, Handling, Id, NodeCode } from "@simpul/model";
import type { LinkEnds } from "../../cases/contract.ts";
import type { Kept } from "./agreement.ts";
import type { SharedItem, SharedKind, SharedRecord } from "../../requests/contract.ts";

export const recordKinds = ["subject", "selector", "site", "event", "link"] as const;
export const ownKinds = ["task", "decision", "note", "date"] as const;
export const thingKinds = [...recordKinds, "item", ...ownKinds] as const;
export type ThingKind = (typeof thingKinds)[number];
export type OwnKind = (typeof ownKinds)[number];

/** A case calls a site a place. */
export const kindOfRecord = (kind: SharedKind): ThingKind => (kind === "place" ? "site" : kind);

export const disclosures = ["not-assessed", "disclosable", "sensitive", "unused"] as const;
/** JIT-6: what a jurisdiction will have to disclose of an exhibit. */
export type Disclosure = (typeof disclosures)[number];

/** An exhibit by reference: its bytes go by a request, sealed with their custody. */
export interface ItemRef extends SharedItem {
  /** Whether it is sealed, since when, and what follows it: the facts of the certificate page (JIT-6). */
  certificate: { sealedAt: string; method: string };
  disclosure: { state: NodeCode; status: Disclosure }[];
}

export const taskStates = ["open", "done", "dropped"] as const;
export interface OwnFields {
  task: {
    title: string;
    for: NodeCode | null;
    due: string | null;
    state: (typeof taskStates)[number];
    text: string;
  };
  decision: { title: string; reason: string; decidedOn: string };
  note: { text: string; language: string };
  /** An instant; every party reads it in its own time. */
  date: {
    title: string;
    at: string;
    text: string;
    /** JIT-7: proceedings of its writer's state that will force it to disclose what it has of this space. */
    discloses?: true;
  };
}

export type Content = { record: SharedRecord } | { item: ItemRef } | { own: OwnFields[OwnKind] };

export const memberRoles = ["administrator", "contributor", "reader"] as const;
export type MemberRole = (typeof memberRoles)[number];

/** Who works in a space for a party. The id is made for this space; the other parties learn name, office and role. */
export interface Member {
  id: Id;
  name: string;
  office: string;
  role: MemberRole;
  since: string;
  ended: string | null;
}

export const thingStates = ["standing", "withdrawn"] as const;
/** Why a version says nothing any more, where no person took it back: its originator's word, or a permission's end. */
export const becauses = ["called-back", "restricted", "permission-ended"] as const;
export type Because = (typeof becauses)[number];
/** A thing as it travels: whole, in its newest version. */
export interface Thing {
  id: Id;
  kind: ThingKind;
  version: number;
  state: (typeof thingStates)[number];
  /** The member of its party who wrote this version. */
  by: Id;
  at: string;
  /** Why it was corrected or withdrawn; empty for the first version. */
  reason: string;
  handling: Handling;
  evaluation: Evaluation;
  /** Null once it is withdrawn. */
  content: Content | null;
  because?: Because;
}

/** A thing as a reader sees it. */
export interface ThingView extends Omit<Thing, "by"> {
  /** A link's is the code of its kind. */
  title: string;
  /** Of a link that stands: null for what was not put in, or was taken back. */
  ends?: LinkEnds;
  about: string;
  party: NodeCode;
  originator: NodeCode;
  by: string;
  digest: Digest;
  firstAt: string;
  arrivedAt: string;
  /** Its party is out: it stands as it was, and changes no more (JIT-5). */
  frozen: boolean;
  /** H1 is lifted for it among the parties, by the note (JIT-4). */
  court: boolean;
  /** The case it was put in from; only at its writer, for whoever sees that case. */
  case: string | null;
  earlier: number;
  /** Parties that have not got this version yet, and those that did not take it. Only at its writer. */
  waits: NodeCode[];
  refused: { party: NodeCode; code: string; at: string }[];
  /** Where its party is out: who keeps it for which proceedings (JIT-5). */
  kept: Omit<Kept, "thing">[];
  may: ("correct" | "withdraw" | "keep")[];
}
