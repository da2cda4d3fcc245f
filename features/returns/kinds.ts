// Sealed facts about going home: her choice, the risks, steps, reflection, and what her state said of her nationality.
import { aNodeCode, clean } from "@simpul/doors/http";
import { z } from "zod";
import type { EntryKind } from "../victims/contract.ts";
import {
  choices,
  conclusions,
  nationalityAnswers,
  planSteps,
  riskAnswers,
  stepStates,
  type Choice,
  type Reflection,
  type Risk,
  type StepSaid,
} from "./contract.ts";

const said = (most: number) => clean(most).refine((value) => value.trim() !== "", "REASON_NEEDED");
const day = z.iso.date();

export const ChoiceShape = z.strictObject({
  wants: z.enum(choices),
  words: clean(4000),
  language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$/),
  interpreter: clean(200),
  guardian: z.strictObject({ name: said(200), relation: said(200) }).nullable(),
});
export const choiceKind: EntryKind<Choice> = { kind: "returns.choice", schema: ChoiceShape };

export const RiskShape = z.strictObject({
  answers: z
    .array(
      z.strictObject({ risk: z.string().regex(/^[a-z-]{1,60}$/), is: z.enum(riskAnswers), why: clean(2000) }),
    )
    .max(40),
  conclusion: z.enum(conclusions),
  reason: said(4000),
});
export const riskKind: EntryKind<Risk> = { kind: "returns.risk", schema: RiskShape };

export const StepShape = z.strictObject({
  step: z.enum(planSteps),
  state: z.enum(stepStates),
  on: day.nullable(),
  who: clean(300),
  text: clean(2000),
});
export const stepKind: EntryKind<StepSaid> = { kind: "returns.step", schema: StepShape };

export const ReflectionShape = z.strictObject({ from: day, until: day, basis: said(300) });
export const reflectionKind: EntryKind<Reflection> = { kind: "returns.reflection", schema: ReflectionShape };

const NationalityShape = z.strictObject({
  state: aNodeCode,
  outcome: z.enum(nationalityAnswers),
  text: clean(2000),
});
export const nationalityKind: EntryKind<z.infer<typeof NationalityShape>> = {
  kind: "returns.nationality",
  schema: NationalityShape,
};

export const returnsKinds: readonly EntryKind[] = [
  choiceKind,
  riskKind,
  stepKind,
  reflectionKind,
  nationalityKind,
] as readonly EntryKind[];
