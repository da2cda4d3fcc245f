// Sources side by side: each number as its source gives it, what contradicts said in a word, and nothing averaged.
import type { Comparison, PublishedRow, Said, SideBySide } from "../contract/published.ts";

type Counted = Pick<PublishedRow, "count" | "below"> & Pick<Said, "released">;
const placeOf = (row: Pick<PublishedRow, "state" | "year" | "measure" | "part">): string =>
  JSON.stringify([row.state, row.year, row.measure, row.part.toLowerCase()]);

/**
 * Whether both can be true: `<5` and 3 can, `<5` and 7 cannot; a released figure and what lies within its noise can; where
 * nothing is given, nothing is contradicted.
 */
export function canBothBe(one: Counted, other: Counted): boolean {
  if (one.count !== null && other.count !== null)
    return Math.abs(one.count - other.count) <= (one.released?.off ?? 0) + (other.released?.off ?? 0);
  const [count, below] = one.count !== null ? [one.count, other.below] : [other.count, one.below];
  return count === null || below === null || count < below;
}

/** In groups by what `key` says of each, in the order in which they came. */
export function grouped<T>(all: readonly T[], key: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

const anyTwo = <T>(all: readonly T[], wrong: (one: T, other: T) => boolean): boolean =>
  all.some((one, at) => all.slice(at + 1).some((other) => wrong(one, other)));

/** Places that a table fills more than once, and how many of them with numbers that cannot both be. */
export function contradictoryPlaces(rows: readonly PublishedRow[]): {
  twice: number;
  contradictory: number;
} {
  const twice = grouped(rows, placeOf).filter((one) => one.length > 1);
  return {
    twice: twice.length,
    contradictory: twice.filter((one) => anyTwo(distinct(one), (a, b) => !canBothBe(a, b))).length,
  };
}

/** One of each number: thousands of rows of one place stay quick to compare. */
const distinct = <T extends Counted>(rows: readonly T[]): T[] => [
  ...new Map(rows.map((one) => [JSON.stringify([one.count, one.below, one.released]), one])).values(),
];

export function comparisonOf(said: readonly Said[]): Comparison {
  const numbers = said.filter((one) => one.count !== null || one.below !== null);
  const sources = grouped(numbers, (one) => one.publisher).map(distinct);
  if (sources.some((one) => anyTwo(one, (a, b) => !canBothBe(a, b)))) return "itself";
  if (numbers.length < 2) return numbers.length === 0 ? "none" : "one";
  return anyTwo(distinct(numbers), (a, b) => !canBothBe(a, b)) ? "differ" : "agree";
}

/** By state, newest year first, then measure and part; of a source the newest publication first. */
export function sideBySide(rows: readonly (PublishedRow & Said)[]): SideBySide[] {
  const groups = grouped(rows, placeOf).map((group): SideBySide => {
    const { state, year, measure, part } = group[0]!;
    const said = group
      .map(({ table, publisher, publishedOn, written, count, below, note, row, sheet, released }) => ({
        ...{ table, publisher, publishedOn, written, count, below, note, row, sheet },
        ...(released !== undefined && { released }),
      }))
      .toSorted(
        (a, b) =>
          a.publisher.localeCompare(b.publisher) ||
          (b.publishedOn ?? "").localeCompare(a.publishedOn ?? "") ||
          a.row - b.row,
      );
    const counts = said.flatMap((one) => (one.count === null ? [] : [one.count]));
    return {
      ...{ state, year, measure, part, said },
      comparison: comparisonOf(said),
      from: counts.length < 2 ? null : Math.min(...counts),
      to: counts.length < 2 ? null : Math.max(...counts),
    };
  });
  return groups.toSorted(
    (a, b) =>
      a.state.localeCompare(b.state) ||
      b.year - a.year ||
      a.measure.localeCompare(b.measure) ||
      a.part.localeCompare(b.part),
  );
}
