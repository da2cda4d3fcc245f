// `npm test`: the tests on a real database and in a real browser; closes with one plain line of counts. The stories of the
// rooms' pages take half the time of all: without a name they are told where everything is tried (`SIMPUL_EVERY=1`).
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { ready, root, run } from "./house.mjs";

await ready();
const results = path.join(root, ".cache", "tests.json");
rmSync(results, { force: true });
const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
const named = process.argv.slice(2);
const everything = named.length > 0 || process.env.SIMPUL_EVERY !== undefined;
const args = [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${results}`,
  ...(everything ? named : ["--exclude=**/*pages.test.ts"]),
];
const code = await run(process.execPath, [vitest, ...args]);
if (!existsSync(results)) {
  console.log("0 passed, 1 failed");
  process.exit(1);
}
const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, testResults } = JSON.parse(
  readFileSync(results, "utf8"),
);
// A file that could not even be loaded holds no failed test, and is one.
const unloaded = testResults.filter(
  (file) => file.status === "failed" && file.assertionResults.length === 0,
).length;
const failed = numFailedTests + unloaded + (code !== 0 && numFailedTests + numFailedTestSuites === 0 ? 1 : 0);
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : "";
if (!everything)
  console.log("Left for the landing: pages.test.ts of every room (SIMPUL_EVERY=1 npm test, or named).");
console.log(`${numPassedTests} passed, ${failed} failed${skipped}`);
process.exit(failed > 0 ? 1 : code);
