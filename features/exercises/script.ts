// Reads a script: parsed once, with a limit on every size, and with no number or address that the story did not choose.
import { agencyKinds, NodeCode } from "@simpul/model";
import { z } from "@simpul/doors/http";
import {
  directorRole,
  ExercisesError,
  scriptFormat,
  scriptLimits,
  type Script,
  type Told,
} from "./contract.ts";

const name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const minutes = z.int().min(0).max(scriptLimits.minutes);
/** What could be somebody's: six digits in a row, a link, an address, a handle. */
const somebodys = /\p{Nd}[\p{Nd} .-]{4,}\p{Nd}|https?:|hxxp|@|\w\.(com|net|org|example)\b/iu;
const text = z
  .string()
  .trim()
  .min(1)
  .max(scriptLimits.text)
  .refine(
    (said) => !somebodys.test(said),
    "a number, link or address comes from the story: {recruiterPhone}",
  );
const told = z.strictObject({ en: text, id: text, km: text, fil: text });
const detail = z
  .string()
  .trim()
  .min(1)
  .max(scriptLimits.text)
  .refine((said) => !somebodys.test(said), "a number, link or address comes from the story");
const enters = z.strictObject({
  by: name,
  with: z
    .record(name, detail)
    .refine((all) => Object.keys(all).length <= 8, "too many")
    .optional(),
});
const moment = z.strictObject({ step: name, at: z.enum(["opened", "done"]) });

export const ScriptShape = z.strictObject({
  format: z.literal(scriptFormat),
  id: name,
  version: z.int().min(1).max(9999),
  title: told,
  story: told,
  roles: z
    .array(
      z.strictObject({
        ...{ id: name, desk: z.enum(agencyKinds), title: told },
        state: z
          .string()
          .regex(/^[a-z]{2}$/)
          .transform((code) => NodeCode.parse(code)),
      }),
    )
    .min(1)
    .max(scriptLimits.roles),
  steps: z
    .array(
      z.strictObject({
        ...{ id: name, role: name, inject: told, title: told, guidance: told, enters },
        when: z.union([z.strictObject({ minute: minutes }), z.strictObject({ after: name, minutes })]),
        acts: z
          .array(
            z
              .string()
              .regex(/^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/)
              .max(80),
          )
          .min(1)
          .max(scriptLimits.acts),
        within: z.int().min(1).max(scriptLimits.minutes),
      }),
    )
    .min(1)
    .max(scriptLimits.steps),
  measures: z
    .array(z.strictObject({ id: name, title: told, from: moment, to: moment, goal: minutes }))
    .max(scriptLimits.measures),
});

/** Throws `NOT_A_SCRIPT` with the place and what is wrong there. */
export function readScript(json: string): Script {
  const no = (what: string, cause?: unknown) => new ExercisesError("NOT_A_SCRIPT", what, cause);
  if (Buffer.byteLength(json) > scriptLimits.bytes) throw no("too large");
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw no("not JSON", cause);
  }
  return checkScript(value);
}

/** The same for what came as JSON already. */
export function checkScript(value: unknown): Script {
  const no = (what: string) => new ExercisesError("NOT_A_SCRIPT", what);
  const read = ScriptShape.safeParse(value);
  if (!read.success) {
    const [first] = read.error.issues;
    throw no(`${first?.path.join(".") ?? ""}: ${first?.message ?? ""}`);
  }
  const wrong = loose(read.data);
  if (wrong !== null) throw no(wrong);
  return read.data as Script;
}

/** Names that are used twice, or lead nowhere. A step follows only earlier ones, so nothing waits for itself. */
function loose({ roles, steps, measures }: z.infer<typeof ScriptShape>): string | null {
  for (const [of, ids] of Object.entries({ roles, steps, measures })) {
    const twice = ids.find((one, nth) => ids.findIndex(({ id }) => id === one.id) !== nth);
    if (twice !== undefined) return `${of}: ${twice.id} stands twice`;
  }
  if (roles.some(({ id }) => id === directorRole)) return `roles: ${directorRole} directs`;
  const before = new Set<string>();
  for (const { id, role, when } of steps) {
    if (!roles.some((one) => one.id === role)) return `${id}: nobody plays ${role}`;
    if ("after" in when && !before.has(when.after)) return `${id}: ${when.after} does not stand before it`;
    before.add(id);
  }
  for (const { id, from, to } of measures)
    for (const { step } of [from, to]) if (!before.has(step)) return `${id}: there is no step ${step}`;
  return null;
}

/** The text in one language with what the story knows put in. Throws `UNKNOWN_FACT`. */
export function tell(said: Told, language: keyof Told, facts: Readonly<Record<string, string>>): string {
  return said[language].replace(/\{(\w+)\}/g, (_, fact: string) => {
    const known = Object.hasOwn(facts, fact) ? facts[fact] : undefined;
    if (known === undefined) throw new ExercisesError("UNKNOWN_FACT", fact);
    return known;
  });
}

/** In all four. */
export const tellAll = (said: Told, facts: Readonly<Record<string, string>>): Told => ({
  en: tell(said, "en", facts),
  id: tell(said, "id", facts),
  km: tell(said, "km", facts),
  fil: tell(said, "fil", facts),
});
