// The kinds of sealed entries that screening brings to the compartment: what was told, and what was said to follow.
import { z } from "zod";
import type { EntryKind } from "../victims/contract.ts";
import { answers, screeningLanguages } from "./contract/set.ts";
import type { Told } from "./contract/told.ts";

const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value), "CONTROL_CHARACTER");
const code = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/);
const version = z.string().regex(/^\d{4}\.\d{1,3}$/);
const instant = z.iso.datetime();

const GivenShape = z.strictObject({
  id: z.uuid(),
  question: code,
  answer: z.enum(answers),
  details: text(4_000),
  at: instant,
});
const ToldShape = z.strictObject({
  screening: z.uuid(),
  set: version,
  began: instant,
  hers: z.enum(screeningLanguages),
  officers: z.enum(screeningLanguages),
  interpreter: z.strictObject({ name: text(200), contact: text(200) }).nullable(),
  mark: text(60),
  given: z.array(GivenShape).max(200),
  ended: z.enum(["finished", "stopped"]).nullable(),
});
export const toldKind: EntryKind<Told> = { kind: "screening.told", schema: ToldShape };

const RuledShape = z.strictObject({
  set: version,
  status: z.enum(["indicators", "presumed"]),
  age: z.enum(["adult", "child", "doubtful"]),
  reasons: z.array(code).max(20),
  indicators: z.array(code).max(200),
  /** The conversations it rests on. */
  interviews: z.array(z.uuid()).max(100),
});
/** What the rule said when an officer decided, so that her decision can be read later. */
export type Ruled = z.infer<typeof RuledShape>;
export const ruledKind: EntryKind<Ruled> = { kind: "screening.ruled", schema: RuledShape };

export const screeningKinds: readonly EntryKind[] = [toldKind, ruledKind];
