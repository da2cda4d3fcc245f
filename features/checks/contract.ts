// What others may know of checks: their shapes, refusals, and the watch on what other states name.
import { SimpulError } from "@simpul/model";
import type { CaseNumber, HolderRole, Id, NodeCode, Purpose, SelectorType } from "@simpul/model";
import type { Reader } from "@simpul/store";

export type ChecksCode =
  | "NOT_FOUND"
  | "NOT_ALLOWED"
  | "NEVER_ASKED"
  | "NOT_TO_BE_MATCHED"
  | "FACT_MISSING"
  | "NO_STATE"
  | "TOO_MANY_SELECTORS"
  | "OWN_CHECK"
  | "ALREADY_DECIDED"
  | "CASE_CLOSED";

/** How refusals answer over HTTP; the server adds them to its one table. */
export const checksRefusals: Readonly<Record<ChecksCode, 403 | 404 | 409 | 413 | 422>> = {
  NOT_FOUND: 404,
  NOT_ALLOWED: 403,
  NEVER_ASKED: 422,
  NOT_TO_BE_MATCHED: 422,
  FACT_MISSING: 422,
  NO_STATE: 422,
  TOO_MANY_SELECTORS: 413,
  OWN_CHECK: 403,
  ALREADY_DECIDED: 409,
  CASE_CLOSED: 409,
};

/** A refusal of the check room; `facts` are counts and codes for the message on the screen. */
export class ChecksError extends SimpulError<ChecksCode> {
  readonly facts: Record<string, string | number>;
  constructor(code: ChecksCode, facts: Record<string, string | number> = {}) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}

/** `proposed`: a supervisor must agree first. `done`: every state answered, or was given up. */
export const checkStates = ["proposed", "declined", "asking", "done"] as const;
export type CheckState = (typeof checkStates)[number];

/** Why a supervisor must agree (HIT-2, HIT-5). */
export const checkNeeds = ["bulk", "close", "stepped", "fishing"] as const;
export type CheckNeed = (typeof checkNeeds)[number];

/** How a state stands with one check. `not-reached` is tried again by itself; `given-up` no longer. */
export const askingStates = [
  "waiting",
  "answered",
  "refused",
  "limited",
  "not-searchable",
  "not-reached",
  "not-believed",
  "given-up",
] as const;
export type AskingState = (typeof askingStates)[number];

/** HIT-6 as it stands per state and selector, with what can go wrong on the way. */
export const results = [
  "waiting",
  "hit",
  "no-hit",
  "not-searchable",
  "refused",
  "limited",
  "not-believed",
  "not-reached",
  /** Taken out of the case, or no longer hers to ask, before the question went out. */
  "withdrawn",
] as const;
export type Result = (typeof results)[number];

export interface CheckHead {
  id: Id;
  case: { id: Id; number: CaseNumber; title: string };
  state: CheckState;
  officer: Id;
  askedAt: string;
  endedAt: string | null;
  selectors: number;
  hits: number;
  states: { node: NodeCode; state: AskingState }[];
}

export interface CheckSelector {
  /** The selector's record in the case. */
  record: Id;
  /** Null once it was taken out of the case. */
  type: SelectorType | null;
  canonical: string | null;
  role: HolderRole | null;
  results: { node: NodeCode; result: Result; at: string | null }[];
}

export interface StateAsked {
  node: NodeCode;
  state: AskingState;
  /** A code: why it refused, was not reached or is not believed. */
  because: string | null;
  attempts: number;
  nextTry: string | null;
  answeredAt: string | null;
  hits: number;
  /** What the state was told: a commitment instead of the case's number. */
  commitment: string | null;
}

export interface CheckView extends CheckHead {
  purpose: Purpose;
  offence: string;
  legalBasis: string;
  supervisor: Id | null;
  decidedAt: string | null;
  needs: CheckNeed[];
  termsVersion: string;
  asked: StateAsked[];
  list: CheckSelector[];
  /** She may agree to it or decline it. */
  mayDecide: boolean;
}

export interface AskCheck {
  /** A case by its number or id. */
  case: string;
  selectors: Id[];
  states: NodeCode[];
  /** A code of the agreed list. */
  offence: string;
  legalBasis: string;
}

/** What a form is filled with before she asks: the lists, the states, and what she said last time in this case. */
export interface CheckStart {
  states: NodeCode[];
  offences: string[];
  bases: { code: string; text: string; standing: "confirmed" | "to-be-confirmed" }[];
  most: number;
  bulkFrom: number;
  remembered: { offence: string | null; legalBasis: string | null; states: NodeCode[] };
}

/** One question of another state as this node logged it; it knows neither the values nor the answers. */
export interface AnsweredEntry {
  id: Id;
  node: NodeCode;
  at: string;
  count: number;
  types: Partial<Record<SelectorType, number>>;
  purpose: string;
  offence: string;
  legalBasis: string;
  commitment: string;
  operator: string;
  supervised: boolean;
  outcome: "evaluated" | "limited" | "refused";
  because: string | null;
}

export interface PeerUsage {
  node: NodeCode;
  stopped: boolean;
  reason: string | null;
  switchedBy: Id | null;
  switchedAt: string | null;
  today: number;
  month: number;
  cases: number;
  limits: { perQuery: number; perDay: number; perCase: number };
  compared: { month: string; ours: number; theirs: number; alike: boolean } | null;
}

export interface Alarm {
  id: Id;
  at: string;
  side: "asking" | "holding";
  kind: string;
  node: NodeCode | null;
  check: Id | null;
  officer: Id | null;
  facts: Record<string, string | number>;
}

export interface AnsweredView {
  peers: PeerUsage[];
  entries: AnsweredEntry[];
  alarms: Alarm[];
  /** What of this node others can match against, by type. */
  index: { type: SelectorType; records: number; madeAt: string }[];
  maySwitch: boolean;
}

/** HIT-8: facts go to that state within a day of the hit, or the hit expires. */
export const hitLastsHours = 24;

/** A value as another state's request names it. */
export interface NamedValue {
  type: SelectorType;
  canonical: string;
}

/** What checks do for other features; made by the server with `checksForOthers`. */
export interface ChecksForOthers {
  /**
   * Whether one of the values that a state names is a canary of this node: only a guess can have found it. Oversight
   * and the contact point are told, once for each request.
   */
  lookOut(
    from: NodeCode,
    about: { request: string; reference: string },
    named: readonly NamedValue[],
  ): Promise<boolean>;
  /** HIT-5: asking here looked like counting; who watches checks is told. No value is kept. */
  alarm(of: { kind: "close" | "stepped" | "border-pace"; officer: Id; count: number }): Promise<void>;
}

/** What requests tell checks; made by the server with `followUps`. */
export interface FollowUps {
  /** Which states were asked something in these cases, and when last; what was withdrawn or never came does not count. */
  askedIn(db: Pick<Reader, "rows">, cases: readonly Id[]): Promise<{ case: Id; peer: NodeCode; at: Date }[]>;
}

/** Asking peers, as the server hands it in; the exchange behind it is not this feature's business. */
export interface Asking {
  /** Confirmed peers. */
  peers(): Promise<NodeCode[]>;
  /** Throws `ExchangeError`. */
  ask(node: NodeCode, question: string, body: Uint8Array): Promise<Uint8Array>;
}
