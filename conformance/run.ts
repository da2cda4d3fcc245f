// Runs the vectors that lie in a folder against this implementation: `npm run -s conformance -- SUITE FOLDER [--json]`.
import { resolve } from "node:path";
import type { Outcome, Suite } from "./suite.ts";
import { bagit } from "./suites/bagit.ts";
import { bundle } from "./suites/bundle.ts";
import { merkle } from "./suites/merkle.ts";
import { note } from "./suites/note.ts";
import { oprf } from "./suites/oprf.ts";
import { protocol } from "./suites/protocol.ts";

/** Every suite by its name on the command line; a new one is one line here. */
const suites: Readonly<Record<string, Suite>> = {
  bagit,
  bundle,
  merkle,
  note,
  oprf,
  protocol,
};

const args = process.argv.slice(2);
const asJson = args.includes("--json");
const [name = "", folder] = args.filter((word) => !word.startsWith("--"));
const suite = Object.hasOwn(suites, name) ? suites[name] : undefined;

if (suite === undefined || folder === undefined) {
  console.error(
    `Say which vectors: npm run -s conformance -- SUITE FOLDER, SUITE one of ${Object.keys(suites).join(", ")}.`,
  );
  process.exitCode = 2;
} else {
  // npm runs scripts at the root of the repository; a folder is meant from where the person stands.
  process.exitCode = report(await suite(resolve(process.env["INIT_CWD"] ?? ".", folder)));
}

/** Prints what did not pass (with --json every outcome) and the closing line; 1 when anything failed or nothing ran. */
function report(outcomes: readonly Outcome[]): number {
  const count = (outcome: Outcome["outcome"]): number =>
    outcomes.filter((one) => one.outcome === outcome).length;
  for (const one of outcomes) {
    if (asJson) console.log(JSON.stringify(one));
    else if (one.outcome === "failed") console.log(`FAILED ${one.name}: ${one.says}`);
  }
  if (outcomes.length === 0) console.error("No vectors of this suite lie there.");
  const [passed, failed, skipped] = [count("passed"), count("failed"), count("skipped")];
  const closing = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  (asJson ? console.error : console.log)(closing);
  return failed > 0 || passed === 0 ? 1 : 0;
}
