// `npm run shape`: imports point one way, no two migrations share a number; faults planted on purpose prove that the check
// sees them.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { program, root } from "./house.mjs";

const folders = ["packages", "features", "apps", "testing", "conformance", "bench"];
const config = path.join(root, ".dependency-cruiser.cjs");
const cruise = (cwd, type) =>
  spawnSync(program("depcruise"), [...folders, "--config", config, "--output-type", type], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });

/** Each fault: the file that holds it, the line, the rule that must see it. */
const faults = [
  [
    "packages/model/a.ts",
    'import type { x } from "../seal/x.ts"; export type A = typeof x;',
    "model-reaches-right-only",
  ],
  [
    "packages/ledger/a.ts",
    'import { x } from "../store/x.ts"; export const a = x;',
    "ledger-reaches-right-only",
  ],
  [
    "packages/seal/a.ts",
    'import { readFileSync } from "node:fs"; export const a = readFileSync;',
    "pure-packages-touch-no-machine",
  ],
  ["packages/policy/a.ts", 'import pg from "pg"; export const a = pg;', "pure-packages-know-no-database"],
  [
    "packages/detect/a.ts",
    'import { x } from "../match/oprf/x.ts"; export const a = x;',
    "detect-sees-profiles-only",
  ],
  [
    "packages/exchange/a.ts",
    'import { x } from "../policy/x.ts"; export const a = x;',
    "exchange-reaches-right-only",
  ],
  [
    "features/cases/a.ts",
    'import { x } from "../../apps/server/x.ts"; export const a = x;',
    "features-look-down",
  ],
  [
    "features/cases/b.ts",
    'import type { x } from "../evidence/records.ts"; export type B = typeof x;',
    "features-meet-at-contracts",
  ],
  [
    "features/cases/flow.tsx",
    'import type { x } from "../evidence/records.ts"; export type F = typeof x;',
    "pages-meet-at-contracts",
  ],
  [
    "features/cases/page.tsx",
    'import type { x } from "./records.ts"; export type C = typeof x;',
    "pages-stay-in-the-browser",
  ],
  [
    "apps/web/a.ts",
    'import { x } from "../server/x.ts"; export const a = x;',
    "only-demo-and-cli-reach-server",
  ],
  ["apps/verifier/a.ts", 'import { z } from "zod"; export const a = z;', "verifier-has-no-packages"],
  [
    "conformance/client/a.ts",
    'import { x } from "../../packages/seal/x.ts"; export const a = x;',
    "the-stranger-stands-alone",
  ],
  ["packages/store/c.ts", 'import { d } from "./d.ts"; export const c = (): unknown => d;', "no-circles"],
];
const beside = [
  ...["packages/seal/x.ts", "packages/store/x.ts", "packages/match/oprf/x.ts", "packages/policy/x.ts"],
  ...["apps/server/x.ts", "features/evidence/records.ts", "features/cases/records.ts"],
];

function plantedFaultsAreSeen() {
  const plot = path.join(root, ".cache", "planted");
  rmSync(plot, { recursive: true, force: true });
  for (const folder of folders) mkdirSync(path.join(plot, folder), { recursive: true });
  const plant = (file, text) => {
    mkdirSync(path.join(plot, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(plot, file), `${text}\n`);
  };
  for (const file of beside) plant(file, "export const x = 1;");
  for (const [file, text] of faults) plant(file, text);
  plant("packages/store/d.ts", 'import { c } from "./c.ts"; export const d = (): unknown => c;');
  writeFileSync(
    path.join(plot, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { allowImportingTsExtensions: true, noEmit: true } }),
  );
  symlinkSync(path.join(root, "node_modules"), path.join(plot, "node_modules"), "dir");
  const { violations } = JSON.parse(cruise(plot, "json").stdout).summary;
  const missed = faults.filter(
    ([file, , rule]) => !violations.some((seen) => seen.from === file && seen.rule.name === rule),
  );
  for (const [file, , rule] of missed) console.error(`planted fault not seen: ${rule} in ${file}`);
  rmSync(plot, { recursive: true, force: true });
  return missed.length === 0;
}

/** Migrations are numbered over the whole repository: two that grew side by side must not share a number. */
function numbersUsedTwice(files) {
  const seen = new Map();
  for (const file of files) {
    const number = path.basename(file).slice(0, 4);
    seen.set(number, [...(seen.get(number) ?? []), file]);
  }
  return [...seen.values()].filter((some) => some.length > 1);
}

const migrations = ["packages", "features"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true })
    .filter((file) => /^[^/]+\/tables\/\d{4}-[^/]+\.sql$/.test(file))
    .map((file) => path.join(folder, file)),
);
const twice = numbersUsedTwice(migrations);
for (const some of twice) console.error(`one number for two migrations: ${some.join(", ")}`);
const numbersSeen = numbersUsedTwice(["a/tables/0001-x.sql", "b/tables/0001-y.sql"]).length === 1;

const sound = plantedFaultsAreSeen() && numbersSeen && migrations.length > 0;
const house = cruise(root, "err");
process.stdout.write(house.stdout);
process.stderr.write(house.stderr);
if (sound) console.error(`${faults.length + 1} planted faults seen`);
process.exit(sound && twice.length === 0 && house.status === 0 ? 0 : 1);
