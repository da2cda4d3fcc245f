// What comes from outside, parsed once: what officers send, and what other states' envelopes hold.
import { readBody } from "@simpul/exchange";
import { z } from "zod";
import { anId, aNodeCode, clean } from "@simpul/doors/http";
import { formalKinds } from "../requests/contract.ts";
import { steps, type Form } from "./contract.ts";
import { most } from "./rules.ts";

const line = clean(most.line);
const long = clean(most.long);
const text = clean(most.text);
export const id = anId;
export const nodeCode = aNodeCode;
const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const codeOrNone = z.union([code, z.literal("")]);
const language = z.union([z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), z.literal("")]);
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((value) => !Number.isNaN(Date.parse(value)), "NOT_A_DATE");
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/)
  .refine((value) => !Number.isNaN(Date.parse(value)), "NOT_A_DATE");
export const caseRef = z.string().regex(/^([A-Za-z]{2}-\d{4}-\d{6}|[0-9a-fA-F-]{36})$/);

const said = {
  type: code,
  subject: line,
  office: line,
  competent: line,
  basis: codeOrNone,
  basisText: line,
  stage: codeOrNone,
  matter: line,
  offence: codeOrNone,
  lawText: long,
  penalty: line,
  maxYears: z.number().min(0).max(100).nullable(),
  facts: long,
  connection: text,
  sought: text,
  grounds: text,
  location: text,
  procedure: text,
  questions: text,
  privilege: text,
  confidential: z.boolean(),
  confidentialWhy: line,
  neededBy: day.nullable(),
  timeWhy: line,
  allowances: line,
  undertakings: z.array(code).max(20),
  language,
  translation: z.strictObject({ language, translator: line, text: long }),
  copies: z.number().int().min(1).max(50).nullable(),
  certification: codeOrNone,
  urgent: z.boolean(),
  urgencyReason: codeOrNone,
  special: z
    .record(z.string().regex(/^[a-zA-Z]{1,40}$/), text)
    .refine((value) => Object.keys(value).length <= 30),
};

const handling = z.strictObject({
  codes: z.array(z.enum(["H0", "H1", "H2", "H3"])).max(4),
  text: clean(1000).exactOptional(),
});
const chosen = z.strictObject({
  id,
  handling,
  evaluation: z.strictObject({
    source: z.enum(["A", "B", "C", "X"]),
    information: z.enum(["1", "2", "3", "4"]),
  }),
  link: clean(2000),
});

export const FormShape = z.strictObject({
  ...said,
  to: nodeCode,
  records: z.array(chosen).max(most.records),
  items: z.array(chosen).max(most.items).default([]),
}) as unknown as z.ZodType<Form>;
export const SaveShape = z.strictObject({ form: FormShape, version: z.number().int().min(1) });

export const BeginShape = z
  .strictObject({
    kind: z.enum(formalKinds),
    type: code,
    to: nodeCode,
    letter: code.exactOptional(),
    request: id.exactOptional(),
    case: caseRef.exactOptional(),
    hit: id.exactOptional(),
    said: z.strictObject({ language, grounds: line, link: line }).exactOptional(),
    records: z.array(id).max(most.records).exactOptional(),
  })
  .refine((ask) => (ask.request === undefined) !== (ask.case === undefined), "ONE_ORIGIN");

export const CertificateShape = z.object({ form: code.optional() });

export const StepShape = z.strictObject({
  step: z.enum(steps),
  text: text.default(""),
  code: code.exactOptional(),
  until: day.exactOptional(),
  desk: id.exactOptional(),
});
export const ListShape = z.object({
  box: z.enum(["outgoing", "incoming"]).optional(),
  state: z.enum(["open", "closed"]).optional(),
  case: caseRef.optional(),
  request: id.optional(),
});

/** The bodies of this room's envelopes, by type; whatever is not named here is refused. */
export const wire = {
  /** Follows the request that is its way (`request.sent` with `formal`), under the same id. */
  "assistance.sent": z.strictObject({
    agency: id,
    thread: id,
    kind: z.enum(formalKinds),
    ...said,
    /** MLA-6: until when the formal copy follows. */
    formalDue: instant.nullable(),
  }),
  "assistance.said": z.strictObject({
    agency: id,
    thread: id,
    step: z.enum(steps),
    text,
    code: code.nullable(),
    until: day.nullable(),
    at: instant,
  }),
} as const;
export type WireType = keyof typeof wire;
export type Wire<T extends WireType> = z.infer<(typeof wire)[T]>;

/** Throws the refusal `BAD_BODY` for anything but exactly this. */
export const read = <T extends WireType>(type: T, body: unknown): Wire<T> =>
  readBody(wire[type], body) as Wire<T>;
