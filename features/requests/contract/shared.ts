// What is put before another state: paragraphs, copies of records, items, each with its own codes.
import type { Digest, Evaluation, Handling, Id, NodeCode } from "@simpul/model";
import type { Fields, LinkEnds } from "../../cases/contract.ts";
import type { Grant } from "./held.ts";
/** A paragraph with its own codes (HC-1). */
export interface Paragraph {
  text: string;
  language: string;
  handling: Handling;
  evaluation: Evaluation;
}

export const sharedKinds = ["subject", "selector", "place", "event", "link"] as const;
export type SharedKind = (typeof sharedKinds)[number];

/** The fields of a record as they travel: those of cases, without the officers' own notes and without versions. */
export type SharedFields = { [K in SharedKind]: Omit<Fields[K], "note"> };

/** A copy of a record on its way or held: one writer, its originator (HC-4, HC-11). */
export interface SharedRecord<K extends SharedKind = SharedKind> {
  id: Id;
  kind: K;
  originator: NodeCode;
  /** SHA-256 of kind, id and fields: the version that a permission names. */
  version: Digest;
  fields: SharedFields[K];
  handling: Handling;
  evaluation: Evaluation;
  /** Why it is put before them (RFI-1: link of each named person to the purpose). */
  link: string;
  /** Permissions that travel with it. */
  grants: Grant[];
}

/** An item of evidence on its way or held. */
export interface SharedItem {
  id: Id;
  originator: NodeCode;
  fileName: string;
  mediaType: string;
  size: number;
  /** Of the original bytes; also its version. */
  digest: Digest;
  handling: Handling;
  evaluation: Evaluation;
  link: string;
  grants: Grant[];
}

/** What an officer chooses: a record of the case or one received, with the codes that go with it. */
export interface Chosen {
  id: Id;
  handling: Handling;
  evaluation: Evaluation;
  link: string;
  /** HC-3: one tick each; only on own records and items, only in answers. */
  grants?: GrantTicks;
}

/** The three ticks. `case`: everybody who works on this case over there; `recipients`: these other states. */
export interface GrantTicks {
  case: boolean;
  court: boolean;
  recipients: NodeCode[];
}

/** Something that could be put in, or the reason why it cannot. */
export interface Choice {
  id: Id;
  kind: SharedKind | "item";
  title: string;
  /** Another word beneath: its type, holder role, place. */
  about: string;
  /** Of a link: null for who is protected, and what is not of this case. */
  ends?: LinkEnds;
  originator: NodeCode;
  handling: Handling;
  evaluation: Evaluation;
  /** Codes of a foreign record are the originator's; they do not change (HC-5). */
  foreign: boolean;
  stop: Stop | null;
}

/** Why a record may not go where it should, and the way out (HC-4, HC-6). */
export interface Stop {
  what: "onward" | "court";
  because:
    | "H1"
    | "H2"
    | "H3-recipient"
    | "H3-period"
    | "H3-purpose"
    | "H3-print"
    | "protected"
    | "expired"
    | "called-back";
  record: Id;
  kind: SharedKind | "item";
  title: string;
  originator: NodeCode;
  /** `ask`: a permission request can lift it; `waiting`: one is under way; `letter`: whose it is has no node, one writes; `none`: nothing can. */
  wayOut: "ask" | "waiting" | "letter" | "none";
  permission: Id | null;
  /** The states or the court for which it is stopped. */
  recipients: NodeCode[];
}

/** The address of a permission request, filled with what was stopped. */
export function permissionAddress(of: {
  records: readonly string[];
  action: "onward" | "court";
  recipients: readonly string[];
  case: string | null;
  originator: string;
}): string {
  const all = { records: of.records.join(","), action: of.action, to: of.recipients.join(",") };
  const values = { ...all, case: of.case ?? "", from: of.originator };
  const said = Object.entries(values).filter(([, value]) => value !== "");
  return `/requests/permissions/new?${new URLSearchParams(said).toString()}`;
}

/** A value that another officer wrote into the same field of a draft; one of the two is chosen, neither is lost. */
export interface Beside {
  id: Id;
  field: string;
  value: unknown;
  by: Id;
  at: string;
}
