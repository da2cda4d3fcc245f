// What an exercise is: its script as a plain file says it, a run of it, and what stands for whom at a moment.
import { SimpulError, type AgencyKind, type NodeCode } from "@simpul/model";

export type ExercisesCode = "NOT_A_SCRIPT" | "UNKNOWN_FACT" | "ROLE_NOT_ASSIGNED";
export class ExercisesError extends SimpulError<ExercisesCode> {}

/** The newest form of a script that is read here. */
export const scriptFormat = 1;
export const scriptLimits = {
  bytes: 200_000,
  roles: 20,
  steps: 60,
  acts: 8,
  measures: 20,
  minutes: 7 * 24 * 60,
  text: 600,
} as const;

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

export interface Step {
  id: string;
  role: string;
  when: When;
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
}

/** One line of the log as an exercise needs it: that it was done, by which kind of desk of which state, and when. */
export interface ActSeen {
  kind: string;
  state: NodeCode;
  desk: AgencyKind;
  at: Date;
}

export interface Standing {
  step: Step;
  state: NodeCode;
  kind: "later" | "open" | "late" | "done";
  /** Null: what it follows is not done. */
  opensAt: Date | null;
  dueAt: Date | null;
  doneAt: Date | null;
}

/** Seconds that the exercise ran between two moments; null where one of them did not come. */
export interface Measured {
  measure: Measure;
  seconds: number | null;
}
