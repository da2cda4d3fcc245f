// How a place becomes an area, for every room that cuts figures for a coordination unit.

/** A cell of half a degree, about 55 kilometres: its south-western corner. */
export interface Area {
  lat: number;
  lon: number;
}
export const areaDegrees = 0.5;

const cell = (degrees: number): number => Math.floor(degrees / areaDegrees) * areaDegrees + 0;

/** The cell of half a degree in which a place lies. */
export const areaOf = (place: { lat: number; lon: number } | null): Area | null =>
  place === null ? null : { lat: cell(place.lat), lon: cell(place.lon) };

/** Rows of the same values become one with their number. */
export function counted<T extends object>(rows: readonly T[]): (T & { count: number })[] {
  const found = new Map<string, T & { count: number }>();
  for (const row of rows) {
    const key = JSON.stringify(row);
    found.set(key, { ...row, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}
