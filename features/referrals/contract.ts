// What others may know of consent, referrals and transfers: shapes, states, refusals, and what victim desks exchange.
import { SimpulError } from "@simpul/model";
import type { Id, NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import type { JWK } from "jose";
import type { AtDesk, Person } from "../victims/contract.ts";

/** What a service may be told; each by itself, so that nobody gets more than the kind of help needs. */
export const dataSets = [
  "name",
  "sex-age",
  "language",
  "contact",
  "companions",
  "needs",
  "safety",
  "health",
  "legal",
  "documents",
  "account",
  "family",
] as const;
export type DataSet = (typeof dataSets)[number];

export const serviceKinds = [
  "shelter",
  "medical",
  "legal-aid",
  "interpreter",
  "compensation",
  "grievance",
  "consular",
  "victim-desk",
] as const;
export type ServiceKind = (typeof serviceKinds)[number];

/** Steps of tracks, each with its word in every language; which a kind of help has, and in which order, the terms say. */
export const trackSteps = [
  ...([
    "place-found",
    "arrived",
    "left",
    "seen",
    "treated",
    "follow-up",
    "met",
    "mandate",
    "booked",
  ] as const),
  ...(["filed", "decided", "paid", "answered", "appealed", "visited", "paper", "closed"] as const),
  ...(["in-hand", "done"] as const),
] as const;

/** What victim desks pass to each other and to services. One machine for all: offered, answered, called back. */
export const shareKinds = ["referral", "transfer", "proposal", "missing", "nationality"] as const;
export type ShareKind = (typeof shareKinds)[number];

/** `link`: opened once by a service without a node; `hand`: told by phone or on paper; `peer`: to a victim desk. */
export const ways = ["link", "hand", "peer"] as const;
export type Way = (typeof ways)[number];

/** VIC-4. `returned`: nobody answered in time. `withdrawn`: she took back her consent. */
export const shareStates = [
  "pending",
  "accepted",
  "rejected",
  "done",
  "revoked",
  "returned",
  "withdrawn",
] as const;
export type ShareState = (typeof shareStates)[number];

export const rejections = ["no-place", "not-served", "no-language", "not-safe", "not-ours", "other"] as const;
export type Rejection = (typeof rejections)[number];

/** What stands in the clear of one share: no person, no content; times to the minute, for the clock must be kept. */
export interface Share {
  id: Id;
  ours: boolean;
  what: ShareKind;
  thread: Id;
  way: Way;
  /** The other state; null where a service has it. */
  peer: NodeCode | null;
  state: ShareState;
  at: string;
  due: string | null;
  changedAt: string;
  /** Two offers of one person met on the way, and the other one stood. */
  crossed: boolean;
  /** The link was opened. */
  opened: boolean;
}

/** Who holds what was shared, as far down as it went (COR-1). */
export interface Holder {
  share: Id;
  /** The share through which it went on; null for the first. */
  via: Id | null;
  /** Null where a service in that state has it. */
  state: NodeCode | null;
  way: Way;
  toldAt: string | null;
  closedAt: string | null;
  overdue: boolean;
}

export interface Service {
  id: Id;
  name: string;
  kinds: ServiceKind[];
  /** BCP 47. */
  languages: string[];
  serves: ("women" | "men" | "girls" | "boys" | "families" | "other")[];
  capacity: number | null;
  place: string;
  contact: string;
  way: "link" | "hand";
  vetted: { by: Id; at: string; until: string } | null;
  active: boolean;
}

/** Where a consent goes: a service of the directory, or the victim desk of another state. */
export type Recipient = { kind: "service"; id: Id } | { kind: "state"; state: NodeCode };

/** By when a service that said yes has taken a step of its track; a state's own goes before the one for all. */
export interface TrackClock {
  step: string;
  hours: number;
  source: string;
  confirmed: boolean;
}
/** The step of a track that is next by the clock. */
export interface NextOnTrack {
  step: string;
  due: string;
  source: string;
  confirmed: boolean;
}

export const sharePurposes = ["help", "protection", "return", "family", "remedy", "care-elsewhere"] as const;
export type SharePurpose = (typeof sharePurposes)[number];

/** VIC-3, one sealed fact about a person. */
export interface Consent {
  recipient: Recipient;
  recipientName: string;
  purpose: SharePurpose;
  /** `file`: all that is known, for a transfer. */
  data: (DataSet | "file")[];
  /** Whether the recipient may pass it on to those who help. */
  onward: boolean;
  answer: "given" | "refused";
  language: string;
  /** Version of the text that she read or heard. */
  text: string;
  how: "read" | "heard" | "interpreter";
  interpreter: string;
  guardian: { name: string; relation: string } | null;
}

export const overrideReasons = ["danger-to-life", "child-interest"] as const;
/** Sharing without consent; only for these reasons, and another officer reviews it (VIC-3). */
export interface Override {
  recipient: Recipient;
  recipientName: string;
  purpose: SharePurpose;
  data: (DataSet | "file")[];
  because: (typeof overrideReasons)[number];
  reason: string;
}

/** What a victim desk receives of another: sealed, and opened only while the desk is open. */
export interface Given {
  v: 1;
  what: ShareKind;
  from: NodeCode;
  content: unknown;
}

/** What a service or desk is shown of a referral; nothing else leaves. */
export interface Referred {
  kind: ServiceKind;
  purpose: SharePurpose;
  urgent: boolean;
  data: Partial<Record<DataSet, string>>;
  note: string;
  /** Whether it may be passed on. */
  onward: boolean;
  /** How to reach the desk that asks. */
  desk: string;
}

/** The key of another state's victim desk, as its node signed it. */
export interface PeerDeskKey {
  peer: NodeCode;
  kid: string;
  key: JWK;
  /** Read out over a second channel, in groups of four. */
  fingerprint: string;
  /** `trusted`: things are sealed to it. `changed`: a new key, until two persons compared it. `old`: replaced. */
  state: "trusted" | "changed" | "old";
  at: string;
}

/** For every room that seals to other victim desks; made by the server. */
export interface PeerDesks {
  /** States whose victim desk has a key in force. */
  states(db: Pick<Reader | Writer, "rows">): Promise<NodeCode[]>;
  /** Null: that desk has none yet. Throws `PEER_DESK_KEY_CHANGED` until its new key was compared. */
  keyOf(db: Pick<Reader | Writer, "rows">, peer: NodeCode): Promise<PeerDeskKey | null>;
  /** Seals any JSON to that desk (JWE compact). Throws `NO_PEER_DESK_KEY`, `PEER_DESK_KEY_CHANGED`. */
  sealFor(db: Pick<Reader | Writer, "rows">, peer: NodeCode, value: unknown): Promise<string>;
}

/** What the room of returns does with shares of its own kinds; made by the server. */
export interface SharesForReturns {
  /**
   * To other victim desks, each its own share in one thread; `thread` is made by the page and its second factor is bound
   * to it. Gives the shares by state. Throws `NO_PEER_DESK_KEY`, `PEER_DESK_KEY_CHANGED`.
   */
  offer(
    who: AtDesk,
    ask: { what: "missing" | "nationality"; thread: Id; to: readonly NodeCode[]; content: unknown },
  ): Promise<{ id: Id; peer: NodeCode }[]>;
  list(who: AtDesk, what: "missing" | "nationality"): Promise<Share[]>;
  /** What it says and what was answered; null where that is not held any more or cannot be opened. */
  read(who: AtDesk, id: Id): Promise<{ share: Share; content: unknown; answer: unknown }>;
  /** `accepted` with what is known, `rejected` with nothing known. */
  answer(who: AtDesk, id: Id, step: "accepted" | "rejected", answer: unknown): Promise<void>;
  revoke(who: AtDesk, id: Id): Promise<void>;
  /** Whether her word, or an override, lets this state know this for her return. */
  mayTell(person: Person, state: NodeCode, data: readonly DataSet[]): boolean;
  states(who: AtDesk): Promise<NodeCode[]>;
  /** The state whose desk looks after her since a hand-over; null: this one. */
  elsewhere(db: Pick<Reader | Writer, "rows">, person: Person): Promise<NodeCode | null>;
}

export type ReferralsCode =
  | "NOT_NOW"
  | "REASON_NEEDED"
  | "NO_CONSENT"
  | "CONSENT_WITHDRAWN"
  | "NOT_NEEDED_THERE"
  | "NO_PEER_DESK_KEY"
  | "PEER_DESK_KEY_CHANGED"
  | "NO_NAME"
  | "NOT_VETTED"
  | "CHILD_NEEDS_GUARDIAN"
  | "SAME_OFFICER"
  | "LINK_DEAD"
  | "MOVED_AWAY";
export const referralsRefusals: Readonly<Record<ReferralsCode, 404 | 409 | 410 | 422>> = {
  NOT_NOW: 409,
  REASON_NEEDED: 422,
  /** Neither a consent nor an override covers this recipient, purpose and data. */
  NO_CONSENT: 409,
  CONSENT_WITHDRAWN: 409,
  /** Data that this kind of help does not need. */
  NOT_NEEDED_THERE: 422,
  NO_PEER_DESK_KEY: 409,
  PEER_DESK_KEY_CHANGED: 409,
  /** A hand-over names the person, or says that her name is not known. */
  NO_NAME: 422,
  NOT_VETTED: 409,
  CHILD_NEEDS_GUARDIAN: 422,
  SAME_OFFICER: 409,
  LINK_DEAD: 410,
  /** Another state looks after her; what is added goes there as a proposal. */
  MOVED_AWAY: 409,
};

/** A refusal of this room. Its doors also answer `NOT_FOUND`, `BAD_INPUT` and what the compartment refuses. */
export class ReferralsError extends SimpulError<ReferralsCode | "NOT_FOUND"> {
  readonly facts: Record<string, string | number>;
  constructor(code: ReferralsCode | "NOT_FOUND", facts: Record<string, string | number> = {}) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}
