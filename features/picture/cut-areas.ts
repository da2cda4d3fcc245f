// Cuts the region into areas of two degrees that hold land of the eleven states, once, into contract/areas.json: a site is
// published by its area alone. Run: npx tsx features/picture/cut-areas.ts
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoContains } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

/** ISO 3166 numeric codes of the eleven states, as world-atlas has them. */
const states = new Set(["096", "116", "360", "418", "458", "104", "608", "702", "764", "626", "704"]);
const file = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
const world = JSON.parse(readFileSync(file, "utf8")) as Topology<{
  countries: GeometryCollection<{ name: string }>;
}>;
const lands = feature(world, world.objects.countries).features.filter((one) => states.has(String(one.id)));
const steps = [0.1, 0.5, 0.9, 1.3, 1.7];
const areas: string[] = [];
for (let south = -12; south < 30; south += 2)
  for (let west = 92; west < 142; west += 2) {
    const points = steps.flatMap((up) => steps.map((east): [number, number] => [west + east, south + up]));
    if (!points.some((point) => lands.some((land) => geoContains(land, point)))) continue;
    const latitude = `${south < 0 ? "s" : "n"}${String(Math.abs(south)).padStart(2, "0")}`;
    areas.push(`${latitude}e${String(west).padStart(3, "0")}`);
  }
writeFileSync(new URL("contract/areas.json", import.meta.url), JSON.stringify(areas) + "\n");
