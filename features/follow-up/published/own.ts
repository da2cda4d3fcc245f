// What a state released itself in the room Picture, year by year, to stand beside tables that others published.
import { offOf, type Release } from "../../picture/contract.ts";
import type { Measure, PublishedRow, Said } from "../contract/published.ts";
import { grouped } from "./compare.ts";

/** Which figure counts about the same, and which column of it; null for the whole. Nothing released counts arrests. */
const counted: Partial<Record<Measure, { figure: string; column: string | null }>> = {
  cases: { figure: "cases-opened", column: null },
  victims: { figure: "victims-identified", column: null },
  suspects: { figure: "persons-accused", column: null },
  prosecuted: { figure: "persons-charged", column: null },
  convicted: { figure: "persons-judged", column: "convicted" },
};

/** The figure that stands beside this measure; null where none does. */
export const figureFor = (measure: Measure): string | null => counted[measure]?.figure ?? null;

/** Rows beside those of tables: a year of a state each, of releases that stand; the number only where all twelve months are there. */
export function ownRows(releases: readonly Release[], measure: Measure): (PublishedRow & Said)[] {
  const of = counted[measure];
  if (of === undefined) return [];
  const years = grouped(
    releases.filter((one) => one.figure === of.figure && one.endedAt === null),
    (one) => `${one.state} ${one.month.slice(0, 4)} ${String(one.definition)}`,
  );
  return years.map((months) => {
    const { state, month, figure, rows, columns } = months[0]!;
    const cells = rows.length * (of.column === null ? columns.length : 1);
    const counts = months.flatMap((one) => {
      const at = of.column === null ? -1 : one.columns.indexOf(of.column);
      return one.cells.at(-1)?.at(at) ?? [];
    });
    const whole = counts.length === 12 ? counts.reduce((sum, one) => sum + one, 0) : null;
    return {
      ...{ state, year: Number(month.slice(0, 4)), measure, part: "", row: 0, sheet: "" },
      ...{ written: whole === null ? "" : String(whole), count: whole, below: null, note: "" },
      ...{ table: months[0]!.id, publisher: "", publishedOn: null },
      released: { figure, months: counts.length, off: offOf(months, cells) },
    };
  });
}
