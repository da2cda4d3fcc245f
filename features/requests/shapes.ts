// What comes from outside, parsed once: what officers send, and what other states' envelopes hold.
import { Evaluation, Handling, holderRoles, selectorTypes } from "@simpul/model";
import { z } from "zod";
import { aDigest, anId, aNodeCode, clean } from "@simpul/doors/http";
import {
  answerKinds,
  evidenceEvents,
  formalKinds,
  grantActions,
  limitUnits,
  sharedKinds,
  unaskedKinds,
} from "./contract.ts";
import { most } from "./rules.ts";
import { caseRef, code, codeOrNone, day, instant, language, line, text } from "./shapes-words.ts";
import { proofChecks } from "../evidence/contract.ts";

export { caseRef, day, instant, line, text };
export const id = anId;
export const nodeCode = aNodeCode;
const digest = aDigest;

const conditions = z.strictObject({
  recipients: z.array(line).max(50).exactOptional(),
  purposes: z.array(line).max(20).exactOptional(),
  notAfter: day.exactOptional(),
  noAutomatedMatching: z.boolean().exactOptional(),
  noPrint: z.boolean().exactOptional(),
  victimSensitive: z.boolean().exactOptional(),
  destroyAfter: day.exactOptional(),
});
/** HC-2. */
export const handling = z
  .strictObject({
    codes: z.array(z.enum(["H0", "H1", "H2", "H3"])).max(4),
    text: clean(1000).exactOptional(),
    conditions: conditions.exactOptional(),
  })
  .transform((value, context): Handling => {
    try {
      return Handling.parse(value);
    } catch {
      context.addIssue({ code: "custom", message: "NOT_A_HANDLING_SET" });
      return z.NEVER;
    }
  });
/** Nothing but the two grades: whoever graded, and when, stays with the record at home. */
export const evaluation = z
  .object({ source: z.enum(["A", "B", "C", "X"]), information: z.enum(["1", "2", "3", "4"]) })
  .transform((value): Evaluation => ({ source: value.source, information: value.information }));

const paragraph = z.strictObject({ text, language, handling, evaluation });
const ticks = z.strictObject({
  case: z.boolean(),
  court: z.boolean(),
  recipients: z.array(nodeCode).max(most.states),
});
const chosen = z.strictObject({
  id,
  handling,
  evaluation,
  link: clean(2000).default(""),
  grants: ticks.exactOptional(),
});
const question = z.strictObject({ text, category: code });

const asked = {
  unasked: z.enum(unaskedKinds).exactOptional(),
  subject: line,
  questions: z.array(question).max(most.questions),
  facts: z.array(paragraph).max(most.paragraphs),
  offence: codeOrNone,
  whyThere: text,
  purpose: codeOrNone,
  legalBasis: codeOrNone,
  legalBasisText: clean(1000),
  urgent: z.boolean(),
  urgencyReason: code.nullable(),
  urgencyText: clean(2000),
  evidenceForeseen: z.boolean(),
  restrictions: clean(4000),
  language,
  languages: z.array(language).max(20),
  neededBy: day.nullable(),
  handling,
};

export const AskDraftShape = z.strictObject({
  case: z.union([caseRef, z.literal("")]),
  hit: id.nullable().default(null),
  to: z.array(nodeCode).max(most.states),
  letters: z
    .array(z.string().regex(/^[a-z]{2}-[a-z0-9-]{2,40}$/))
    .max(most.states)
    .exactOptional(),
  ...asked,
  records: z.array(chosen).max(most.records),
  items: z.array(chosen).max(most.items),
  confirmH0: z.boolean().exactOptional(),
});
/** The version that was read, and which fields were changed since. */
const saving = {
  version: z.number().int().min(1),
  changed: z
    .array(z.string().regex(/^[a-zA-Z0-9]{1,40}$/))
    .max(40)
    .exactOptional(),
};
export const SaveDraftShape = AskDraftShape.extend(saving);
const refusedPart = z.strictObject({
  question: z.number().int().min(0).max(most.questions),
  ground: code,
  text,
});
export const AskAnswerShape = z.strictObject({
  case: caseRef.nullable(),
  kind: z.enum(answerKinds),
  narrative: z.array(paragraph).max(most.paragraphs),
  records: z.array(chosen).max(most.records),
  items: z.array(chosen).max(most.items),
  refused: z.array(refusedPart).max(most.questions),
  searched: z.array(z.strictObject({ source: code, by: id, on: day })).max(most.searched),
  confirmH0: z.boolean().default(false),
  version: saving.version.exactOptional(),
  changed: saving.changed,
});

export const AskPermissionShape = z.strictObject({
  case: caseRef,
  records: z.array(id).min(1).max(most.permissionRecords),
  action: z.enum(["court", "onward"]),
  recipients: z.array(nodeCode).max(most.states),
  court: clean(500).nullable(),
  legalBasis: code,
  purpose: code,
  reason: text.refine((value) => value.trim() !== "", "REASON_NEEDED"),
  neededBy: day.nullable(),
});
/** HC-9. */
const override = {
  authority: line.refine((value) => value.trim().length >= 3, "REASON_NEEDED"),
  reason: code,
  facts: clean(4000).refine((value) => value.trim().length >= 20, "REASON_NEEDED"),
};
export const AskOverrideShape = z.strictObject(override);
export const AskDecisionShape = z.strictObject({
  decisions: z
    .array(z.strictObject({ record: id, grant: z.boolean(), ground: code.exactOptional() }))
    .min(1)
    .max(most.permissionRecords),
  conditions: clean(4000),
  notAfter: day.nullable(),
  reason: text,
});

// ------------------------------------------------------------------------------------------------- on the wire

const name = z.strictObject({
  text: clean(200).min(1),
  language,
  romanised: clean(200).exactOptional(),
  how: z.enum(["passport", "own-spelling", "ungegn", "ala-lc", "rtgs", "pinyin", "other"]).exactOptional(),
  alias: z.boolean().exactOptional(),
});
const when = z.string().max(40);
const fields = {
  subject: z.strictObject({
    kind: z.enum(["person", "organisation"]),
    role: z.enum(holderRoles),
    names: z.array(name).max(30),
    pseudonym: clean(40).nullable(),
    birth: when.nullable(),
    nationalities: z.array(z.string().regex(/^[A-Z]{2,3}$/)).max(10),
  }),
  selector: z.strictObject({
    type: z.enum(selectorTypes),
    canonical: clean(4096).min(1),
    profile: clean(80),
    written: clean(4096),
    valid: z.boolean(),
    role: z.enum(holderRoles),
    subject: id.nullable(),
  }),
  place: z.strictObject({
    names: z.array(name).min(1).max(30),
    kind: code,
    country: z.string().regex(/^[A-Z]{2}$/),
    province: clean(200),
    position: z
      .strictObject({
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
        radius: z.number().int().min(1).max(2_000_000),
      })
      .nullable(),
  }),
  event: z.strictObject({
    kind: code,
    title: clean(300).min(1),
    began: when,
    ended: when.nullable(),
    place: id.nullable(),
    subjects: z.array(id).max(200),
  }),
  link: z.strictObject({
    kind: code,
    from: id,
    toKind: z.enum(["subject", "selector", "place"]),
    to: id,
    began: when.nullable(),
    ended: when.nullable(),
  }),
} as const;
export const sharedFields = fields;

export const grant = z.strictObject({
  id,
  originator: nodeCode,
  holder: nodeCode,
  record: id,
  version: digest,
  action: z.enum(grantActions),
  recipients: z.array(nodeCode).max(most.states),
  court: clean(500).nullable(),
  thread: id.nullable(),
  conditions: clean(4000),
  notAfter: instant.nullable(),
  at: instant,
  paper: z
    .strictObject({ scan: digest, letter: clean(40), saidBy: clean(300), saidAt: clean(30) })
    .exactOptional(),
  signed: z.string().max(65_536),
});
const kept = {
  id,
  originator: nodeCode,
  handling,
  evaluation,
  link: clean(2000),
  grants: z.array(grant).max(most.grants),
};
const record = z.discriminatedUnion(
  "kind",
  sharedKinds.map((kind) =>
    z.strictObject({ kind: z.literal(kind), version: digest, fields: fields[kind], ...kept }),
  ) as never,
) as unknown as z.ZodType<WireRecord>;
type WireRecord = import("./contract.ts").SharedRecord;
export { record as sharedRecord };

/** An item with its proof; the bytes travel as the attachment of the same digest. */
const item = z.strictObject({
  ...kept,
  fileName: clean(255).min(1),
  mediaType: z.string().regex(/^[\w.+-]{1,80}\/[\w.+-]{1,100}$/),
  size: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  digest,
  proof: z.strictObject({
    statements: z.array(z.string().max(131_072)).min(2).max(2000),
    disclosures: z.array(z.string().max(8000)).max(20),
    device: z.string().max(16_384),
  }),
});

export const sharedItem = item.omit({ proof: true });

const clock = z.strictObject({
  state: z.enum(["running", "stopped", "suspended", "ended"]),
  started: instant,
  due: instant.nullable(),
  limit: z.strictObject({ amount: z.number().int().min(1).max(1000), unit: z.enum(limitUnits) }),
  standing: z.enum(["target", "agreed"]).exactOptional(),
  days: z
    .strictObject({ states: z.array(nodeCode).max(10), version: line, entered: z.boolean() })
    .exactOptional(),
  reach: z.enum(["direct", "other-authority", "private-party", "judicial-order", "not-available"]),
  urgent: z.boolean(),
  left: z.number().int().nullable(),
  until: day.nullable(),
  over: z.boolean(),
});
/** The authority in whose name it is signed. */
const agency = id;
/** By officers, beside the words that travel with them; the original prevails. */
const translation = z.strictObject({
  field: z.string().regex(/^[a-zA-Z]{1,40}(\.[0-9]{1,3})?$/),
  language,
  into: language,
  text: text.refine((value) => value.trim() !== "", "NEEDED"),
  by: clean(200).min(1),
});
const translations = z.array(translation).min(1).max(most.translations).exactOptional();

/** The bodies of all envelopes of this room, by type; whatever is not named here is refused. */
export const wire = {
  "request.sent": z
    .strictObject({
      agency,
      thread: id,
      reference: line,
      /** The way of a formal request, which an envelope of its own tells (assistance.sent). */
      formal: z.enum(formalKinds).exactOptional(),
      ...asked,
      translations,
      records: z.array(record).max(most.records),
      items: z.array(item).max(most.items),
    })
    // MSG-2: what is told unasked asks nothing; what is administrative holds nothing of a case.
    .refine((one) => one.unasked === undefined || (one.questions.length === 0 && one.formal === undefined), {
      path: ["unasked"],
    })
    .refine(
      (one) =>
        one.unasked !== "administrative" ||
        (one.offence === "" && one.records.length + one.items.length === 0),
      { path: ["unasked"] },
    ),
  "request.status": z.strictObject({
    agency,
    thread: id,
    state: z.enum(["delivered", "opened", "in-work", "clarification", "judicial"]),
    clock,
    text: text.nullable(),
  }),
  "request.clarified": z.strictObject({ agency, thread: id, text }),
  "request.withdrawn": z.strictObject({ agency, thread: id, reason: text }),
  "request.closed": z.strictObject({ agency, thread: id, usefulness: code, text }),
  "request.refused": z.strictObject({ agency, thread: id, ground: code, text, clock }),
  "request.transferred": z.strictObject({ agency, thread: id, authority: line, text, clock }),
  "answer.released": z.strictObject({
    agency,
    thread: id,
    answer: id,
    kind: z.enum(answerKinds),
    narrative: z.array(paragraph).max(most.paragraphs),
    translations,
    refused: z.array(refusedPart).max(most.questions),
    searched: z
      .array(z.strictObject({ source: code, on: day, count: z.number().int().min(1).max(most.searched) }))
      .max(most.searched),
    records: z.array(record).max(most.records),
    items: z.array(item).max(most.items),
    clock,
  }),
  "translation.sent": z.strictObject({
    agency,
    thread: id,
    answer: id.nullable(),
    original: digest,
    translation,
  }),
  "item.reported": z.strictObject({
    agency,
    thread: id,
    item: id,
    digest,
    failed: z.enum(proofChecks).nullable(),
    at: instant,
    signed: z.string().min(1).max(16_384),
  }),
  "evidence.given": z.strictObject({
    agency,
    letter: id,
    thread: id,
    answer: id.nullable(),
    event: z.enum(evidenceEvents),
    at: instant,
    signed: z.string().min(1).max(16_384),
  }),
  "permission.asked": z.strictObject({
    agency,
    permission: id,
    thread: id,
    reference: line,
    records: z
      .array(z.strictObject({ record: id, version: digest }))
      .min(1)
      .max(most.permissionRecords),
    action: z.enum(["court", "onward"]),
    recipients: z.array(nodeCode).max(most.states),
    court: clean(500).nullable(),
    legalBasis: code,
    purpose: code,
    reason: text,
    neededBy: day.nullable(),
    due: instant,
  }),
  "permission.decided": z.strictObject({
    agency,
    permission: id,
    state: z.enum(["granted", "conditions", "partly", "refused"]),
    decisions: z
      .array(z.strictObject({ record: id, grant: z.boolean(), ground: code.nullable() }))
      .max(most.permissionRecords),
    grants: z.array(grant).max(most.permissionRecords),
    conditions: clean(4000),
    notAfter: instant.nullable(),
    reason: text,
  }),
  "permission.withdrawn": z.strictObject({ agency, permission: id }),
  "override.notified": z.strictObject({
    agency,
    override: id,
    thread: id,
    to: nodeCode,
    ...override,
    alone: z.boolean(),
    grants: z
      .array(grant)
      .min(1)
      .max(most.records + most.items),
  }),
} as const;
export type WireType = keyof typeof wire;
export type Wire<T extends WireType> = z.infer<(typeof wire)[T]>;
export type WireItem = z.infer<typeof item>;
