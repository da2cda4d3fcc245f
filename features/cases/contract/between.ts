// What cases and other features do for each other; the server hands it over.
import type {
  Actor,
  CaseNumber,
  Handling,
  HolderRole,
  Id,
  Evaluation,
  InformationGrade,
  NodeCode,
  Officer,
  Purpose,
  SelectorType,
  SourceGrade,
} from "@simpul/model";
import type { Kysely } from "kysely";
import type { Graded, ItemPlace, RecordKind, Records } from "./records.ts";
import type { CaseFacts } from "@simpul/policy";
import type { CaseHead, Handed } from "./case.ts";

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

/** A record that came over, with the id under which the other state kept it. */
export interface CameRecord {
  id: Id;
  kind: "subject" | "selector" | "place" | "event" | "link";
  fields: object;
  handling: Handling;
  evaluation: Evaluation;
}

/** A case that another state handed over to us. */
export interface CameOver {
  from: NodeCode;
  reference: string;
  title: string;
  crimeType: string;
  covert: boolean;
  summary: string;
  language: string;
  agency: Id;
  desk: Id;
  lead: Id;
  /** Who accepted it. */
  by: Id;
  /** What the lead's first task is called. */
  task: string;
  records: readonly CameRecord[];
}

/** What cases do for a hand-over between states; made by the server with `casesForHandOvers`. */
export interface CasesForHandOvers {
  /** What the policy asks of a case; null where the actor sees none. */
  facts(db: Pick<Handle, "rows">, id: Id | null): Promise<CaseFacts | null>;
  /** What of it is another state's already. */
  handed(db: Pick<Handle, "rows">, id: Id): Promise<Handed[]>;
  /** In the transaction in which the acceptance arrives: from now on the other state's. */
  handOver(
    tx: Pick<Handle, "rows" | "at">,
    id: Id,
    gone: { records: readonly Id[]; whole: boolean; to: NodeCode; reference: string; handOver: Id },
  ): Promise<void>;
  /** In a job: every list says that it is handed over, or open again. */
  closed(tx: Pick<Handle, "rows" | "at">, id: Id, handed: boolean): Promise<void>;
  /** In a job: it was not taken, and is ours as before. */
  back(tx: Pick<Handle, "rows" | "at">, handOver: Id): Promise<void>;
  /** In a job: a case of our own with what came; the ids here by those there. */
  open(tx: Handle, came: CameOver): Promise<Opened & { ids: Map<Id, Id> }>;
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
  /**
   * Names of persons in the cases that the actor sees, in every writing: what she could look up anyway, so that an act
   * which refuses one tells her nothing. Victims, witnesses and their families have none here (VIC-1).
   */
  namesOfPersons(db: Pick<Handle, "rows">): Promise<string[]>;
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
