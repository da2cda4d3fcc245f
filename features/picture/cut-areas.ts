// Cuts the region into areas of two degrees that hold land of the eleven states, once, into contract/areas.json: a site is
// published by its area alone, which is called after the states whose land lies in it, the one with most of it first.
// Run: npx tsx features/picture/cut-areas.ts
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoContains } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

/** ISO 3166 numeric codes of the eleven states, as world-atlas has them. */
const states: Readonly<Record<string, string>> = {
  ...{ "096": "bn", "116": "kh", "360": "id", "418": "la", "458": "my", "104": "mm" },
  ...{ "608": "ph", "702": "sg", "764": "th", "626": "tl", "704": "vn" },
};
const file = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
const world = JSON.parse(readFileSync(file, "utf8")) as Topology<{
  countries: GeometryCollection<{ name: string }>;
}>;
const lands = feature(world, world.objects.countries).features.filter((one) => String(one.id) in states);
const steps = [0.1, 0.5, 0.9, 1.3, 1.7];
const areas: Record<string, string[]> = {};
for (let south = -12; south < 30; south += 2)
  for (let west = 92; west < 142; west += 2) {
    const points = steps.flatMap((up) => steps.map((east): [number, number] => [west + east, south + up]));
    const held = lands
      .map((land) => ({
        state: states[String(land.id)]!,
        points: points.filter((point) => geoContains(land, point)).length,
      }))
      .filter((one) => one.points > 0)
      .sort((a, b) => b.points - a.points || a.state.localeCompare(b.state));
    if (held.length === 0) continue;
    const latitude = `${south < 0 ? "s" : "n"}${String(Math.abs(south)).padStart(2, "0")}`;
    areas[`${latitude}e${String(west).padStart(3, "0")}`] = held.map((one) => one.state);
  }
writeFileSync(new URL("contract/areas.json", import.meta.url), JSON.stringify(areas) + "\n");
