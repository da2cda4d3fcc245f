// Bundles as a court receives them: `valid|invalid/<name>/bundle` beside the `policy.txt` that came by another way.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { createHash } from "node:crypto";
import type { Hashing } from "@simpul/evidence/bag";
import { verifyBundle } from "@simpul/evidence/bundle";
import { nodeVerifying } from "@simpul/store/keys";
import type { Outcome } from "../suite.ts";
import { folderBag } from "./bagit.ts";

const hashing: Hashing = (algorithm) => {
  if (algorithm !== "sha256") return null;
  const running = createHash(algorithm);
  return { update: (bytes) => void running.update(bytes), hex: () => running.digest("hex") };
};

function* cases(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (!statSync(path).isDirectory()) continue;
    if (readdirSync(path).includes("policy.txt")) yield path;
    else yield* cases(path);
  }
}

/** A case below `valid` must be proven, one below `invalid` must not; `NAME/fails.txt` names the checks that must fail. */
export async function bundle(folder: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const path of cases(folder)) {
    const policy = readFileSync(join(path, "policy.txt"), "utf8");
    const checks = await verifyBundle(folderBag(join(path, "bundle")), policy, nodeVerifying, hashing);
    const failed = [...new Set(checks.filter((one) => !one.ok).map((one) => one.check))].sort();
    const valid = basename(dirname(path)) === "valid";
    const expected = valid ? [] : readFileSync(join(path, "fails.txt"), "utf8").trim().split("\n").sort();
    const held = failed.join("\n") === expected.join("\n");
    outcomes.push({
      name: relative(folder, path),
      outcome: held ? "passed" : "failed",
      says: failed.join("; ") || "proven",
    });
  }
  return outcomes;
}
