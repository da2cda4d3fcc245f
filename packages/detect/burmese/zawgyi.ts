// Burmese written in the Zawgyi font encoding: recognised and turned into Unicode with the data of myanmar-tools.
import data from "./zawgyi.json" with { type: "json" };

interface Model {
  size: number;
  /** log P(Unicode) - log P(Zawgyi) of each step from one state to the next. */
  steps: Float32Array;
}
interface Rule {
  nth: number;
  pattern: RegExp;
  /** What it can begin with. */
  begins: RegExp;
  to: string;
  /** Only where a text begins. */
  first: boolean;
}
interface Phase {
  rules: Rule[];
  /** Of those the ones that can begin with this character; found when first asked for. */
  by: Map<string, Rule[]>;
}

let model: Model | undefined;
let phases: Phase[] | undefined;

/** Layout of zawgyiUnicodeModel.dat, version 2: see src/zawgyi_detector.ts of myanmar-tools 1.2.0. */
function readModel(): Model {
  const bytes = Uint8Array.from(atob(data.model), (one) => one.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  let at = 28;
  const size = view.getInt16(at);
  at += 2;
  const steps = new Float32Array(size * size);
  for (let from = 0; from < size; from++) {
    let entries = view.getInt16(at);
    at += 2;
    if (entries === 0) continue;
    steps.fill(view.getFloat32(at), from * size, (from + 1) * size);
    at += 4;
    for (; entries > 0; entries--, at += 6) steps[from * size + view.getInt16(at)] = view.getFloat32(at + 2);
  }
  return { size, steps };
}

// Myanmar before and after its digits, and extended A and B, each have states of their own.
const ranges = [
  [0x1000, 0x103f],
  [0x104a, 0x109f],
  [0xaa60, 0xaa7f],
  [0xa9e0, 0xa9ff],
] as const;

function stateOf(code: number): number {
  let offset = 1;
  for (const [first, last] of ranges) {
    if (code >= first && code <= last) return code - first + offset;
    offset += last - first + 1;
  }
  return 0;
}

const hasBurmese = (text: string): boolean => /[\u1000-\u109f]/.test(text);

/** How likely a text is Zawgyi rather than Unicode, from 0 to 1; 0 without Burmese letters. */
export function zawgyiLikelihood(text: string): number {
  if (!hasBurmese(text)) return 0;
  model ??= readModel();
  let state = 0;
  let difference = 0;
  for (let i = 0; i <= text.length; i++) {
    const next = i === text.length ? 0 : stateOf(text.charCodeAt(i));
    if (state !== 0 || next !== 0) difference += model.steps[state * model.size + next]!;
    state = next;
  }
  return 1 / (1 + Math.exp(difference));
}

/** The first characters of what a pattern fits: its first atom, and the next where that may be left out. */
function beginning(source: string): RegExp {
  const atoms: string[] = [];
  for (const [, atom, many, all] of source.matchAll(/\(?(\[[^\]]+\]|.)([*+]?)\)?([*+]?)/gsu)) {
    atoms.push(atom!);
    if (many !== "*" && all !== "*") break;
  }
  return new RegExp(`^(?:${atoms.join("|")})$`);
}

const readRules = (): Phase[] =>
  (data.rules as unknown as (readonly [string, string, boolean?])[][]).map((phase) => ({
    rules: phase.map(([source, to, first], nth) => {
      const fit = source.slice(1);
      return { nth, pattern: new RegExp(fit, "y"), begins: beginning(fit), to, first: first === true };
    }),
    by: new Map<string, Rule[]>(),
  }));

function beginningWith({ rules, by }: Phase, character: string): Rule[] {
  const known = by.get(character) ?? rules.filter(({ begins }) => begins.test(character));
  by.set(character, known);
  return known;
}

/** At each place the rules in their order, each going on behind what the one before it wrote. */
function runPhase(phase: Phase, text: string): string {
  let done = "";
  for (let at = 0; at < text.length;) {
    const start = at;
    let tried = -1;
    for (let hit = true; hit && at < text.length;) {
      hit = false;
      for (const { nth, pattern, to, first } of beginningWith(phase, text[at]!)) {
        if (nth <= tried || (first && start > 0)) continue;
        pattern.lastIndex = at;
        const match = pattern.exec(text);
        if (match === null) continue;
        done += to.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? "");
        at += match[0].length;
        tried = nth;
        hit = true;
        break;
      }
    }
    if (at === start) done += text[at++]!;
  }
  return done;
}

/** Runs of Burmese; a long one is parted, before a space where it has one, so that time stays in proportion. */
const runs =
  /[\u1000-\u109f\u200b\u200c ]{1,400}(?=[^\u1000-\u109f\u200b\u200c ]|$)|[\u1000-\u109f\u200b\u200c ]{1,400}(?= )|[\u1000-\u109f\u200b\u200c ]{1,400}/g;

/** Turns Zawgyi into Unicode, run by run of Burmese letters, so that the rest of the text is left as it is. */
export function fromZawgyi(text: string): string {
  phases ??= readRules();
  return text.replace(runs, (run) =>
    hasBurmese(run) ? phases!.reduce((out, phase) => runPhase(phase, out), run) : run,
  );
}

/** From here on a text is taken for Zawgyi, and from there down for Unicode. */
const surely = 0.95;
const surelyNot = 0.05;
/** So much of a text says how it is written. */
const sample = 20_000;

/**
 * A text as it is shown and read: what is Zawgyi in it is turned into Unicode, line by line, for a message passed on
 * often has both. `zawgyi` says whether any was.
 */
export function unicodeBurmese(text: string): { text: string; zawgyi: boolean } {
  if (!hasBurmese(text)) return { text, zawgyi: false };
  const whole = zawgyiLikelihood(text.slice(0, sample)) > surely;
  let zawgyi = false;
  const lines = text.split("\n").map((line) => {
    const likely = zawgyiLikelihood(line);
    if (!(likely > surely || (whole && likely > surelyNot))) return line;
    zawgyi = true;
    return fromZawgyi(line);
  });
  return { text: lines.join("\n"), zawgyi };
}
