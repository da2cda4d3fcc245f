// Reads the sets of questions at the node and checks that each is whole.
import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { elements, standings } from "./contract/set.ts";
import type { QuestionSet } from "./contract/set.ts";

const code = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/);
const by = <T extends z.ZodType>(value: T) => z.strictObject({ yes: value.optional(), no: value.optional() });
const standing = z.enum(standings);
const Shape = z.strictObject({
  version: z.string().regex(/^\d{4}\.\d{1,3}$/),
  source: z.string().min(1),
  standing,
  sources: z.record(z.string(), z.strictObject({ title: z.string().min(1), standing })),
  indicators: z.array(
    z.strictObject({
      id: code,
      elements: z.array(z.enum(elements)).min(1),
      sources: z.array(z.string()).min(1),
      htcds: z.string().optional(),
    }),
  ),
  sections: z.array(code),
  questions: z.array(
    z.strictObject({
      id: code,
      section: code,
      shows: by(z.array(code)),
      age: by(z.enum(["adult", "child", "doubtful"])).optional(),
      need: by(code).optional(),
      stopsOn: z.enum(["yes", "no"]).optional(),
      gentle: z.boolean().optional(),
      seen: z.boolean().optional(),
    }),
  ),
});

/** Names that the set uses and does not have, or has twice; empty when it is whole. */
export function faultsOf(set: QuestionSet): string[] {
  const twice = (ids: readonly string[]): string[] => ids.filter((one, at) => ids.indexOf(one) !== at);
  const indicators = set.indicators.map((one) => one.id);
  const shown = set.questions.flatMap((one) => [...(one.shows.yes ?? []), ...(one.shows.no ?? [])]);
  return [
    ...twice(indicators),
    ...twice(set.questions.map((one) => one.id)),
    ...shown.filter((one) => !indicators.includes(one)),
    ...indicators.filter((one) => !shown.includes(one)),
    ...set.questions.map((one) => one.section).filter((one) => !set.sections.includes(one)),
    ...set.indicators.flatMap((one) => one.sources).filter((one) => !(one in set.sources)),
  ];
}

/** All versions by their name. Throws at the start when one is not whole. */
export function readSets(): ReadonlyMap<string, QuestionSet> {
  const folder = new URL("question-sets/", import.meta.url);
  const sets = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name): QuestionSet => Shape.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8"))));
  for (const set of sets) {
    const faults = faultsOf(set);
    if (faults.length > 0) throw new Error(`question set ${set.version}: ${faults.join(", ")}`);
  }
  return new Map(sets.map((set) => [set.version, set]));
}

/** The questions of several versions as one; where they differ the newer version's stand. The newest when none is asked. */
export function together(sets: ReadonlyMap<string, QuestionSet>, versions: ReadonlySet<string>): QuestionSet {
  const order = (a: QuestionSet, b: QuestionSet): number =>
    a.version.localeCompare(b.version, "en", { numeric: true });
  const all = [...sets.values()].sort(order);
  const asked = all.filter((one) => versions.has(one.version));
  const [first, ...older] = (asked.length === 0 ? all.slice(-1) : asked).reverse() as [
    QuestionSet,
    ...QuestionSet[],
  ];
  const more = <T extends { id: string }>(ours: readonly T[], theirs: readonly T[]): T[] => [
    ...ours,
    ...theirs.filter((one) => !ours.some(({ id }) => id === one.id)),
  ];
  return older.reduce(
    (set, one) => ({
      ...set,
      sources: { ...one.sources, ...set.sources },
      sections: [...new Set([...set.sections, ...one.sections])],
      indicators: more(set.indicators, one.indicators),
      questions: more(set.questions, one.questions),
    }),
    first,
  );
}
