// What officers send to this room, parsed once, with limits on every size.
import { Evaluation, Handling, Id } from "@simpul/model";
import { z } from "zod";
import { outcomes } from "../recalls/contract.ts";
import { answerKinds } from "../requests/contract.ts";
import { answerWays, channels } from "./contract.ts";

const clean = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value), "CONTROL_CHARACTER");
const said = clean(300).refine((value) => value.trim() !== "", "NEEDED");
const past = (form: RegExp) =>
  z
    .string()
    .regex(form)
    .refine((value) => !Number.isNaN(Date.parse(value)) && value >= "2000", "NOT_A_DATE");
const day = past(/^\d{4}-\d{2}-\d{2}$/);
/** A day, or a minute of it. */
const when = past(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/);
export const id = z
  .string()
  .max(100)
  .transform((value, context) => {
    try {
      return Id.parse(value.toLowerCase());
    } catch {
      context.addIssue({ code: "custom", message: "NOT_AN_ID" });
      return z.NEVER;
    }
  });
const handling = z
  .strictObject({
    codes: z.array(z.enum(["H0", "H1", "H2", "H3"])).max(4),
    text: clean(1000).exactOptional(),
  })
  .transform((value, context): Handling => {
    try {
      return Handling.parse(value);
    } catch {
      context.addIssue({ code: "custom", message: "NOT_A_HANDLING_SET" });
      return z.NEVER;
    }
  });

export const correspondent = z.string().regex(/^[a-z]{2}-[a-z0-9-]{2,40}$/);
export const PostedShape = z.strictObject({
  on: day,
  channel: z.enum(channels),
  note: clean(300).default(""),
});
export const AcknowledgedShape = z.strictObject({ on: day, theirReference: clean(120).default("") });
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
export const AnsweredShape = z.strictObject({
  kind: z.enum(answerKinds),
  way: z.enum(answerWays),
  saidBy: said,
  saidAt: when,
  theirReference: clean(120).default(""),
  text: clean(8000).default(""),
  language: language.default("en"),
  // HC-3, and what a voice on the phone is until somebody grades it (EV-3).
  handling: handling.default({ codes: ["H1", "H2"] }),
  evaluation: z
    .strictObject({ source: z.enum(["A", "B", "C", "X"]), information: z.enum(["1", "2", "3", "4"]) })
    .default({ source: "X", information: "4" })
    .transform((value): Evaluation => value),
  items: z.array(id).max(50).default([]),
});
const answerSaid = {
  way: z.enum(answerWays),
  saidBy: said,
  saidAt: when,
  theirReference: clean(120).default(""),
  text: clean(2000).default(""),
  language: language.default("en"),
  items: z.array(id).max(50).default([]),
};
const listed = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
export const RecalledShape = z.strictObject({
  outcome: z.enum(outcomes),
  code: listed.nullable().default(null),
  ...answerSaid,
});
export const PermittedShape = z.strictObject({
  decisions: z
    .array(z.strictObject({ record: id, grant: z.boolean(), ground: listed.exactOptional() }))
    .min(1)
    .max(50),
  conditions: clean(4000).default(""),
  notAfter: day.nullable().default(null),
  ...answerSaid,
});
export const RefusedShape = z.strictObject({
  ground: z.string().regex(/^[a-z][a-z0-9-]{0,58}$/),
  way: z.enum(answerWays),
  saidBy: said,
  saidAt: when,
  text: clean(2000).default(""),
});
