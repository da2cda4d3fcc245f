// Cuts the map of the region out of Natural Earth (world-atlas, public domain), once, into pages/region.json: so that
// no page ever asks a foreign server for a map. Run: npx tsx features/cases/cut-region.ts
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { Topology, GeometryCollection } from "topojson-specification";

const width = 1000;
const height = 900;
/** From the Bay of Bengal to New Guinea, from southern China to Timor. */
const corners = { west: 90, east: 142, south: -12, north: 28 };
/** ISO 3166 numeric codes, as world-atlas has them, of the eleven states. */
const states: Readonly<Record<string, string>> = {
  "096": "BN",
  "116": "KH",
  "360": "ID",
  "418": "LA",
  "458": "MY",
  "104": "MM",
  "608": "PH",
  "702": "SG",
  "764": "TH",
  "626": "TL",
  "704": "VN",
};

const file = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
const world = JSON.parse(readFileSync(file, "utf8")) as Topology<{
  countries: GeometryCollection<{ name: string }>;
}>;
const projection = geoMercator().fitExtent(
  [
    [0, 0],
    [width, height],
  ],
  {
    type: "MultiPoint",
    coordinates: [
      [corners.west, corners.south],
      [corners.east, corners.north],
    ],
  },
);
const [x, y] = projection.translate();
projection.clipExtent([
  [0, 0],
  [width, height],
]);
const path = geoPath(projection).digits(1);
const lands = feature(world, world.objects.countries)
  .features.map((land) => ({ code: states[String(land.id)] ?? null, d: path(land) }))
  .filter((land): land is { code: string | null; d: string } => land.d !== null);
const region = { width, height, scale: projection.scale(), translate: [x, y], lands };
writeFileSync(new URL("pages/region.json", import.meta.url), JSON.stringify(region) + "\n");
