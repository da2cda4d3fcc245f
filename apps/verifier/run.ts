// What the page and the script share: run all checks over a zipped or unpacked bundle, and say what they come to.
import { zipSource } from "@simpul/evidence/bag";
import type { BagSource, Hashing, ZipInput } from "@simpul/evidence/bag";
import { verifyBundle } from "@simpul/evidence/bundle";
import type { Check } from "@simpul/evidence/bundle";
import type { Verifying } from "@simpul/seal";

/** `unusable`: it could not be read as a bundle, so nothing can be said about what it claims. */
export type Verdict = "proven" | "not-proven" | "unusable";

export interface Result {
  verdict: Verdict;
  checks: Check[];
  /** Why it is unusable; empty otherwise. */
  says: string;
}

export interface Given {
  bundle: { zip: ZipInput } | { source: BagSource };
  /** The policy's text, by another way than the bundle; null when there is none. */
  policy: string | null;
  engine: Verifying;
  hashing: Hashing;
}

/** Never throws for what a bundle contains. */
export async function run({ bundle, policy, engine, hashing }: Given): Promise<Result> {
  try {
    const source = "zip" in bundle ? await zipSource(bundle.zip) : bundle.source;
    const checks = await verifyBundle(source, policy, engine, hashing);
    const proven = checks.length > 0 && checks.every((one) => one.ok);
    return { verdict: proven ? "proven" : "not-proven", checks, says: "" };
  } catch (fault) {
    return { verdict: "unusable", checks: [], says: fault instanceof Error ? fault.message : String(fault) };
  }
}
