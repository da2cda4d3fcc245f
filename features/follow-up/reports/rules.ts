// What a report is, from values alone: its period and day, its numbers out of what was released, what changed between two versions.
import type { Release } from "../../picture/contract.ts";
import {
  reportLimits,
  reportTexts,
  type Change,
  type ReportFigure,
  type ReportPeriod,
  type ReportTexts,
  type Template,
} from "../contract/reports.ts";
import { lastMonth, monthsBefore } from "../rules.ts";

/** `2031-04` or `2031`: the last period that ended. */
export const lastPeriod = (period: ReportPeriod, now: Date): string =>
  period === "month" ? lastMonth(now) : String(now.getUTCFullYear() - 1);

export const monthsOf = (of: string): string[] => (of.length === 4 ? monthsBefore(`${of}-12`, 12) : [of]);

/** The first instant after it, by UTC. */
export function endOf(of: string): Date {
  const last = monthsOf(of).at(-1)!;
  return new Date(Date.UTC(Number(last.slice(0, 4)), Number(last.slice(5, 7)), 1));
}

/** `2031-05-10`: ten days after April, when ten days are given. */
export const dueOn = ({ dueDays }: Pick<Template, "dueDays">, of: string): string =>
  new Date(endOf(of).getTime() + (dueDays - 1) * 86_400_000).toISOString().slice(0, 10);

/** Whether it is a month or a year that ended, and not too long ago. */
export function isPeriod(period: ReportPeriod, of: string, now: Date): boolean {
  if (!(period === "month" ? /^20\d\d-(0[1-9]|1[0-2])$/ : /^20\d\d$/).test(of)) return false;
  return endOf(of) <= now && Number(of.slice(0, 4)) >= now.getUTCFullYear() - reportLimits.yearsBack;
}

/** A sum says less than it seems when a part of it is not known: then it is not known either. */
const sum = (counts: readonly (number | null)[]): number | null =>
  counts.includes(null) ? null : counts.reduce<number>((all, one) => all + one!, 0);

/**
 * Each figure of the template over these months, by the definition in force in the last of them; what was counted by
 * another stands as missing, never added. `released` are the releases of this state that stand.
 */
export function figuresOf(
  released: readonly Release[],
  of: { figures: readonly { figure: string; definition: number }[]; months: readonly string[] },
): ReportFigure[] {
  return of.figures.map(({ figure, definition }) => {
    const tables = of.months.flatMap((month) => {
      const one = released.find(
        (each) => each.figure === figure && each.definition === definition && each.month === month,
      );
      return one === undefined ? [] : [one];
    });
    const rows = [...new Set(tables.flatMap((one) => one.rows))];
    const months = tables.map((one) => one.month);
    return {
      ...{ figure, definition, months },
      missing: of.months.filter((month) => !months.includes(month)),
      whole: tables.length === 0 ? null : sum(tables.map((one) => one.cells.at(-1)?.at(-1) ?? null)),
      rows: rows.map((row) => ({
        row,
        count: sum(tables.map((one) => one.cells[one.rows.indexOf(row)]?.at(-1) ?? null)),
      })),
    };
  });
}

interface Written {
  figures: readonly ReportFigure[];
  texts: ReportTexts;
}
/** What the later of two versions says otherwise: texts whole, figures number by number. */
export function changesBetween(before: Written, after: Written): Change[] {
  const texts = reportTexts.flatMap((of): Change[] =>
    before.texts[of] === after.texts[of]
      ? []
      : [{ kind: "text", of, before: before.texts[of], after: after.texts[of] }],
  );
  const figures = after.figures.flatMap((now): Change[] => {
    const then = before.figures.find((one) => one.figure === now.figure);
    const of = now.figure;
    const changed: Change[] =
      (then?.whole ?? null) === now.whole
        ? []
        : [{ kind: "figure", of, before: then?.whole ?? null, after: now.whole }];
    const names = new Set([...now.rows, ...(then?.rows ?? [])].map((one) => one.row));
    for (const row of names) {
      const [was, is] = [then, now].map((one) => one?.rows.find((each) => each.row === row)?.count ?? null);
      if (was !== is) changed.push({ kind: "row", of, row, before: was!, after: is! });
    }
    return changed;
  });
  return [...texts, ...figures];
}
