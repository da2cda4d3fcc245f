// RFC 9497 vectors as the CFRG publishes them (JSON): every mode of ristretto255-SHA512 that Simpul speaks, on every
// engine of this machine. Suites and modes it does not speak count as skipped, never as passed.
import { readdirSync, readFileSync } from "node:fs";
import { join as inFolder } from "node:path";
import {
  blindWith,
  deriveKeyPair,
  evaluateOwn,
  evaluateWithProof,
  evaluate,
  finalise,
  finaliseVerified,
  identifier,
  nobleEngine,
  type Mode,
  type OprfEngine,
} from "@simpul/match/oprf";
import { nativeEngine, wasmEngine } from "@simpul/store/oprf";
import type { Outcome } from "../suite.ts";

interface Vector {
  Blind: string;
  BlindedElement: string;
  EvaluationElement: string;
  Input: string;
  Output: string;
  Proof?: { proof: string; r: string };
}
interface Suite {
  identifier: string;
  mode: number | string;
  seed: string;
  keyInfo: string;
  skSm: string;
  pkSm?: string;
  vectors: Vector[];
}

const spoken: Record<string, Mode> = { "0": "oprf", "00": "oprf", "1": "voprf", "01": "voprf" };
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));
const hex = (data: Uint8Array) => Buffer.from(data).toString("hex");

/** Runs one vector; throws with the name of the field that came out otherwise. */
function run(engine: OprfEngine, mode: Mode, suite: Suite, vector: Vector): void {
  const is = (field: string, got: string, expected: string | undefined) => {
    if (got !== expected?.toLowerCase()) throw new Error(`${field} is ${got}`);
  };
  const all = (list: string) => list.split(",").map(bytes);
  const keys = deriveKeyPair(engine, mode, bytes(suite.seed), bytes(suite.keyInfo));
  is("skSm", hex(keys.secretKey), suite.skSm);
  if (mode === "voprf") is("pkSm", hex(keys.publicKey), suite.pkSm);
  const inputs = all(vector.Input);
  const sent = blindWith(engine, mode, inputs, Buffer.concat(all(vector.Blind)));
  is("BlindedElement", hex(sent.blinded), vector.BlindedElement.replaceAll(",", ""));
  let outputs: Uint8Array[];
  if (mode === "voprf") {
    if (!vector.Proof) throw new Error("Proof is missing");
    const answer = evaluateWithProof(engine, keys, sent.blinded, bytes(vector.Proof.r));
    is("EvaluationElement", hex(answer.evaluated), vector.EvaluationElement.replaceAll(",", ""));
    is("Proof", hex(answer.proof), vector.Proof.proof);
    outputs = finaliseVerified(engine, { ...sent, inputs, publicKey: keys.publicKey }, answer);
  } else {
    const evaluated = evaluate(engine, keys.secretKey, sent.blinded);
    is("EvaluationElement", hex(evaluated), vector.EvaluationElement.replaceAll(",", ""));
    outputs = finalise(engine, inputs, sent.blinds, evaluated);
  }
  is("Output", outputs.map(hex).join(","), vector.Output);
  is(
    "Output by the holder",
    evaluateOwn(engine, mode, keys.secretKey, inputs).map(hex).join(","),
    vector.Output,
  );
}

/** A vector passes when every engine of this machine reproduces it. */
function runOnAll(
  able: readonly OprfEngine[],
  mode: Mode,
  suite: Suite,
  vector: Vector,
): Omit<Outcome, "name"> {
  for (const engine of able) {
    try {
      run(engine, mode, suite, vector);
    } catch (error) {
      return {
        outcome: "failed",
        says: `${engine.name}: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  }
  return { outcome: "passed", says: `every field, on ${able.map((engine) => engine.name).join(", ")}` };
}

/** The engines that a node on this machine could choose from. */
async function engines(): Promise<OprfEngine[]> {
  const native = nativeEngine();
  return [nobleEngine, await wasmEngine(), ...(native ? [native] : [])];
}

export async function oprf(folder: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const able = await engines();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()) {
    const suites = JSON.parse(readFileSync(inFolder(folder, file), "utf8")) as Suite[];
    if (!Array.isArray(suites)) continue;
    for (const suite of suites) {
      const mode = suite.identifier === identifier ? spoken[String(suite.mode)] : undefined;
      suite.vectors.forEach((vector, i) => {
        const name = `${file} ${suite.identifier} mode ${suite.mode} vector ${i + 1}`;
        if (mode === undefined)
          return outcomes.push({ name, outcome: "skipped", says: "a suite Simpul does not speak" });
        outcomes.push({ name, ...runOnAll(able, mode, suite, vector) });
        return;
      });
    }
  }
  return outcomes;
}
