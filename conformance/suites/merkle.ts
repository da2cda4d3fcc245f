// Inclusion and consistency proofs as transparency-dev/merkle publishes them (testdata/, JSON), laid out in any way.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { verifyConsistency, verifyInclusion } from "@simpul/ledger";
import { fromBase64 } from "@simpul/seal";
import { nodeVerifying as engine } from "@simpul/store/keys";
import type { Outcome, Suite } from "../suite.ts";
import { filesBelow, judged } from "../suite.ts";

type Json = Record<string, unknown>;

const bytes = (value: unknown): Uint8Array => fromBase64(typeof value === "string" ? value : "");
const number = (value: unknown): number => (typeof value === "number" ? value : Number.NaN);
const hashes = (value: unknown): Uint8Array[] => (Array.isArray(value) ? value.map(bytes) : []);

function inclusion(vector: Json): string {
  const index = number(vector["leafIdx"] ?? vector["leafIndex"]);
  const given = { index, size: number(vector["treeSize"]), leafHash: bytes(vector["leafHash"]) };
  verifyInclusion({ ...given, root: bytes(vector["root"]), proof: hashes(vector["proof"]) }, engine);
  return `leaf ${index} is in the tree of ${given.size}`;
}

function consistency(vector: Json): string {
  const [old, size] = [number(vector["size1"]), number(vector["size2"])];
  const roots = { oldRoot: bytes(vector["root1"]), root: bytes(vector["root2"]) };
  verifyConsistency({ old, size, ...roots, proof: hashes(vector["proof"]) }, engine);
  return `the tree of ${size} continues that of ${old}`;
}

async function run(name: string, vector: Json): Promise<Outcome> {
  const check = "size1" in vector ? consistency : "leafHash" in vector ? inclusion : null;
  if (check === null || typeof vector["wantErr"] !== "boolean")
    return { name, outcome: "skipped", says: "neither an inclusion nor a consistency vector" };
  const told = typeof vector["desc"] === "string" ? `${name} (${vector["desc"]})` : name;
  return judged(told, !vector["wantErr"], () => check(vector));
}

export const merkle: Suite = async (folder) => {
  const outcomes: Outcome[] = [];
  for (const file of filesBelow(folder, ".json")) {
    const name = relative(folder, file);
    let json: unknown;
    try {
      json = JSON.parse(readFileSync(file, "utf8"));
    } catch {
      outcomes.push({ name, outcome: "failed", says: "not JSON" });
      continue;
    }
    const vectors = (Array.isArray(json) ? json : [json]) as Json[];
    for (const [i, vector] of vectors.entries())
      outcomes.push(await run(Array.isArray(json) ? `${name} ${i + 1}` : name, vector));
  }
  return outcomes;
};
