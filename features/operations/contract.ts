// Operations (OP-1 to OP-3): the shapes of a plan, its board and what came of it, and what this room refuses.
import { SimpulError, type Id, type NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";

/** `lapsed`: its window passed without every state's go. `reported`: every state that takes part handed in its figures. */
export const operationStates = [
  "draft",
  "ready",
  "approved",
  "running",
  "ended",
  "reported",
  "recalled",
  "lapsed",
] as const;
export type OperationState = (typeof operationStates)[number];

export const siteStatuses = ["waiting", "entered", "secured", "people-out", "closed", "trouble"] as const;
export type SiteStatus = (typeof siteStatuses)[number];

export interface Window {
  starts: string;
  ends: string;
}
/** A step of the plan with its hour, e.g. when the doors open. */
export interface Phase {
  name: string;
  starts: string;
}
export interface Hotspot {
  name: string;
  area: string;
}
export interface Team {
  name: string;
  people: number;
  task: string;
}
export interface Authority {
  /** Who gave it, e.g. a court. */
  authority: string;
  warrant: string;
  from: string;
  until: string;
}

/** What its own state knows of a site; of another state's only label, area and commander are known here. */
export interface Site {
  id: Id;
  /** Whose record it is. */
  node: NodeCode;
  /** Where it lies. */
  state: NodeCode;
  label: string;
  area: string;
  place: { lat: number; lon: number } | null;
  authority: Authority | null;
  commander: string;
  teams: Team[];
  /** Of another state's proposal: it stands in our own list already. */
  taken: boolean;
}

export interface Reception {
  shelters: { name: string; places: number }[];
  interpreters: { language: string; people: number }[];
  screeners: number;
  medical: string;
  contact: string;
}

/** Languages that people who are brought out speak: those of the region and of where many are lured from. */
export const receptionLanguages = [
  ...(["en", "id", "km", "fil", "ms", "th", "vi", "lo", "my", "zh", "ta", "pt"] as const),
  ...(["hi", "bn", "ne", "si", "ur", "uz", "am", "sw", "fr", "ru"] as const),
] as const;

/** What stands in the way of this state's go; empty when nothing does. */
export const hindrances = [
  "not-sent",
  "window-past",
  "no-site",
  "no-authority",
  "authority-expired",
  "authority-later",
  "no-command",
  "no-team",
  "no-reception",
  "no-fallback",
  "target-over",
  "not-compared",
  "not-cleared",
] as const;
export type Hindrance = (typeof hindrances)[number];

export interface Vote {
  node: NodeCode;
  go: boolean;
  reason: string;
  at: string;
}

export const counted = ["checks", "met", "items"] as const;
export type Counted = (typeof counted)[number];
export type Tally = Record<Counted, number>;

export interface Entry {
  id: Id;
  node: NodeCode;
  site: Id | null;
  at: string;
  clockOff: boolean;
  status: SiteStatus | null;
  counts: Tally;
  text: string;
  /** Null for another state's. */
  by: string | null;
}
export interface AskEntry {
  /** Made where it was written: the same line sent twice is one line. */
  id: Id;
  site: Id | null;
  at: string;
  status: SiteStatus | null;
  counts: Tally;
  text: string;
}

/** OP-3: numbers by agreed definitions; the text of each is printed with it. */
export const reportCounts = [
  "sites",
  "checked",
  "met",
  "victims",
  "possible",
  "not-victims",
  "children",
  "arrests",
  "items",
  "exhibits",
  "accounts",
] as const;
export type ReportCount = (typeof reportCounts)[number];
export type ReportCounts = Record<ReportCount, number>;
/** The version of these definitions; it stands in every report. */
export const definitionsVersion = 1;

export interface Report {
  node: NodeCode;
  definitions: number;
  counts: ReportCounts;
  lessons: string;
  at: string;
}

export interface Plan {
  title: string;
  aim: string;
  parties: NodeCode[];
  window: Window;
  /** How people reach each other when the usual line fails. */
  fallback: string;
  hotspots: Hotspot[];
  phases: Phase[];
  /** The joint space that it belongs to, the same id at every party; null for none. */
  space: Id | null;
}

export interface OperationHead extends Plan {
  id: Id;
  lead: NodeCode;
  version: number;
  state: OperationState;
}

export const refKinds = ["target", "case"] as const;
export type RefKind = (typeof refKinds)[number];
/** A target or a case that the plan names by reference (OP-1); it does not leave the state. */
export interface Ref {
  kind: RefKind;
  id: Id;
  /** As its own room calls it; null for a reader who does not see it there. */
  title: string | null;
}
/** What an officer sees in another room and may name here. */
export interface Thing {
  id: Id;
  title: string;
  /** A target that passed its legal review and stands (VIC-2); an open space. */
  ready: boolean;
  parties: readonly NodeCode[];
}
/** The other rooms, each asked under the reader's own rights. */
export type Things = Readonly<Record<RefKind | "space", (standing: Standing) => Promise<Thing[]>>>;

export type OperationAct = "change" | "send" | "reopen" | "clear" | "vote" | "recall" | "enter" | "report";

export interface OperationView extends OperationHead {
  own: NodeCode;
  now: string;
  sentAt: string | null;
  recalled: { by: NodeCode; reason: string; at: string } | null;
  votes: Vote[];
  sites: Site[];
  reception: Reception | null;
  risks: { id: Id; risk: string; answer: string; at: string; closed: boolean }[];
  identifiers: { type: string; canonical: string }[];
  refs: Ref[];
  /** What the joint space is called; null where there is none, or she is no member of it. */
  spaceTitle: string | null;
  members: { id: Id; name: string }[];
  hindrances: Hindrance[];
  /** States asked for what stands in the plan now; what they answered is the liaison officers'. */
  compared: { at: string; asked: number; unreached: number } | null;
  cleared: { by: string; at: string; note: string } | null;
  /** Null for whoever is no liaison officer. */
  collisions: { peer: NodeCode; kind: string; what: string; heard: "asked" | "told"; at: string }[] | null;
  reports: Report[];
  may: OperationAct[];
}

export interface BoardView {
  operation: OperationHead;
  own: NodeCode;
  now: string;
  sites: { id: Id; node: NodeCode; label: string; status: SiteStatus; tally: Tally; last: string | null }[];
  total: Tally;
  entries: Entry[];
  may: OperationAct[];
}

/** Other states, and the open joint spaces that she is a member of. */
export interface OperationStart {
  own: NodeCode;
  states: NodeCode[];
  spaces: { id: Id; title: string; parties: readonly NodeCode[] }[];
}

export type OperationsCode =
  | "NOT_FOUND"
  | "NOT_A_PARTY"
  | "SITE_NOT_PART"
  | "NOT_IN_THIS_STATE"
  | "PLAN_INCOMPLETE"
  | "WINDOW_PAST"
  | "WINDOW_TOO_LONG"
  | "NOT_RUNNING"
  | "SITE_UNKNOWN"
  | "ENTRY_REUSED"
  | "COUNTS_DISAGREE"
  | "PHASE_OUTSIDE"
  | "SPACE_DIFFERS"
  | "REF_NOT_READY"
  | "NO_SUCH_COLLEAGUE"
  | "NOT_COMPARED"
  | "IDENTIFIER_UNREADABLE";

/** How refusals answer over HTTP; the server adds them to its one table. */
export const operationsRefusals: Readonly<Record<OperationsCode, 404 | 409 | 422>> = {
  NOT_FOUND: 404,
  NOT_A_PARTY: 422,
  SITE_NOT_PART: 422,
  NOT_IN_THIS_STATE: 409,
  /** `why`: what is missing. */
  PLAN_INCOMPLETE: 409,
  WINDOW_PAST: 409,
  WINDOW_TOO_LONG: 422,
  NOT_RUNNING: 409,
  SITE_UNKNOWN: 422,
  ENTRY_REUSED: 409,
  COUNTS_DISAGREE: 422,
  PHASE_OUTSIDE: 422,
  SPACE_DIFFERS: 422,
  REF_NOT_READY: 422,
  NO_SUCH_COLLEAGUE: 422,
  NOT_COMPARED: 409,
  IDENTIFIER_UNREADABLE: 422,
};
export class OperationsError extends SimpulError<OperationsCode> {
  readonly facts: Record<string, string | number>;
  constructor(code: OperationsCode, facts: Record<string, string | number> = {}) {
    super(code, Object.keys(facts).length === 0 ? undefined : JSON.stringify(facts));
    this.facts = facts;
  }
}

/** Days of a window at most; sites and identifiers a state may name; hours for which a late line of the board is taken. */
export const operationLimits = {
  days: 14,
  sites: 40,
  identifiers: 100,
  lateHours: 48,
  hotspots: 50,
  phases: 20,
  refs: 50,
} as const;

/** Text on pages of A4, as the server hands it in. */
export interface Papers {
  pdf(
    about: { title: string; language: string; at: Date },
    lines: readonly { text: string; size: number; bold?: boolean; soft?: boolean; indent?: number }[],
  ): Uint8Array<ArrayBuffer>;
}
