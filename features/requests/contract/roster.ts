// Who is on duty when: a desk's roster by week, on the clocks of its state (MSG-8).
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";

export interface Shift {
  officer: Id;
  /** The day on which it begins, and its hours as the state's clocks show them; until at or before from: of the next day. */
  day: string;
  from: string;
  until: string;
}

export interface RosterView {
  desk: Id;
  /** The Monday, an ISO day. */
  week: string;
  /** 0 while nobody wrote this week. */
  version: number;
  shifts: Shift[];
  /** Times of this week in which nobody is on duty who is here or has somebody in her place; wall times of the state. */
  gaps: { from: string; until: string }[];
  /** On duty at this moment. */
  now: { officer: Id }[];
  /** Who may be put on it. */
  officers: { officer: Id }[];
  mayKeep: boolean;
}

export interface AskRoster {
  /** The version it was read in. */
  version: number;
  shifts: Shift[];
}

/**
 * Shifts in a week; how many weeks back and ahead a roster is written; so many days ahead its head is told of hours without
 * anybody, as long as a shift of the last `daysKept` days shows that the desk keeps a roster.
 */
export const rosterLimits = { shifts: 200, weeksBack: 4, weeksAhead: 53, daysTold: 7, daysKept: 28 } as const;

export interface Told {
  officer: Id;
  /** Away; the officer stands in for her. */
  insteadOf: Id | null;
}

/** Whom a step of the clock tells: of these desks those on duty by their rosters, or their supervisors. */
export interface DutyForOthers {
  toTell(db: Pick<Writer, "rows">, of: { desks: readonly Id[]; supervisors: boolean }): Promise<Told[]>;
}
