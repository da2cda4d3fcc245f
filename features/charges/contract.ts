// What others may know of charges: the file with what is proven and what is missing, the court's steps, outcomes, refusals.
import { SimpulError } from "@simpul/model";
import type { Digest, Id, NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import type { Name } from "../cases/contract.ts";
import type { Element, OffenceKind } from "../offences/contract.ts";
import type { AskReview, ReviewGate } from "../reviews/contract.ts";
import type { Admission } from "./contract/admission.ts";

export * from "./contract/admission.ts";

/** `prepared` looks the same for every person until a prosecutor files it (VIC-2). */
export const chargeStates = ["prepared", "filed", "ended", "withdrawn"] as const;
export type ChargeState = (typeof chargeStates)[number];

export const disclosures = ["disclosable", "sensitive", "unused"] as const;
export type Disclosure = (typeof disclosures)[number];

export const witnessKinds = ["victim", "witness", "expert", "officer"] as const;
export const witnessWays = ["live", "video", "early-testimony", "statement"] as const;

export const courtEvents = [
  "deadline",
  "hearing",
  "detention",
  "travel-ban",
  "freezing",
  "confiscation",
  "convicted",
  "acquitted",
  "sentenced",
  "appealed",
  "compensated",
  "died",
  "closed",
  /** The court is told that an exhibit of its file may not be used any more. */
  "notice",
] as const;
export type CourtEvent = (typeof courtEvents)[number];

/** What states tell each other became of a matter. */
export const outcomes = [
  "charged",
  "convicted",
  "acquitted",
  "sentenced",
  "appealed",
  "confiscated",
  "compensated",
  "ended",
] as const;
export type Outcome = (typeof outcomes)[number];

export const gapKinds = [
  "no-offence",
  "no-means-for-child",
  "no-non-punishment",
  "no-early-testimony",
  "no-video",
  "no-basis",
  "no-dual-criminality",
  "no-freezing",
  "no-electronic-evidence",
  "no-compensation",
  "nationals-not-extradited",
  "other",
] as const;
export type GapKind = (typeof gapKinds)[number];
export const gapSteps = [
  "file",
  "charge",
  "trial",
  "assistance",
  "extradition",
  "assets",
  "protection",
] as const;
export type GapStep = (typeof gapSteps)[number];

/** Why an exhibit may not go to court as things stand (HC-6); `gone`: called back, or not to be seen any more. */
export type Stopped = "court" | "onward" | "over" | "gone";

export interface Exhibit {
  id: Id;
  number: number;
  kind: "item" | "record";
  of: Id;
  title: string;
  disclosure: Disclosure;
  reason: string;
  /** The state whose it is; null for our own. */
  originator: NodeCode | null;
  stopped: Stopped[];
  /** Of an item: how often its custody was written on, and the digest of its bytes. */
  custody: number | null;
  digest: Digest | null;
  /** It stood in the file as filed. */
  filed: boolean;
  /** The day on which the court was told that it may not be used any more. */
  told: string | null;
}
export interface ProofOf {
  id: Id;
  exhibit: Id;
  offence: OffenceKind;
  element: Element;
  says: string;
  by: Id;
}
export interface Gap {
  id: Id;
  offence: OffenceKind;
  element: Element;
  text: string;
  /** A state, or null where a desk of ours has a task. */
  state: NodeCode | null;
  task: { id: Id; state: "open" | "done" | "dropped"; desk: Id } | null;
  due: string;
}
export interface Witness {
  id: Id;
  label: string;
  kind: (typeof witnessKinds)[number];
  way: (typeof witnessWays)[number];
  state: NodeCode | null;
  language: string;
  protection: string;
  proves: string;
}
export interface EventOf {
  id: Id;
  event: CourtEvent;
  on: string;
  until: string | null;
  text: string;
  amount: string;
  /** Of a notice: which exhibit it is about. */
  exhibit: Id | null;
  by: Id;
}

export interface ChargeHead {
  id: Id;
  case: { id: Id; number: string };
  subject: Id;
  kind: "person" | "organisation";
  name: Pick<Name, "text" | "language" | "romanised">;
  offences: OffenceKind[];
  state: ChargeState;
  /** The last that the court did. */
  last: CourtEvent | null;
  /** The next day by which something is due. */
  next: { event: "deadline" | "hearing"; on: string } | null;
  preparedAt: string;
}

/** What speaks against filing as it stands. `blocks`: filing is refused until it is mended or explained. */
export interface Objection {
  code:
    | "accused-child"
    | "age-unknown"
    | "offence-unknown"
    | "law-unconfirmed"
    | "element-open"
    | "exhibit-stopped"
    | "exhibit-withdrawn"
    | "admission-open"
    | "charged-elsewhere";
  blocks: boolean;
  facts: Record<string, string | number>;
}

export type ChargeAct = "work" | "file" | "court" | "withdraw" | "paper";
export interface ChargeView extends ChargeHead {
  birth: string | null;
  began: string;
  ended: string;
  place: string;
  facts: string;
  lawVersion: string;
  review: Id | null;
  court: string;
  ageBasis: string;
  sameAct: string;
  preparedBy: Id;
  filedBy: Id | null;
  filedAt: string | null;
  exhibits: Exhibit[];
  /** Of the case, not in the file yet. */
  available: { kind: "item" | "record"; of: Id; title: string }[];
  proofs: ProofOf[];
  gaps: Gap[];
  admissions: Admission[];
  witnesses: Witness[];
  events: EventOf[];
  told: { id: Id; peer: NodeCode; reference: string; outcome: Outcome; at: string; letter: boolean }[];
  /** Who contributed, by which request, and whether its line is silent. */
  contributors: { peer: NodeCode; reference: string; away: boolean; letter: boolean }[];
  objections: Objection[];
  nextEvents: CourtEvent[];
  may: ChargeAct[];
}

export interface AskCharge {
  case: string;
  subject: Id;
  offences: OffenceKind[];
  began: string;
  ended: string;
  place: string;
  facts: string;
}
export interface AskEvent {
  event: CourtEvent;
  on: string;
  until: string | null;
  text: string;
  amount: string;
}
export interface ArrivedOutcome {
  id: Id;
  peer: NodeCode;
  reference: string;
  request: Id;
  direction: "incoming" | "outgoing";
  outcome: Outcome;
  offences: OffenceKind[];
  began: string;
  ended: string;
  on: string;
  at: string;
  seen: boolean;
}
/** A step stopped because the law of a state lacks something; never of whom, nor in which case. */
export interface LegalGap {
  state: NodeCode;
  kind: GapKind;
  step: GapStep;
}
export interface GapCount extends LegalGap {
  count: number;
  /** Of the latest month. */
  last: string;
}
/** `month`: `2031-05`. */
export interface LegalGapCount extends Omit<LegalGap, "step"> {
  month: string;
  count: number;
}
/** What other rooms read of gaps of the law; as row security shows them: to officers and jobs. */
export interface LegalGaps {
  byMonth(db: Pick<Reader | Writer, "rows">): Promise<LegalGapCount[]>;
}
/** Noted by other rooms within the act that stopped. */
export type NoteLegalGap = (tx: Writer, gap: LegalGap) => Promise<void>;

export interface ReviewsForCharges extends ReviewGate {
  begin(tx: Writer, ask: AskReview): Promise<Id>;
}
/** An item of evidence as a file of charges names it. */
export interface ItemForCharge {
  id: Id;
  title: string;
  originator: NodeCode;
  stopped: Stopped[];
  custody: number;
  digest: Digest;
}
/** One signed statement on an item: what happened to it, and when in UTC. */
export interface CustodyLine {
  item: Id;
  /** Words: `evidence.event.<event>`. */
  event: string;
  at: Date;
}
/** What evidence says of items that would go to a court of this state. */
export interface ItemsForCharges {
  ofCase(db: Pick<Reader | Writer, "rows">, of: Id): Promise<ItemForCharge[]>;
  /** Whoever is not named in the answer is not to be seen any more. */
  terms(db: Pick<Reader | Writer, "rows">, items: readonly Id[]): Promise<ItemForCharge[]>;
  /** Their custody in its order, of each item the first `mostCustody` statements. */
  custody(db: Pick<Reader | Writer, "rows">, items: readonly Id[]): Promise<CustodyLine[]>;
}
/** Targets hear what became of those they concern. */
export interface TargetsForCharges {
  tell(
    tx: Writer,
    what: { case: Id; subject: Id; outcome: Outcome; on: string; text: string; review: Id | null },
  ): Promise<void>;
}
/** Requests between states that gave something to a case, or asked for something out of it. */
export interface Contribution {
  thread: Id;
  peer: NodeCode;
  reference: string;
  /** It went on paper: its state is told by letter. */
  letter: boolean;
}

/** Statements of one exhibit that stand on paper; the bundle has all. */
export const mostCustody = 100;

export const chargeLimits = {
  ...{ exhibits: 500, proofs: 2000, gaps: 300, witnesses: 200, events: 500, admissions: 4000 },
} as const;

export type ChargesCode =
  | "NOT_FOUND"
  | "CHARGE_ALREADY"
  | "CHARGE_PROTECTED"
  | "CHARGE_OVER"
  | "CHARGE_NOT_FILED"
  | "ACCUSED_DEAD"
  | "OFFENCE_NOT_CHARGED"
  | "EXHIBIT_ALREADY"
  | "DISCLOSURE_REASON"
  | "PROTECTION_NEEDED"
  | "EVENT_OUT_OF_ORDER"
  | "DAYS_REVERSED"
  /** `codes`: the objections that block, separated by commas. */
  | "FILE_OBJECTIONS"
  | "NO_EXHIBITS"
  /** The exhibit was not filed, or nothing stops it: there is nothing to tell the court. */
  | "NO_NOTICE_NEEDED"
  | "NEED_NOT_ASKED"
  /** VIC-1: a victim stands under the word by which the case knows her, nothing of her whereabouts beside it. */
  | "WITNESS_NAMED"
  | "LIMIT_REACHED";
export const chargesRefusals: Readonly<Record<ChargesCode, 404 | 409 | 413 | 422>> = {
  NOT_FOUND: 404,
  CHARGE_ALREADY: 409,
  CHARGE_PROTECTED: 422,
  CHARGE_OVER: 409,
  CHARGE_NOT_FILED: 409,
  ACCUSED_DEAD: 409,
  OFFENCE_NOT_CHARGED: 422,
  EXHIBIT_ALREADY: 409,
  DISCLOSURE_REASON: 422,
  PROTECTION_NEEDED: 422,
  EVENT_OUT_OF_ORDER: 409,
  DAYS_REVERSED: 422,
  FILE_OBJECTIONS: 409,
  NO_EXHIBITS: 409,
  NO_NOTICE_NEEDED: 409,
  NEED_NOT_ASKED: 422,
  WITNESS_NAMED: 422,
  LIMIT_REACHED: 422,
};
export class ChargesError extends SimpulError<ChargesCode> {
  readonly facts: Readonly<Record<string, string | number>>;
  constructor(code: ChargesCode, facts: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.facts = facts;
  }
}
