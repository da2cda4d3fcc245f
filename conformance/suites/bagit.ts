// Bags laid out as in the Library of Congress's suite: `<version>/valid|invalid|warning/<bag>`, or the three alone.
import { createHash } from "node:crypto";
import { createReadStream, readdirSync, statSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { checkBag } from "@simpul/evidence/bag";
import type { BagSource, Hashing } from "@simpul/evidence/bag";
import type { Outcome } from "../suite.ts";

const algorithms = new Set(["md5", "sha1", "sha224", "sha256", "sha384", "sha512"]);

const hashing: Hashing = (algorithm) => {
  if (!algorithms.has(algorithm)) return null;
  const running = createHash(algorithm);
  return { update: (bytes) => void running.update(bytes), hex: () => running.digest("hex") };
};

/** A bag in a folder; links are not followed. */
export const folderBag = (folder: string): BagSource => ({
  paths: () =>
    Promise.resolve(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/")),
    ),
  open: (path) => createReadStream(join(folder, path)),
});

const folders = (folder: string): string[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isDirectory());

/** Bags under `folder` with what is expected of them; `*-only` bags belong to one system each. */
function* bags(
  folder: string,
): Generator<{ path: string; expect: "valid" | "invalid" | "warning" | "elsewhere" }> {
  for (const inner of folders(folder)) {
    const name = basename(inner);
    if (name === "valid" || name === "invalid" || name === "warning") {
      for (const path of folders(inner)) yield { path, expect: name };
    } else if (name.endsWith("-only")) {
      const here = name.startsWith(process.platform.replace("win32", "windows"));
      for (const path of folders(inner)) yield { path, expect: here ? "valid" : "elsewhere" };
    } else yield* bags(inner);
  }
}

/** Runs every bag; one that only another operating system can hold counts as skipped. */
export async function bagit(folder: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { path, expect } of bags(folder)) {
    const name = relative(folder, path);
    if (expect === "elsewhere") {
      outcomes.push({ name, outcome: "skipped", says: "a bag of another operating system" });
      continue;
    }
    const report = await checkBag(folderBag(path), hashing);
    const faults = report.faults.map((fault) => `${fault.code} ${fault.where}`).join("; ");
    const held =
      expect === "invalid"
        ? !report.valid
        : expect === "valid"
          ? report.valid
          : report.valid || faults !== "";
    outcomes.push({
      name,
      outcome: held ? "passed" : "failed",
      says: faults || report.warnings.join("; ") || "valid",
    });
  }
  return outcomes;
}
