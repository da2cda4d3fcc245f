// What an exercise is: its script as a plain file says it, a run of it, and what stands for whom at a moment.
import { SimpulError, type AgencyKind, type NodeCode } from "@simpul/model";

export type ExercisesCode =
  | "NOT_FOUND"
  | "NO_DOOR_FOR_IT"
  | "STATE_PLAYS_NOT"
  | "START_OUT_OF_RANGE"
  | "EXERCISE_OVER"
  | "NOT_STARTED"
  | "STEP_IS_PAST"
  | "DIRECTED_BY_ANOTHER"
  | "TOO_MANY_NOTES";
export const exercisesRefusals: Readonly<Record<ExercisesCode, 403 | 404 | 409 | 422>> = {
  NOT_FOUND: 404,
  /** Something of it would have to come in by a door that this node does not have. */
  NO_DOOR_FOR_IT: 409,
  STATE_PLAYS_NOT: 422,
  START_OUT_OF_RANGE: 422,
  EXERCISE_OVER: 409,
  NOT_STARTED: 409,
  STEP_IS_PAST: 409,
  DIRECTED_BY_ANOTHER: 403,
  TOO_MANY_NOTES: 409,
};
/** `NOT_A_SCRIPT`, `UNKNOWN_FACT` and `ROLE_NOT_ASSIGNED` are faults of a file, and no answer to anybody. */
export class ExercisesError extends SimpulError<
  ExercisesCode | "NOT_A_SCRIPT" | "UNKNOWN_FACT" | "ROLE_NOT_ASSIGNED"
> {}

/** The newest form of a script that is read here. */
export const scriptFormat = 2;
export const scriptLimits = {
  bytes: 200_000,
  roles: 20,
  steps: 60,
  acts: 8,
  measures: 20,
  minutes: 7 * 24 * 60,
  text: 600,
} as const;
/** Under which the director writes notes; no role of a script may be called so. */
export const directorRole = "director";
/** Runs of one state at once; notes of one state in a run, and how long each; days ahead that one is announced at most. */
export const runLimits = { open: 10, notes: 200, note: 1000, days: 30 } as const;

/** One text in the languages of the house. */
export type Told = Readonly<Record<"en" | "id" | "km" | "fil", string>>;

export interface Role {
  id: string;
  /** Played by a desk of this kind. */
  desk: AgencyKind;
  /** The state that plays it unless the director says otherwise. */
  state: NodeCode;
  title: Told;
}

/** A moment: minutes from the beginning, or minutes after a step was done. Rests do not count. */
export type When = { minute: number } | { after: string; minutes: number };

/**
 * How what happens reaches the desk: `follows` from what another desk did; `telephone`: somebody tells it; any other is a
 * door of the node that is named so, and `with` is what it needs (`file`: which one is handed over; `call`: what is said).
 */
export interface Enters {
  by: string;
  with?: Readonly<Record<string, string>>;
}

export interface Step {
  id: string;
  role: string;
  when: When;
  enters: Enters;
  /** What reaches the desk. */
  inject: Told;
  /** What is expected of it. */
  title: Told;
  /** For learners, beside the step. */
  guidance: Told;
  /** The step is done with the first of these acts in the log of that desk. */
  acts: readonly string[];
  /** Minutes within which it should be done. */
  within: number;
}

export interface Measure {
  id: string;
  title: Told;
  from: { step: string; at: "opened" | "done" };
  to: { step: string; at: "opened" | "done" };
  /** Minutes within which it should be. */
  goal: number;
}

export interface Script {
  format: typeof scriptFormat;
  id: string;
  version: number;
  title: Told;
  story: Told;
  roles: readonly Role[];
  /** A step follows only such as stand before it. */
  steps: readonly Step[];
  measures: readonly Measure[];
}

export interface Run {
  began: Date;
  /** Times of rest; the last is open where it rests now. */
  rests: readonly { from: Date; to: Date | null }[];
  ended: Date | null;
  /** Which state plays which role, where the director said otherwise. */
  assigned: ReadonlyMap<string, NodeCode>;
  /** Steps that the director let come before their time, and those that she left out. */
  opened: ReadonlyMap<string, Date>;
  skipped: ReadonlyMap<string, Date>;
}

/** One line of the log as an exercise needs it: that it was done, by which kind of desk of which state, and when. */
export interface ActSeen {
  kind: string;
  state: NodeCode;
  desk: AgencyKind;
  at: Date;
  /** Said by the node where it was done: it ended this step, and no other. */
  step?: string;
}

export const standingKinds = ["later", "open", "late", "done", "skipped"] as const;
export interface Standing<Act extends ActSeen = ActSeen> {
  step: Step;
  state: NodeCode;
  kind: (typeof standingKinds)[number];
  /** Null: what it follows is not done. */
  opensAt: Date | null;
  dueAt: Date | null;
  doneAt: Date | null;
  /** What ended it. */
  by: Act | null;
}

/** Seconds that the exercise ran between two moments; null where one of them did not come. */
export interface Measured {
  measure: Measure;
  seconds: number | null;
}

export interface RoleView {
  id: string;
  desk: AgencyKind;
  state: NodeCode;
  title: Told;
}

/** A script as whoever may direct chooses it. */
export interface ScriptView {
  id: string;
  version: number;
  title: Told;
  story: Told;
  roles: RoleView[];
  steps: number;
  /** Minutes that all of it may take by its own times. */
  minutes: number;
  /** Doors that something of it would have to come by, and that this node does not have: it is not offered. */
  missing: string[];
}

export interface RunHead {
  id: string;
  script: string;
  title: Told;
  /** The state that directs. */
  lead: NodeCode;
  state: "announced" | "running" | "resting" | "ended";
  startsAt: string;
  endedAt: string | null;
  /** What her desk plays in it. */
  plays: Told[];
  /** She directs it. */
  directs: boolean;
}

export interface ExercisesView {
  own: NodeCode;
  /** States that can play: this one and those it exchanges with. */
  states: NodeCode[];
  mayDirect: boolean;
  scripts: ScriptView[];
  runs: RunHead[];
}

export interface StepView {
  id: string;
  /** Empty in front of learners until it has come. */
  inject: Told;
  title: Told;
  guidance: Told;
  kind: Standing["kind"];
  opensAt: string | null;
  dueAt: string | null;
  doneAt: string | null;
  /** What it follows; null where it comes at its own time. */
  after: Told | null;
  by: string;
  /** Handed over with it. */
  file: string | null;
  /** Where the work is done. */
  to: string | null;
}

export interface SeatView extends RoleView {
  /** When somebody of that desk first opened it. */
  seenAt: string | null;
  steps: (StepView & {
    /** When it was let in at its node; null: not yet. */
    enteredAt: string | null;
    /** Why it could not be. */
    stuck: string | null;
  })[];
}

export interface NoteView {
  id: string;
  role: string;
  /** Null: the one that the role's title names. */
  state: NodeCode | null;
  text: string;
  at: string;
  mine: boolean;
}

export const runActs = ["rest", "go-on", "end", "take-over", "now", "skip", "note"] as const;
export type RunAct = (typeof runActs)[number];

export interface RunView {
  head: RunHead;
  own: NodeCode;
  now: string;
  story: Told;
  /** Who directs, as her own node names her. */
  director: string | null;
  states: NodeCode[];
  roles: RoleView[];
  /** Her desk's own, what has come of it. */
  mine: (RoleView & { steps: StepView[] })[];
  /** In front of who directs alone. */
  board: { state: NodeCode; toldAt: string | null; refused: string | null; seats: SeatView[] }[] | null;
  may: RunAct[];
}

export interface MeasureView {
  id: string;
  title: Told;
  seconds: number | null;
  goal: number;
  /** Of the run it is compared with. */
  was: number | null;
}

export interface HotWashView {
  head: RunHead;
  measures: MeasureView[];
  steps: (Pick<StepView, "id" | "title" | "kind" | "opensAt" | "dueAt" | "doneAt"> & {
    role: Told;
    /** Null: the one that the role's title names. */
    state: NodeCode | null;
    /** Seconds from its coming to its end. */
    seconds: number | null;
    goal: number;
  })[];
  notes: NoteView[];
  roles: RoleView[];
  /** Roles for which she may write a note. */
  writes: string[];
  /** Other runs of this script that ended, the newest first. */
  others: { id: string; startsAt: string }[];
  with: string | null;
}
