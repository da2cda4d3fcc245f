// `node scripts/zawgyi.mjs` writes packages/detect/burmese/zawgyi.json: model and rules of myanmar-tools as data that a page may read.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";
import { root } from "./house.mjs";

const manifest = createRequire(import.meta.url).resolve("myanmar-tools/package.json");
const { name, version, license } = JSON.parse(readFileSync(manifest, "utf8"));
const resources = path.join(path.dirname(manifest), "resources");

// The package has its rules as a script; it runs here, once, so that no node and no page ever runs a text as code.
const script = readFileSync(path.join(resources, "Z2U.js"), "utf8");
const phases = vm.runInNewContext(`${script}\ngetAllRulesZ2U()`, {}, { timeout: 1000 });
const rules = phases.map((rules) =>
  rules.map(({ p, s, matchOnStart, revisit }) => [
    p.source,
    s,
    ...(matchOnStart === undefined && revisit === undefined ? [] : [matchOnStart !== undefined]),
    ...(revisit === undefined ? [] : [true]),
  ]),
);
const model = readFileSync(path.join(resources, "zawgyiUnicodeModel.dat")).toString("base64");
const source = `${name} ${version}, ${license}, Copyright Google LLC: zawgyiUnicodeModel.dat (base64) and Z2U.js`;
// Everything outside ASCII is escaped: Zawgyi in a file of Unicode shows as neither.
const written = JSON.stringify({ source, model, rules }, null, 1).replace(
  /[^\n -~]/g,
  (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
);
writeFileSync(path.join(root, "packages/detect/burmese/zawgyi.json"), `${written}\n`);
