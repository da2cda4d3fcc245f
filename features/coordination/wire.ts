// Letters to and from a coordination unit, parsed so strictly that no name, no number of anybody and no free word fits in.
import { aNodeCode, anId, z } from "@simpul/doors/http";
import { readBody } from "@simpul/exchange";
import {
  abouts,
  areaDegrees,
  coordinationLimits,
  operationStates,
  partyAnswers,
  phases,
  reportCounts,
  requestPhases,
  siteStatuses,
  stepCounts,
  thingKinds,
  unitWords,
} from "./contract.ts";

const count = z.int().min(0).max(9_999_999);
const instant = z.iso.datetime();
const states = z
  .array(aNodeCode)
  .min(1)
  .max(12)
  .refine((all) => new Set(all).size === all.length, "TWICE");
const counts = <const Name extends string>(names: readonly Name[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, count])) as Record<Name, typeof count>);
/** On the grid of half degrees: a finer place would be an address. */
const onGrid = (most: number) =>
  z
    .number()
    .min(-most)
    .max(most)
    .refine((degrees) => Number.isInteger(degrees / areaDegrees), "TOO_FINE");
const area = z.strictObject({ lat: onGrid(90), lon: onGrid(180) }).nullable();
const rows = <T extends z.ZodType>(of: T) => z.array(of).max(coordinationLimits.rows);

/** `offences` and `scripts`: those that this node ships too, so that a code cannot be made to say something. */
export const figuresShape = (known: { offences: readonly string[]; scripts: readonly string[] }) =>
  z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("space"),
      ...{ parties: states, from: z.iso.date(), until: z.iso.date(), phase: z.enum(phases) },
      offences: z.array(z.enum(known.offences as [string, ...string[]])).max(10),
      counts: z.partialRecord(z.enum(thingKinds), count),
      sites: rows(z.strictObject({ at: area, count })),
      tasks: counts(["open", "overdue", "done"]),
      dates: rows(z.strictObject({ at: instant, discloses: z.boolean() })),
      members: count,
      requests: counts([...requestPhases, "overdue"]),
    }),
    z.strictObject({
      kind: z.literal("operation"),
      ...{ space: anId, parties: states, starts: instant, ends: instant, state: z.enum(operationStates) },
      steps: z.array(instant).max(20),
      go: z.boolean().nullable(),
      sites: rows(z.strictObject({ at: area, status: z.enum(siteStatuses), count })),
      report: counts(reportCounts).nullable(),
    }),
    z.strictObject({
      kind: z.literal("exercise"),
      script: z.enum(known.scripts as [string, ...string[]]),
      ...{ states, startsAt: instant, endedAt: instant.nullable() },
      steps: rows(counts(stepCounts).extend({ state: aNodeCode })),
      measures: z.array(z.strictObject({ seconds: count.nullable(), goal: count })).max(20),
    }),
  ]);

/** What a unit says: a code, and the hour of a call where it proposes one. */
export const WordShape = { says: z.enum(unitWords), when: instant.nullable() };
export const callHasHour = ({ says, when }: { says: string; when: string | null }): boolean =>
  (says === "call") === (when !== null);

const of = { about: z.enum(abouts), id: anId, at: instant };
const wire = {
  "coordination.figures": (known: Parameters<typeof figuresShape>[0]) =>
    z
      .strictObject({ ...of, figures: figuresShape(known) })
      .refine(({ about, figures }) => about === figures.kind, "ANOTHER_KIND"),
  "coordination.over": () => z.strictObject(of),
  "coordination.word": () =>
    z
      .strictObject({ id: anId, space: anId, at: instant, ...WordShape })
      .refine(callHasHour, "CALL_WITHOUT_HOUR"),
  "coordination.answer": () => z.strictObject({ id: anId, says: z.enum(partyAnswers), at: instant }),
} as const;
export type WireType = keyof typeof wire;
export type Wire<T extends WireType> = z.infer<ReturnType<(typeof wire)[T]>>;

/** Throws the refusal `BAD_BODY` for anything but exactly this. */
export const read = <T extends WireType>(
  type: T,
  body: unknown,
  known: Parameters<typeof figuresShape>[0],
): Wire<T> => readBody(wire[type](known), body) as Wire<T>;
