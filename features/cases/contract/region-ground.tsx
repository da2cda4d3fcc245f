// A piece of page for rooms that draw on the map of the region: the lands, and where a point of the earth lies on them.
import { geoMercator } from "d3-geo";
import type { ReactNode } from "react";
import region from "../pages/region.json";
import "../pages/cases.css";

const projection = geoMercator()
  .scale(region.scale)
  .translate(region.translate as [number, number]);

export const regionBox = { width: region.width, height: region.height };

/** Degrees to places on the map; null outside. */
export function onRegion(longitude: number, latitude: number): { x: number; y: number } | null {
  const at = projection([longitude, latitude]);
  return at === null ? null : { x: at[0], y: at[1] };
}

/** A place on the map in degrees; null where the map has none. */
export function regionAt(x: number, y: number): { latitude: number; longitude: number } | null {
  const at = projection.invert?.([x, y]) ?? null;
  return at === null ? null : { longitude: at[0], latitude: at[1] };
}

/** The lands of the region as paths of an `svg` whose box is `regionBox`; the eleven states lighter. */
export function RegionGround(): ReactNode {
  return (
    <>
      {region.lands.map((land, i) => (
        <path key={i} className="c-land" d={land.d} data-member={land.code !== null} strokeWidth={0.8} />
      ))}
    </>
  );
}
