// What stands on a case's map: circles of precision, and the routes that its events tell.
import { geoMercator } from "d3-geo";
import type { Event, Place, Subject } from "../contract.ts";
import { isProtected, mainName, parseWhen } from "../rules.ts";
import region from "./region.json";

const projection = geoMercator()
  .scale(region.scale)
  .translate(region.translate as [number, number]);

/** Where a place lies on the map and how large its circle is; null when it has no position, or lies outside. */
export function circleOf(place: Pick<Place, "position">): { x: number; y: number; r: number } | null {
  if (place.position === null) return null;
  const { latitude, longitude, radius } = place.position;
  const middle = projection([longitude, latitude]);
  // A degree of latitude is 111.2 km everywhere.
  const edge = projection([longitude, Math.max(-89, latitude - radius / 111_200)]);
  if (middle === null || edge === null) return null;
  const [x, y] = middle;
  if (x < 0 || y < 0 || x > region.width || y > region.height) return null;
  return { x, y, r: Math.abs(edge[1] - y) };
}

/** From one place to the next in which the same subject was seen. */
export interface Leg {
  id: string;
  from: { x: number; y: number };
  to: { x: number; y: number };
  /** Name of who moved. */
  who: string;
  /** The later event as it was written. */
  began: string;
}

/** VIC-7: nobody who is protected is drawn. Order is that of the events; a route says nothing of the road between. */
export function legsOf(
  events: readonly Event[],
  subjects: readonly Subject[],
  places: readonly Pick<Place, "id" | "position">[],
): Leg[] {
  const at = new Map(places.map((place) => [place.id, circleOf(place)]));
  return subjects
    .filter((subject) => !isProtected(subject.role))
    .flatMap((subject) => {
      const seen = events
        .filter((event) => event.place !== null && event.subjects.includes(subject.id))
        .sort((a, b) => parseWhen(a.began).begins.getTime() - parseWhen(b.began).begins.getTime());
      const { text, romanised } = mainName(subject);
      return seen.flatMap((event, i): Leg[] => {
        const before = seen[i - 1];
        if (!before?.place || !event.place || before.place === event.place) return [];
        const [from, to] = [at.get(before.place), at.get(event.place)];
        return from && to
          ? [{ id: `${event.id} ${subject.id}`, from, to, who: romanised ?? text, began: event.began }]
          : [];
      });
    });
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export const wholeRegion: Box = { x: 0, y: 0, width: region.width, height: region.height };

/** The piece of the map around the circles, with room about them; null when there are none. */
export function around(circles: readonly { x: number; y: number; r: number }[]): Box | null {
  if (circles.length === 0) return null;
  const west = Math.min(...circles.map((one) => one.x - one.r));
  const east = Math.max(...circles.map((one) => one.x + one.r));
  const north = Math.min(...circles.map((one) => one.y - one.r));
  const south = Math.max(...circles.map((one) => one.y + one.r));
  const side = Math.min(region.width, Math.max(east - west, south - north, 60) * 3);
  return {
    x: (west + east) / 2 - side / 2,
    y: (north + south) / 2 - side * 0.35,
    width: side,
    height: side * 0.7,
  };
}
