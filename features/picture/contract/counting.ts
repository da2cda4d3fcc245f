// How another feature counts its own records for a figure: aggregates by row and column, of one month, and nothing else.
import type { Reader, Writer } from "@simpul/store";

/** From the first instant of a month until the first of the next, by UTC, so that an act falls into the same month in every state. */
export interface Span {
  from: Date;
  until: Date;
}

/** How many fall into one row and column; values are those of the figure's axes. */
export interface Count {
  row: string;
  column: string;
  count: number;
}

/** Counts by SQL under row security as a job; gives at most one line for each row and column. */
export type CountMonth = (db: Pick<Reader | Writer, "rows">, span: Span) => Promise<Count[]>;

/** By figure. */
export type Counting = Readonly<Record<string, CountMonth>>;

/** A month, e.g. `2031-04`, as a span. Throws `RangeError` where it is none. */
export function spanOf(month: string): Span {
  const read = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(month);
  if (read === null) throw new RangeError(`${month} is no month`);
  const [year, nth] = [Number(read[1]), Number(read[2])];
  return { from: new Date(Date.UTC(year, nth - 1, 1)), until: new Date(Date.UTC(year, nth, 1)) };
}

/** The month in which an instant falls. */
export const monthOf = (at: Date): string => at.toISOString().slice(0, 7);

/** The month so many before or after. */
export function monthAfter(month: string, months: number): string {
  const { from } = spanOf(month);
  return monthOf(new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1)));
}
