// What others may know of mutual legal assistance: its shapes, states, steps, refusals, and its doors.
import type { CaseNumber, Id, NodeCode } from "@simpul/model";
import type { Reader, Standing as ActsAs, Writer } from "@simpul/store";
import type { NoteLegalGap } from "../charges/contract.ts";
import type { AskReview } from "../reviews/contract.ts";
import type { AtDesk } from "../victims/contract.ts";
import type { Correspondent } from "../letters/contract.ts";
import type {
  CameBack,
  Chosen,
  FormalKind,
  FormalShown,
  SharedItem,
  SharedRecord,
  Stop,
} from "../requests/contract.ts";

export * from "./contract/refusals.ts";
export * from "./contract/steps.ts";
export * from "./contract/to-sign.ts";
export type { Choice, FormalKind } from "../requests/contract.ts";

// ------------------------------------------------------------------------------------------- the lists in force

export const standings = ["confirmed", "to-be-confirmed"] as const;
/** Whether its source was seen; what was not is shown as to be confirmed. */
export type Standing = (typeof standings)[number];
/** Who of the state itself, or of whoever keeps the list, confirmed a rule, and on which day. */
export interface Confirmation {
  by: string;
  on: string;
}
/** On what a rule stands. Confirmed without a confirmation: its source was read on `Codes.sourcesRead`, and nobody else said so. */
export interface Ruled {
  standing: Standing;
  source: string;
  confirmation?: Confirmation | undefined;
}
/** A fact about a state's law with its source; empty where nothing is known yet. */
export interface Fact<T = string> extends Ruled {
  value: T;
}

export const fieldKinds = ["line", "long", "day", "choice", "state"] as const;
/** A field that one type of assistance asks beside those that all ask (MLA-2). */
export interface SpecialField {
  name: string;
  kind: (typeof fieldKinds)[number];
  required: boolean;
}
export interface TypeRules {
  code: string;
  kind: FormalKind;
  /** How the request is counted at the state that is asked (RFI-3). */
  category: string;
  articles: string;
  /** Whether these articles were seen in a public text, and in which. */
  articlesStanding: Standing;
  articlesSource: string;
  special: SpecialField[];
}

/** How a formal request goes: between central authorities, by the diplomatic channel, by a secure system, through INTERPOL (MLA-4). */
export const transmissions = ["direct", "diplomatic", "electronic", "interpol"] as const;
export type Transmission = (typeof transmissions)[number];

/** What one state asks of a formal request (MLA-3), and its law on trafficking. */
export interface StateRules {
  state: NodeCode;
  centralAuthority: { name: Fact; address: Fact; channel: Ruled & { accepted: Transmission[] } };
  bases: (Ruled & { code: string })[];
  languages: Ruled & { accepted: string[] };
  copies: Ruled & { number: number };
  certification: Ruled & { accepted: string[] };
  minimumPenaltyYears: Fact<number | null>;
  dualCriminality: Ruled & { required: boolean | null; offences: string[] };
  undertakings: Ruled & { required: string[]; wished: string[] };
  /** MLA-6: whether it takes one ahead of the paper, and within how many days the formal copy follows. */
  urgent: Ruled & { accepted: boolean | null; formalDays: number };
  refusals: Ruled;
  trafficking: { law: Fact; penalty: Fact };
}

/** What an extradition needs beside, and on what it may rest between us and each state. */
export interface Extradition {
  leastYears: Fact<number | null>;
  /** Undertakings. */
  required: string[];
  wished: string[];
  source: string;
  bases: (Ruled & { state: NodeCode; code: string; says: string })[];
}

export interface Codes {
  version: string;
  /** Of the list of what each state asks, and the day on which the sources of what it calls confirmed were read. */
  statesVersion: string;
  sourcesRead: string;
  types: TypeRules[];
  stages: string[];
  modes: string[];
  certifications: string[];
  undertakings: string[];
  asks: string[];
  /** MLA-5; `postpones`: a ground for later, not for no. */
  refusals: { code: string; postpones: boolean }[];
  freezeRefusals: string[];
  extradition: Extradition;
  days: { acknowledge: number; execute: number; preserve: number; renewWarn: number; answerFreeze: number };
  clocksStanding: "target" | "agreed";
  states: StateRules[];
  offences: string[];
  urgency: string[];
  languages: string[];
  /** States with a node that can be asked now. */
  peers: NodeCode[];
  /** Authorities of the other states, to whom a formal request goes as a letter. */
  letters: Pick<Correspondent, "code" | "state" | "names" | "standing">[];
}

// --------------------------------------------------------------------------------------------------- the request

/** MLA-1. Everything may still be empty in a draft. */
export interface Form {
  type: string;
  to: NodeCode;
  /** Without personal data. */
  subject: string;
  office: string;
  competent: string;
  basis: string;
  basisText: string;
  stage: string;
  matter: string;
  offence: string;
  lawText: string;
  penalty: string;
  maxYears: number | null;
  facts: string;
  connection: string;
  sought: string;
  grounds: string;
  location: string;
  procedure: string;
  questions: string;
  privilege: string;
  confidential: boolean;
  confidentialWhy: string;
  neededBy: string | null;
  timeWhy: string;
  allowances: string;
  undertakings: string[];
  language: string;
  translation: { language: string; translator: string; text: string };
  copies: number | null;
  certification: string;
  urgent: boolean;
  urgencyReason: string;
  records: Chosen[];
  /** Attachments: items of evidence of the case. */
  items: Chosen[];
  /** MLA-2, by the names that its type lists. */
  special: Record<string, string>;
}

export const assistanceStates = [
  "draft",
  "prosecutor",
  "central",
  "sent",
  "acknowledged",
  "in-execution",
  "information-asked",
  "postponed",
  "partly-executed",
  "executed",
  "received",
  "admissibility",
  "used",
  "returned",
  "refused",
  "withdrawn",
  "closed",
  // At the state that is asked.
  "arrived",
  "registered",
  "legal-review",
  "assigned",
  "judicial-order",
  "execution",
  "product-review",
  "product-sent",
  "return-tracking",
  // Freezing.
  "approval",
  "preserved",
  "partly",
  "not-held",
] as const;
/** MLA-4, on either side. */
export type AssistanceState = (typeof assistanceStates)[number];

export const steps = [
  "submit",
  "return",
  "review",
  "send",
  "supply",
  "go-on",
  "formal-copy",
  "receive",
  "admit",
  "use",
  "give-back",
  "close",
  "withdraw",
  "register",
  "complete",
  "ask",
  "assign",
  "order",
  "execute",
  "product",
  "partly",
  "executed",
  "postpone",
  "resume",
  "refuse",
  "track",
  "freeze",
  "renew",
  "preserve",
  "preserve-partly",
  "not-held",
] as const;
export type Step = (typeof steps)[number];

export interface AskStep {
  step: Step;
  text: string;
  /** A ground; with `send` how it goes. */
  code?: string;
  /** A day. */
  until?: string;
  desk?: Id;
}

export interface AskBegin {
  kind: FormalKind;
  type: string;
  to: NodeCode;
  /** Where that state has no node: the code of its authority to whom the letter goes. */
  letter?: string;
  /** MLA-8: a request whose facts and answers are copied; or a case, with what of it is named. */
  request?: Id;
  case?: string;
  /** The check in which that state had a hit, and what the page says of it in the officer's language. */
  hit?: Id;
  said?: { language: string; grounds: string; link: string };
  records?: Id[];
}

/** A hit of that state as readers of its case know it. */
export interface HitForAssistance {
  case: string;
  offence: string;
  /** What was found there. */
  records: Id[];
}
/** What the room of checks knows of its hits; made by the server. */
export interface HitsForAssistance {
  /** Null where this officer sees no such check, or that state had no hit in it. */
  hit(standing: ActsAs, check: Id, of: NodeCode): Promise<HitForAssistance | null>;
}

/** What the room of charges knows and counts; made by the server. */
export interface ChargesForAssistance {
  /** A charge of one of these persons of the case was filed. */
  filed(db: Pick<Reader | Writer, "rows">, of: Id, among: readonly Id[]): Promise<boolean>;
  /** A step stopped at the law of a state; noted by its kind alone. */
  note: NoteLegalGap;
}

/** Legal reviews (VIC-2): begun of each person whom an extradition names, and passed before it goes on. */
export interface ReviewsForAssistance {
  /** Gives its id; throws what asking for a review throws. */
  begin(tx: Writer, ask: AskReview): Promise<Id>;
  /** As `ReviewGate.passReview` of an extradition. */
  pass(who: AtDesk, review: Id): Promise<unknown>;
}

/** Something the checker found (MLA-3): errors block, warnings do not. */
export interface Finding {
  level: "error" | "warning";
  /** Words: `assistance.finding.<code>`. */
  code: string;
  /** The field it leads to; null where it is about no field. */
  field: string | null;
  facts: Record<string, string | number>;
  source: string;
  standing: Standing;
}

/** MLA-8: what was not copied, why, and the way out. */
export interface LeftOut {
  title: string;
  reference: string;
  because: Stop["because"];
  originator: NodeCode;
  wayOut: Stop["wayOut"];
  /** Held record or item for a permission request; null for words of an answer. */
  record: Id | null;
  permission: Id | null;
  what: Stop["what"];
}

export interface StepLine {
  at: string;
  step: string;
  state: AssistanceState;
  side: "ours" | "theirs";
  by: Id | null;
  text: string;
  code: string | null;
  until: string | null;
}

/** Which list it was checked against when it left, and which of its rules were to be confirmed then. */
export interface Sent {
  by: Id;
  at: string;
  rules?: { version: string; open: string[] };
  /** How a formal request went (MLA-4); null for freezing. */
  channel?: Transmission | null;
}

export interface AssistanceHead {
  id: Id;
  direction: "outgoing" | "incoming";
  kind: FormalKind;
  type: string;
  peer: NodeCode;
  state: AssistanceState;
  subject: string;
  reference: string | null;
  case: { id: Id; number: CaseNumber; title: string } | null;
  urgent: boolean;
  /** MLA-6: the formal copy is still due; what comes back until then is provisional. */
  formalDue: string | null;
  provisional: boolean;
  due: string | null;
  overdue: boolean;
  keptUntil: string | null;
  askedUntil: string | null;
  /** Kept no longer, or not for long any more. */
  expiry: "over" | "near" | null;
  changedAt: string;
}

export interface AssistanceView extends AssistanceHead {
  form: Form;
  version: number;
  /** Of an extradition: the legal reviews of those whom it names (VIC-2). */
  reviews: Id[];
  author: Id | null;
  desk: Id | null;
  returned: { reason: string; by: Id; at: string } | null;
  reviewed: { by: Id; at: string } | null;
  sent: Sent | null;
  /** Of one that goes on paper: to whom, and the letter once it was let go. */
  letter: { to: string; id: Id | null } | null;
  code: string | null;
  fromRequest: Id | null;
  fromHit: Id | null;
  steps: StepLine[];
  findings: Finding[];
  leftOut: LeftOut[];
  records: SharedRecord[];
  /** Attached to it. */
  items: FormalShown["items"];
  /** Items that go from here, to which a certificate belongs (MLA-9). */
  exhibits: SharedItem[];
  back: CameBack;
  may: (Step | "edit")[];
  because: string[];
}

/*
 * Doors, all below /api/assistance; every answer with officers in it carries `names`.
 *
 *   GET  /codes                 Codes: the lists, what each requested state asks, the states that can be asked
 *   GET  /?box&state&case&request  { assistances: AssistanceHead[] }
 *   GET  /choices?case&to       { records: Choice[], items: Choice[] }
 *   POST /                      AskBegin -> { id }: a draft with what is known already
 *   GET  /{id}                  AssistanceView & { names }
 *   PUT  /{id}                  Form & { version } -> { version, findings }
 *   GET  /{id}/certificate?form  PDF: certificate of what goes from here, in a form the other state takes, with custody (MLA-9)
 *   GET  /{id}/manifest         a signed statement (DSSE) on its manifest in CASE/UCO JSON-LD (MLA-10)
 *   POST /{id}/steps            AskStep; `send` needs assistance.send, `freeze` and `renew` assistance.freeze, on {id}
 *
 * Live topics: `assistance:<id>`; its request `request:<id>` and case hear too.
 */
