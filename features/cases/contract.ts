// What others may know of cases: their shapes, refusals, and the acts that features hand each other.
import { SimpulError } from "@simpul/model";
import type {
  Actor,
  CaseNumber,
  Evaluation,
  Handling,
  HolderRole,
  Id,
  InformationGrade,
  Officer,
  Purpose,
  SelectorType,
  SourceGrade,
} from "@simpul/model";
import type { Rests } from "@simpul/features/oversight/contract.ts";
import type { Kysely } from "kysely";

export type CasesCode =
  | "NOT_FOUND"
  | "NOT_ALLOWED"
  | "NOT_A_FIELD"
  | "NOT_A_VALUE"
  | "NOT_A_DATE"
  | "NOT_A_CODE"
  | "NOT_A_SELECTOR"
  | "NOT_IN_THIS_CASE"
  | "NAME_OF_PROTECTED"
  | "OUT_OF_SIGHT"
  | "CASE_CLOSED"
  | "ALREADY_THERE"
  | "NOTHING_TO_SETTLE"
  | "SEEN_ALREADY"
  | "OWN_OPENING"
  | "TOO_MANY";

/** How refusals answer over HTTP; the server adds them to its one table. */
export const casesRefusals: Readonly<Record<CasesCode, 403 | 404 | 409 | 422>> = {
  NOT_FOUND: 404,
  NOT_ALLOWED: 403,
  NOT_A_FIELD: 422,
  NOT_A_VALUE: 422,
  NOT_A_DATE: 422,
  NOT_A_CODE: 422,
  NOT_A_SELECTOR: 422,
  NOT_IN_THIS_CASE: 422,
  NAME_OF_PROTECTED: 422,
  OUT_OF_SIGHT: 409,
  CASE_CLOSED: 409,
  ALREADY_THERE: 409,
  NOTHING_TO_SETTLE: 409,
  SEEN_ALREADY: 409,
  OWN_OPENING: 403,
  TOO_MANY: 422,
};

/** A refusal of the cases room. */
export class CasesError extends SimpulError<CasesCode> {
  /** Which field it is about, where one is; never what stands in it. */
  readonly facts: Readonly<Record<string, string>>;
  constructor(
    code: CasesCode,
    detail?: string,
    cause?: unknown,
    facts: Readonly<Record<string, string>> = {},
  ) {
    super(code, detail, cause);
    this.facts = facts;
  }
}

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
  | { kind: "officer"; says?: string };

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

export interface CaseHead {
  id: Id;
  number: CaseNumber;
  title: string;
  crimeType: string;
  agency: Id;
  desk: Id;
  covert: boolean;
  state: CaseState;
  stateReason: string | null;
  openedAt: string;
  changedAt: string;
}

export interface TeamMember {
  officer: Id;
  role: TeamRole;
  since: string;
}

export interface CaseView extends CaseHead {
  summary: string;
  summaryLanguage: string | null;
  crimeTypesVersion: string;
  openedBy: Id | null;
  versions: Record<string, number>;
  conflicts: Conflict[];
  team: TeamMember[];
  /** How many of each kind lie in it. */
  holds: Record<RecordKind, number>;
  /** Acts that this officer may do here, asked of the policy: what she may not do has no button. */
  may: string[];
  /** Oversight has ordered that it rests; null when not. */
  rests: Rests | null;
}

/** One value of a field in its history, oldest first. */
export interface Edit {
  field: string;
  version: number;
  base: number;
  value: unknown;
  standing: "current" | "superseded" | "conflict" | "set-aside" | "withheld";
  by: Id | null;
  at: string;
}

/** Names for the officers and desks of an answer; whoever is missing stays an id. */
export interface Names {
  officers: Record<Id, { name: string; nameLatin: string | null }>;
  desks: Record<Id, { name: string; nameLatin: string | null }>;
}

/** An act or a read of a case, as its two logs hold it (AUD-1). */
export interface Activity {
  at: string;
  kind: string;
  by: string;
  read: boolean;
  purpose: string | null;
  record: Id | null;
  facts: Record<string, unknown>;
}

/** What a search may find; only what this officer sees. */
export interface Found {
  kind: "case" | "subject" | "selector" | "place";
  case: Id;
  number: CaseNumber;
  caseTitle: string;
  record: Id;
  text: string;
  type: string | null;
}

/** What a person confirmed in an item and said whose it is (HIT-1); evidence hands these over. */
export interface ConfirmedFinding {
  item: Id;
  place?: ItemPlace;
  type: SelectorType;
  written: string;
  canonical: string;
  profile: string;
  valid: boolean;
  role: HolderRole;
  handling?: Handling;
  evaluation?: { source: SourceGrade; information: InformationGrade };
}

export interface AskOpen {
  title: string;
  crimeType: string;
  covert?: boolean;
  summary?: string;
  summaryLanguage?: string;
  /** Items whose confirmed findings become the first selectors; they then belong to the case. */
  items?: Id[];
}

export interface Opened {
  id: Id;
  number: CaseNumber;
}

/** A selector of a case as other features take it; `record` is its occurrence. */
export interface SelectorOfCase {
  case: Id;
  record: Id;
  type: SelectorType;
  canonical: string;
  profile: string;
  written: string;
  role: HolderRole;
  handling: Handling;
  evaluation: Graded;
  covert: boolean;
  crimeType: string;
  /** When its case was opened. */
  openedAt: string;
}

/** What cases do for other features; made by the server with `casesForOthers`. */
export interface CasesForOthers {
  /** Opens a case with these findings as its first selectors, each with its item, passage and holder (HIT-1). */
  openCaseFrom(
    standing: { actor: Officer; purpose: Purpose },
    ask: AskOpen,
    findings: readonly ConfirmedFinding[],
  ): Promise<Opened>;
  /** The same for a case that is already open, in the caller's act; values already there from the same item stay one. */
  addFindings(tx: Handle, into: Id, findings: readonly ConfirmedFinding[]): Promise<Id[]>;
  /** The case as its heads of lists show it, or null when the actor does not see it. */
  head(db: Pick<Handle, "rows">, id: Id): Promise<CaseHead | null>;
  /** The selectors of a case that the actor sees. */
  selectorsOf(db: Pick<Handle, "rows">, id: Id): Promise<SelectorOfCase[]>;
  /** The records of a case that the actor sees, by its id or number, with its head. Throws `NOT_FOUND`. */
  recordsOf(
    db: Pick<Handle, "rows">,
    ref: string,
    kinds: readonly RecordKind[],
  ): Promise<{ head: CaseHead; records: Partial<Records> }>;
  /** For a job that keeps the index for peers: every occurrence, in the order of `after`. It alone decides by HIT-1. */
  everySelector(db: Pick<Handle, "rows">, after: Id | null, limit: number): Promise<SelectorOfCase[]>;
}

/** The store's handle of a running act, as far as features hand it to each other. */
export interface Handle {
  readonly rows: Kysely<unknown>;
  readonly standing: { actor: Actor; purpose: Purpose; case?: Id };
  readonly at: Date;
  newId(): Id;
  /** Why the policy allows it: every leaf of the act carries it. */
  allowed(because: readonly string[]): void;
  note(kind: string, about: { id?: Id; case?: Id }): void;
}

/** What evidence does for cases, inside the act that opens or fills one; handed over by the server. */
export interface FindingsOfItems {
  /** The confirmed findings of these items. Throws `NOT_FOUND` when the actor does not see one of them. */
  confirmed(tx: Handle, items: readonly Id[]): Promise<ConfirmedFinding[]>;
  /** Puts the items into the case. */
  attach(tx: Handle, items: readonly Id[], into: Id): Promise<void>;
}

export const openingFindings = ["justified", "not-justified"] as const;
export type OpeningFinding = (typeof openingFindings)[number];

/** A case opened in an emergency by somebody who does not work on it. */
export interface Opening {
  id: Id;
  /** The title only to those who see the case. */
  case: { id: Id; number: CaseNumber; title: string | null };
  officer: Id;
  desk: Id;
  reason: string;
  openedAt: string;
  until: string;
  /** Before its time, by her own hand; null otherwise. */
  endedAt: string | null;
  review: { finding: OpeningFinding; text: string; by: Id; at: string } | null;
  /** What this reader may do with it. */
  may: ("end" | "review")[];
}
