// What lies in a case: its kinds of records, their fields, and what every one of them carries.
import type { Evaluation, Handling, HolderRole, Id, NodeCode, SelectorType } from "@simpul/model";

export const caseStates = ["open", "suspended", "closed"] as const;
export type CaseState = (typeof caseStates)[number];

export const teamRoles = [
  "lead",
  "investigator",
  "analyst",
  "prosecutor",
  "liaison",
  "interpreter",
  "observer",
] as const;
export type TeamRole = (typeof teamRoles)[number];

/** What can lie in a case. */
export const recordKinds = [
  "subject",
  "selector",
  "place",
  "event",
  "link",
  "task",
  "note",
  "decision",
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** EV-1: scheme, the two grades, who graded and when; a regrade is a new version of this field. */
export interface Graded extends Evaluation {
  scheme: "4x4";
  desk: Id | null;
  on: string;
}

/** Where a statement comes from. `place` is the passage in the item, as evidence names it. */
export type Source =
  | { kind: "item"; item: Id; place?: ItemPlace }
  | { kind: "note"; note: Id }
  | { kind: "officer"; says?: string }
  /** Another state's until it handed it over to us. */
  | { kind: "handed-over"; from: NodeCode; reference: string };

/** A passage of an item: the part of it (a page, a message, a sheet) and the characters in that part. */
export interface ItemPlace {
  part?: string;
  start?: number;
  end?: number;
}

/** A name as it is written, its language (BCP 47), how it reads in Latin letters, and by which way it was romanised. */
export interface Name {
  text: string;
  language: string;
  romanised?: string;
  how?: Romanisation;
  alias?: boolean;
}
export const romanisations = [
  "passport",
  "own-spelling",
  "ungegn",
  "ala-lc",
  "rtgs",
  "pinyin",
  "other",
] as const;
export type Romanisation = (typeof romanisations)[number];

export interface Position {
  latitude: number;
  longitude: number;
  /** The radius, in metres, of the circle in which it certainly lies. */
  radius: number;
}

/** The fields of each kind, as they are sent and shown. Dates with precision are texts: see `When` in rules.ts. */
export interface Fields {
  subject: {
    kind: "person" | "organisation";
    role: HolderRole;
    names: Name[];
    pseudonym: string | null;
    birth: string | null;
    nationalities: string[];
    note: string;
  };
  selector: {
    type: SelectorType;
    canonical: string;
    profile: string;
    written: string;
    valid: boolean;
    role: HolderRole;
    subject: Id | null;
    note: string;
  };
  place: {
    names: Name[];
    kind: string;
    country: string;
    province: string;
    position: Position | null;
    note: string;
  };
  event: {
    kind: string;
    title: string;
    began: string;
    ended: string | null;
    place: Id | null;
    subjects: Id[];
    note: string;
  };
  link: {
    kind: string;
    from: Id;
    toKind: "subject" | "selector" | "place";
    to: Id;
    began: string | null;
    ended: string | null;
    note: string;
  };
  task: {
    title: string;
    owner: Id | null;
    desk: Id;
    due: string | null;
    state: "open" | "done" | "dropped";
    note: string;
  };
  note: { body: string; language: string };
  decision: { title: string; reason: string; decidedBy: Id; decidedOn: string };
}

/** A value that somebody wrote who had read an older one; both are kept until an officer chooses. */
export interface Conflict {
  field: string;
  version: number;
  base: number;
  value: unknown;
  by: Id | null;
  at: string;
}

/** What every record of a case carries beside its fields. */
export interface Kept {
  id: Id;
  handling: Handling;
  evaluation: Graded;
  source: Source;
  /** The standing version of each edited field; one that is not named stands at 1. Sent back with an edit. */
  versions: Record<string, number>;
  conflicts: Conflict[];
  createdBy: Id | null;
  createdAt: string;
  changedAt: string;
}
export type CaseRecord<K extends RecordKind> = Kept & { record: K } & Fields[K];
export type Subject = CaseRecord<"subject">;
/** `elsewhere`: in how many other cases that this officer may see the same value lies (RFI-12: and nothing else). */
export type Selector = CaseRecord<"selector"> & { elsewhere: number };
export type Place = CaseRecord<"place">;
export type Event = CaseRecord<"event">;
export type Link = CaseRecord<"link">;
export type Task = CaseRecord<"task">;
export type Note = CaseRecord<"note">;
export type Decision = CaseRecord<"decision">;

export interface Records {
  subject: Subject[];
  selector: Selector[];
  place: Place[];
  event: Event[];
  link: Link[];
  task: Task[];
  note: Note[];
  decision: Decision[];
}
