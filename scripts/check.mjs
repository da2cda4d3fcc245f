// `npm run check`: all that must be green before work is shared, in the order in which it fails fastest.
import path from "node:path";
import { install, program, root, run, typeCheck } from "./house.mjs";

await install();
const node = process.execPath;
const steps = [
  [
    "format",
    program("prettier"),
    ["--check", ".", "--cache", "--cache-location", ".cache/prettier", "--log-level", "warn"],
  ],
  ["shape", node, ["scripts/shape.mjs"]],
  ["words", node, ["scripts/words.mjs"]],
  ["rules", node, ["scripts/rules.mjs"]],
  ["types", node, [typeCheck, "-p", "tsconfig.json"]],
  ["types of the pages", node, [typeCheck, "-p", "tsconfig.web.json"]],
  // Linting by types is the longest step: two threads take two thirds of the time of one.
  [
    "lint",
    program("eslint"),
    [".", "--concurrency", "2", "--cache", "--cache-location", ".cache/eslint", "--max-warnings", "0"],
  ],
  ["unused code", program("knip"), []],
  ...(process.argv.includes("--no-tests") ? [] : [["tests", node, ["scripts/test.mjs"]]]),
];
const bad = [];
for (const [name, command, args] of steps) {
  const began = Date.now();
  const code = await run(command, args, {
    cwd: root,
    shell: process.platform === "win32" && !path.isAbsolute(command),
  });
  console.error(`${code === 0 ? "ok  " : "FAIL"} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (code !== 0) bad.push(name);
}
if (bad.length > 0) console.error(`Not yet: ${bad.join(", ")}`);
process.exit(bad.length > 0 ? 1 : 0);
