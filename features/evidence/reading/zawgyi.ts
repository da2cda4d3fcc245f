// Burmese written in the Zawgyi font encoding: recognised and turned into Unicode with the data of myanmar-tools.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";

// The package publishes its model and rules but not its build, so both are read here as its own code reads them.
const folder = path.join(
  path.dirname(createRequire(import.meta.url).resolve("myanmar-tools/package.json")),
  "resources",
);

interface Rule {
  p: RegExp;
  s: string;
  matchOnStart?: boolean;
  revisit?: number;
}
interface Model {
  size: number;
  /** log P(Unicode) - log P(Zawgyi) of each step from one state to the next. */
  steps: Float32Array;
  spaces: boolean;
}

let model: Model | undefined;
let phases: Rule[][] | undefined;

/** Layout of zawgyiUnicodeModel.dat: see src/zawgyi_detector.ts of myanmar-tools 1.2.0. */
function readModel(): Model {
  const bytes = readFileSync(path.join(folder, "zawgyiUnicodeModel.dat"));
  if (bytes.toString("latin1", 0, 8) !== "UZMODEL ") throw new Error("not a Zawgyi model");
  const version = bytes.readUInt32BE(8);
  const spaces = version === 1 || bytes.readUInt32BE(12) === 0;
  let at = (version === 1 ? 12 : 16) + 12;
  const size = bytes.readInt16BE(at);
  at += 2;
  const steps = new Float32Array(size * size);
  for (let from = 0; from < size; from++) {
    let entries = bytes.readInt16BE(at);
    at += 2;
    if (entries === 0) continue;
    steps.fill(bytes.readFloatBE(at), from * size, (from + 1) * size);
    at += 4;
    for (; entries > 0; entries--, at += 6)
      steps[from * size + bytes.readInt16BE(at)] = bytes.readFloatBE(at + 2);
  }
  return { size, steps, spaces };
}

// Myanmar before and after its digits, extended A and B, and (in version 1) spaces each have states of their own.
const ranges = [
  [0x1000, 0x103f],
  [0x104a, 0x109f],
  [0xaa60, 0xaa7f],
  [0xa9e0, 0xa9ff],
  [0x2000, 0x200b],
] as const;

function stateOf(code: number, spaces: boolean): number {
  let offset = 1;
  for (const [first, last] of spaces ? ranges : ranges.slice(0, 4)) {
    if (code >= first && code <= last) return code - first + offset;
    offset += last - first + 1;
  }
  return 0;
}

export const hasBurmese = (text: string): boolean => /[\u1000-\u109f]/.test(text);

/** How likely a text is Zawgyi rather than Unicode, from 0 to 1; 0 without Burmese letters. */
export function zawgyiLikelihood(text: string): number {
  if (!hasBurmese(text)) return 0;
  model ??= readModel();
  let state = 0;
  let difference = 0;
  for (let i = 0; i <= text.length; i++) {
    const next = i === text.length ? 0 : stateOf(text.charCodeAt(i), model.spaces);
    if (state !== 0 || next !== 0) difference += model.steps[state * model.size + next]!;
    state = next;
  }
  return 1 / (1 + Math.exp(difference));
}

function readRules(): Rule[][] {
  const script = readFileSync(path.join(folder, "Z2U.js"), "utf8");
  return vm.runInNewContext(`${script}\ngetAllRulesZ2U()`, {}, { timeout: 1000 }) as Rule[][];
}

function runPhase(rules: readonly Rule[], text: string): string {
  let done = "";
  let rest = text;
  let first = true;
  while (rest.length > 0) {
    let changed = false;
    for (const rule of rules) {
      if (rule.matchOnStart !== undefined && !first) continue;
      const match = rule.p.exec(rest);
      if (match === null) continue;
      changed = true;
      const after = rest.length - match[0].length;
      rest = rest.replace(rule.p, rule.s);
      if (rule.revisit !== undefined) continue;
      const start = rest.length - after;
      done += rest.slice(0, start);
      rest = rest.slice(start);
    }
    if (!changed) {
      done += rest[0]!;
      rest = rest.slice(1);
    }
    first = false;
  }
  return done;
}

/** Turns Zawgyi into Unicode, run by run of Burmese letters, so that the rest of the text is left as it is. */
export function fromZawgyi(text: string): string {
  phases ??= readRules();
  return text.replace(/[\u1000-\u109f\u200b\u200c ]*[\u1000-\u109f][\u1000-\u109f\u200b\u200c ]*/g, (run) =>
    phases!.reduce((out, rules) => runPhase(rules, out), run),
  );
}
