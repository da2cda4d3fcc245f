// Areas of two degrees, by which sites are published and never by place: where each lies, and what it is called.
import type { Words } from "@simpul/doors/i18n";
import areas from "./areas.json" with { type: "json" };

/** Codes of all areas, from south to north and west to east; a code names the south-western corner, e.g. `n10e104`. */
export const areaCodes = Object.keys(areas);

/** Degrees along one side of an area. */
export const areaSide = 2;

/** The south-western corner of an area, in degrees; null where the code is none. */
export function cornerOf(area: string): { south: number; west: number } | null {
  const read = /^([ns])(\d\d)e(\d{3})$/.exec(area);
  if (read === null) return null;
  return { south: Number(read[2]) * (read[1] === "s" ? -1 : 1), west: Number(read[3]) };
}

/**
 * An area in the reader's language: the states whose land lies in it, the one with most of it first, and its sides in
 * degrees. Null where the code is none.
 */
export function sayArea(
  area: string,
  { say, state, list }: Pick<Words, "say" | "state" | "list">,
): string | null {
  const corner = cornerOf(area);
  if (corner === null) return null;
  const degree = (degrees: number, side: "n" | "s" | "e"): string =>
    say("picture.degree", { degrees: Math.abs(degrees), side });
  const latitude = (degrees: number): string => degree(degrees, degrees < 0 ? "s" : "n");
  const held: readonly string[] = (areas as Record<string, string[]>)[area] ?? [];
  return say("picture.area", {
    ...{ states: list(held.map((code) => state(code))), south: latitude(corner.south) },
    ...{ north: latitude(corner.south + areaSide), west: degree(corner.west, "e") },
    east: degree(corner.west + areaSide, "e"),
  });
}
