// What a regional coordination unit is given: numbers, codes, days and areas. No shape here has room for a word about a person.
import { SimpulError, type Id, type NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import type { Area } from "./contract/areas.ts";
import type { Spoken } from "./contract/words.ts";
import { phases, thingKinds, type Phase, type ThingKind } from "../joint/contract.ts";
import {
  operationStates,
  reportCounts,
  siteStatuses,
  type OperationState,
  type ReportCounts,
  type SiteStatus,
} from "../operations/contract.ts";

export * from "./contract/areas.ts";
export * from "./contract/words.ts";
export { operationStates, phases, reportCounts, siteStatuses, thingKinds };

export const requestPhases = ["open", "answered", "refused", "withdrawn"] as const;
/** Of one state alone: what it put in, what falls due, how its requests to the other parties stand. */
export interface SpaceFigures {
  kind: "space";
  parties: NodeCode[];
  /** Crime types of the list that all nodes ship. */
  offences: string[];
  from: string;
  until: string;
  phase: Phase;
  counts: Partial<Record<ThingKind, number>>;
  sites: { at: Area | null; count: number }[];
  tasks: { open: number; overdue: number; done: number };
  /** Instants of its dates; `discloses`: its proceedings will force disclosure. */
  dates: { at: string; discloses: boolean }[];
  members: number;
  requests: Record<(typeof requestPhases)[number] | "overdue", number>;
}

export interface OperationFigures {
  kind: "operation";
  /** The space it belongs to. */
  space: Id;
  parties: NodeCode[];
  starts: string;
  ends: string;
  state: OperationState;
  /** When its steps begin; what they are called stays at home. */
  steps: string[];
  /** Its own word; null while it said none. */
  go: boolean | null;
  sites: { at: Area | null; status: SiteStatus; count: number }[];
  report: ReportCounts | null;
}

export const stepCounts = ["later", "open", "late", "done", "skipped"] as const;
export interface ExerciseFigures {
  kind: "exercise";
  /** A script that every node ships. */
  script: string;
  states: NodeCode[];
  startsAt: string;
  endedAt: string | null;
  steps: ({ state: NodeCode } & Record<(typeof stepCounts)[number], number>)[];
  /** In the order of the script: seconds that it took, and that it should take. */
  measures: { seconds: number | null; goal: number }[];
}

export type Figures = SpaceFigures | OperationFigures | ExerciseFigures;
export const abouts = ["space", "operation", "exercise"] as const;
export type About = (typeof abouts)[number];

/** One space, operation or exercise of this node with the units that it names, and all they may learn of it now. */
export interface ToTell {
  about: About;
  id: Id;
  units: NodeCode[];
  figures: Figures;
}
/** Each room cuts its own: what it leaves out here never leaves this node. Asked under the node's own name. */
export type FiguresSource = (db: Pick<Reader | Writer, "rows">) => Promise<ToTell[]>;

/** What one state says of one thing, as the unit reads it. */
export interface Told {
  state: NodeCode;
  at: string;
  /** Null: it took its figures back, or its part is over. */
  figures: Figures | null;
}
export interface CoordinatedHead {
  about: About;
  id: Id;
  /** Short, from the id: a title could name somebody, so none comes. */
  code: string;
  /** In words of codes alone; of the newest figures. */
  states: NodeCode[];
  begins: string;
  ends: string | null;
  stands: string;
  newest: string;
}
export interface CoordinatedView extends CoordinatedHead {
  own: NodeCode;
  told: Told[];
  /** What was said to its parties, newest first. */
  words: Spoken[];
  /** Operations of this space. */
  within: CoordinatedHead[];
}
/** What this node told about one of its own things, for who speaks for the state. */
export interface ToldByUs {
  unit: NodeCode;
  at: string;
  figures: Figures | null;
}

/** Figures of one state that a unit keeps at most; sites, dates and steps in one letter; words to one party that it did not answer. */
export const coordinationLimits = { perState: 2000, rows: 500, units: 4, words: 20 } as const;

export type CoordinationCode = "NOT_FOUND" | "LIMIT_REACHED";
export const coordinationRefusals: Readonly<Record<CoordinationCode, 404 | 422>> = {
  NOT_FOUND: 404,
  LIMIT_REACHED: 422,
};
export class CoordinationError extends SimpulError<CoordinationCode> {}
