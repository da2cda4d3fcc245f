// How a point stands, from released figures alone: who gave, what is missing, which way it goes.
import type { AgencyKind, NodeCode } from "@simpul/model";
import { definitionIn, type Release } from "../picture/contract.ts";
import type {
  BoardView,
  Declaration,
  FigureLine,
  FigureMonth,
  PointLine,
  PointOf,
  PointState,
  Trend,
} from "./contract.ts";

/** The months up to and with this one, oldest first: `2031-04`. */
export function monthsBefore(month: string, count: number): string[] {
  const [year, nth] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  return Array.from({ length: count }, (_, at) => {
    const whole = year * 12 + nth - 1 - (count - 1 - at);
    return `${String(Math.floor(whole / 12))}-${String((whole % 12) + 1).padStart(2, "0")}`;
  });
}

/** The last whole month before an instant, by UTC. */
export const lastMonth = (now: Date): string => monthsBefore(now.toISOString().slice(0, 7), 2)[0]!;

/**
 * The whole of a released table, and by how much it may be off: noise on each of its cells (discrete Laplace, whose
 * variance is 2q / (1 - q)^2 with q = exp(-epsilon)), twice its deviation, and the step of rounding.
 */
export function figureMonth(of: Release): FigureMonth {
  const { base, epsilon } = of.protection;
  const q = epsilon === null ? 0 : Math.exp(-epsilon.of / epsilon.outOf);
  const deviation = Math.sqrt((of.rows.length * of.columns.length * 2 * q) / (1 - q) ** 2);
  return {
    ...{ state: of.state, figure: of.figure, definition: of.definition, month: of.month, at: of.at },
    count: of.cells.at(-1)?.at(-1) ?? null,
    within: Math.ceil(1.96 * deviation) + base - 1,
  };
}

/**
 * The last two months that were given whole, against what they may be off together: within that it is level. Noise on
 * two counts adds as its square (independent draws).
 */
export function trendOf(months: readonly { count: number | null; within: number }[]): Trend {
  const [before, after] = months.slice(-2);
  if (before === undefined || after === undefined || before.count === null || after.count === null)
    return "unclear";
  const change = after.count - before.count;
  if (Math.abs(change) <= Math.hypot(before.within, after.within)) return "level";
  return change > 0 ? "up" : "down";
}

/** One figure by the definition in force; what was counted by another definition is not put on its line. */
export function figureLine(
  given: readonly FigureMonth[],
  of: {
    code: string;
    definition: number;
    desk: AgencyKind | null;
    states: readonly NodeCode[];
    months: readonly string[];
  },
): FigureLine {
  const { code, definition, desk, states } = of;
  const own = given.filter(
    (one) =>
      one.figure === code &&
      one.definition === definition &&
      states.includes(one.state) &&
      of.months.includes(one.month),
  );
  const gave = states.filter((state) => own.some((one) => one.state === state && one.count !== null));
  const months = of.months.map((month) => {
    const there = own.filter((one) => one.month === month);
    const known = there.filter((one) => one.count !== null);
    // A sum over fewer states than gave anything would look like a fall.
    const whole = gave.length > 0 && gave.every((state) => known.some((one) => one.state === state));
    return {
      month,
      count: known.length === 0 ? null : known.reduce((sum, one) => sum + one.count!, 0),
      within: Math.hypot(...known.map((one) => one.within)),
      whole,
    };
  });
  const newest = own.toSorted((a, b) =>
    a.month === b.month ? (a.at < b.at ? 1 : -1) : a.month < b.month ? 1 : -1,
  )[0];
  const withheld = states.filter(
    (state) => !gave.includes(state) && own.some((one) => one.state === state && one.count === null),
  );
  return {
    ...{ code, definition, desk, gave, withheld },
    months: months.map(({ month, count }) => ({ month, count })),
    trend: trendOf(months.filter((one) => one.whole)),
    last: newest === undefined ? null : { month: newest.month, at: newest.at },
    missing: states.filter((state) => !gave.includes(state) && !withheld.includes(state)),
  };
}

/** From its figures only: no hand sets it. */
export function pointState(
  point: Pick<PointOf, "standing">,
  figures: readonly Pick<FigureLine, "gave" | "missing">[],
): PointState {
  if (point.standing !== "seen") return "no-text";
  if (figures.every((one) => one.gave.length === 0)) return "none";
  return figures.every((one) => one.gave.length > 0 && one.missing.length === 0) ? "whole" : "some";
}

/** The whole board for these states, over these months. Time grows with points times figures given. */
export function boardOf(
  declaration: Declaration,
  given: readonly FigureMonth[],
  { states, months }: { states: readonly NodeCode[]; months: readonly string[] },
): BoardView {
  const lines = new Map<string, FigureLine>();
  const lineOf = (code: string): FigureLine => {
    const kept = lines.get(code);
    if (kept !== undefined) return kept;
    const definition = definitionIn(code, months.at(-1)!)?.version ?? 1;
    const line = figureLine(given, {
      ...{ code, definition, states, months },
      desk: declaration.owedBy[code] ?? null,
    });
    lines.set(code, line);
    return line;
  };
  const pointLine = (key: string, point: Omit<PointOf, "number">): PointLine => {
    const figures = point.figures.map(lineOf);
    const last = figures.flatMap((one) => (one.last === null ? [] : [one.last.month])).toSorted();
    return {
      ...{ key, standing: point.standing, sources: point.sources, figures },
      state: pointState(point, figures),
      last: last.at(-1) ?? null,
    };
  };
  return {
    ...{ version: declaration.version, countedIn: declaration.countedIn },
    ...{ states: [...states], months: [...months] },
    points: declaration.points.map((one) => pointLine(String(one.number), one)),
    workPlan: declaration.workPlan.map((one) => pointLine(one.code, one)),
  };
}
