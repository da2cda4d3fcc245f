// What officers send, parsed once.
import { NodeCode } from "@simpul/model";
import { z } from "zod";
import { flagKinds, outcomes, recallKinds } from "./contract.ts";
import { most } from "./rules.ts";
import { code, evaluation, handling, id, text } from "./wire.ts";

export const AskRecallShape = z.strictObject({
  kind: z.enum(recallKinds),
  records: z.array(id).min(1).max(most.things),
  reasonCode: code,
  reason: text,
  safety: z.boolean().default(false),
  handling: handling.exactOptional(),
  evaluation: evaluation.exactOptional(),
  endsGrants: z.boolean().exactOptional(),
});

export const AskAnswerShape = z.strictObject({
  outcome: z.enum(outcomes),
  code: code.exactOptional(),
  text: text.default(""),
});

export const AskGradeShape = z.strictObject({ request: id, record: id, evaluation, reason: text });
export const GradeAnswerShape = z.strictObject({ accept: z.boolean(), text: text.default("") });
export const GradesShape = z.object({ state: z.enum(["open", "closed"]).optional(), request: id.optional() });
export const OnPaperShape = AskAnswerShape.extend({
  holder: z
    .string()
    .regex(/^[a-z]{2}$/)
    .transform((state) => NodeCode.parse(state)),
});

export const ReasonShape = z.strictObject({ reason: text.default("") });
export const at = z.object({ id });
export const atRequest = z.object({ request: id });
export const ListShape = z.object({
  box: z.enum(["ours", "theirs"]).optional(),
  state: z.enum(["open", "closed"]).optional(),
  request: id.optional(),
  case: id.optional(),
  made: z.enum(flagKinds).optional(),
});
