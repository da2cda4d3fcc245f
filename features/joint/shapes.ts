// What comes from outside, parsed once: what officers send, and what other states' letters hold.
import { EnvelopeRefused, readBody } from "@simpul/exchange";
import { Handling, type Digest } from "@simpul/model";
import { z } from "zod";
import { aDigest, anId, aNodeCode, clean } from "@simpul/doors/http";
import {
  backfills,
  becauses,
  clauseNames,
  disclosures,
  endingKinds,
  memberRoles,
  noteParts,
  ownKinds,
  reaches,
  taskStates,
  thingKinds,
  type Content,
  type Note,
  type NoteDraft,
  type PutOwn,
  type Thing,
} from "./contract.ts";
import { clauseFinding, most } from "./rules.ts";

export const id = anId;
const line = clean(most.line);
const text = clean(most.text);
const said = text.refine((value) => value.trim().length >= 3, "REASON_NEEDED");
const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
const day = z.iso.date();
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/)
  .refine((value) => !Number.isNaN(Date.parse(value)), "NOT_A_DATE");
export const caseRef = z.string().regex(/^([A-Za-z]{2}-\d{4}-\d{6}|[0-9a-fA-F-]{36})$/);

const clause = z.strictObject({ name: z.enum(clauseNames), state: aNodeCode.nullable(), text });
const noteFields = {
  parties: z.array(aNodeCode).max(most.parties),
  title: line,
  facts: text,
  offences: z.array(code).max(10),
  from: day,
  until: day,
  share: z.array(z.enum(thingKinds)).max(thingKinds.length),
  backfill: z.enum(backfills),
  court: z.boolean(),
  leads: z.array(z.strictObject({ state: aNodeCode, part: line })).max(most.parties),
  coordination: z.array(aNodeCode).max(most.units).exactOptional(),
  clauses: z
    .array(clause)
    .max(clauseNames.length * most.parties)
    .exactOptional(),
  clearance: z.literal(true).exactOptional(),
  purgeDays: z.number().int().min(1).max(most.purgeDays),
};
export const NoteShape = z.strictObject(noteFields) as unknown as z.ZodType<NoteDraft>;
const note = (
  z.strictObject({
    space: id,
    version: z.number().int().min(1).max(1000),
    proposer: aNodeCode,
    ...noteFields,
  }) as unknown as z.ZodType<Note>
).refine((value) => clauseFinding(value) === null, "CLAUSES");

const handling = z
  .strictObject({
    codes: z.array(z.enum(["H0", "H1", "H2", "H3"])).max(4),
    text: clean(1000).exactOptional(),
    conditions: z
      .strictObject({
        recipients: z.array(line).max(50).exactOptional(),
        purposes: z.array(line).max(20).exactOptional(),
        notAfter: day.exactOptional(),
        noAutomatedMatching: z.boolean().exactOptional(),
        noPrint: z.boolean().exactOptional(),
        victimSensitive: z.boolean().exactOptional(),
        destroyAfter: day.exactOptional(),
      })
      .exactOptional(),
  })
  .transform((value, context): Handling => {
    try {
      return Handling.parse(value);
    } catch {
      context.addIssue({ code: "custom", message: "NOT_A_HANDLING_SET" });
      return z.NEVER;
    }
  });
const evaluation = z.strictObject({
  source: z.enum(["A", "B", "C", "X"]),
  information: z.enum(["1", "2", "3", "4"]),
});

const own = {
  task: z.strictObject({
    title: line.min(1),
    for: aNodeCode.nullable(),
    due: day.nullable(),
    state: z.enum(taskStates),
    text,
  }),
  decision: z.strictObject({ title: line.min(1), reason: said, decidedOn: day }),
  note: z.strictObject({ text: said, language }),
  date: z.strictObject({
    title: line.min(1),
    at: instant,
    text,
    discloses: z.literal(true).exactOptional(),
  }),
} as const;

const disclosure = z
  .array(z.strictObject({ state: aNodeCode, status: z.enum(disclosures) }))
  .max(most.parties);
const grants = z.array(z.record(z.string(), z.unknown())).max(50);
const itemRef = z.strictObject({
  id,
  originator: aNodeCode,
  fileName: clean(255).min(1),
  mediaType: z.string().regex(/^[\w.+-]{1,80}\/[\w.+-]{1,100}$/),
  size: z.number().int().min(1),
  digest: aDigest,
  handling,
  evaluation,
  link: clean(2000),
  grants,
  certificate: z.strictObject({ sealedAt: instant, method: code }),
  disclosure,
});

/** What a record is, requests know; the server hands the parser in, so that both rooms read one form. */
export type ReadRecord = (value: unknown) => unknown;
export const contentOf = (kind: string, value: unknown, readRecord: ReadRecord): Content => {
  const bad = (): never => {
    throw new EnvelopeRefused("BAD_BODY", `content of a ${kind}`);
  };
  const given = (value ?? {}) as Record<string, unknown>;
  if (Object.keys(given).length !== 1) return bad();
  if (ownKinds.some((one) => one === kind)) {
    const found = own[kind as keyof typeof own].safeParse(given["own"]);
    return found.success ? { own: found.data } : bad();
  }
  if (kind === "item") {
    const found = itemRef.safeParse(given["item"]);
    return found.success ? ({ item: found.data } as unknown as Content) : bad();
  }
  const record = readRecord(given["record"]) as { kind?: string } | null;
  if (record === null || (record.kind === "place" ? "site" : record.kind) !== kind) return bad();
  return { record } as unknown as Content;
};

const putRecord = z.strictObject({ id, handling, evaluation, link: clean(2000) });
const putOwn = z.discriminatedUnion(
  "kind",
  ownKinds.map((kind) => z.strictObject({ kind: z.literal(kind), fields: own[kind], handling })) as never,
) as unknown as z.ZodType<PutOwn>;
export const PutShape = z.strictObject({
  case: caseRef.nullable(),
  records: z.array(putRecord).max(most.atOnce),
  items: z.array(putRecord.extend({ disclosure: z.enum(disclosures) })).max(most.atOnce),
  own: z.array(putOwn).max(most.atOnce),
});
export const CorrectShape = z.strictObject({
  own: z.unknown().optional(),
  disclosure: disclosure.exactOptional(),
  handling: handling.exactOptional(),
  reason: said,
});
export const ReasonShape = z.strictObject({ reason: said });
export const ApproveShape = z.strictObject({ version: z.number().int().min(1), digest: aDigest });
const ofNote = { version: z.number().int().min(1).max(1000), digest: aDigest };
const partRef = { part: z.enum(noteParts), of: aNodeCode.nullable() };
export const RemarkShape = z.strictObject({ ...ofNote, ...partRef, text: said });
export const ClearShape = z.strictObject({ ...ofNote, text });
export const RemoveShape = z.strictObject({ party: aNodeCode, reason: said });
export const MemberShape = z.strictObject({ officer: id, role: z.enum(["contributor", "reader"]) });
export const ConfirmShape = z.strictObject({ digest: aDigest });
export const DocumentShape = z.strictObject({
  name: clean(255).min(1),
  mediaType: z.enum(["application/pdf", "image/png", "image/jpeg", "text/plain"]),
  bytes: z.base64().max(Math.ceil((most.documentBytes * 4) / 3) + 4),
  replaces: id.nullable().default(null),
});
export const DigestShape = z.strictObject({ digest: aDigest });
const count = z.number().int().min(0).max(1_000_000);
const assessment = {
  reached: z.enum(reaches),
  ...{ arrests: count, identified: count, referred: count, spared: count },
  assets: z.number().int().min(0).max(1_000_000_000_000),
  difficulties: text,
  legal: text,
};
export const AssessmentShape = z
  .strictObject(assessment)
  .refine((value) => value.referred <= value.identified, "MORE_REFERRED_THAN_IDENTIFIED");
export const KeepShape = z.strictObject({ proceeding: line.min(3) });

// ------------------------------------------------------------------------------------------------- on the wire

const signed = z.string().max(65_536);
const noteSigned = z.string().max(262_144);
const approval = z.strictObject({
  space: id,
  version: z.number().int().min(1).max(1000),
  digest: aDigest,
  party: aNodeCode,
  officer: line,
  office: line,
  at: instant,
});
const ending = z.strictObject({
  space: id,
  party: aNodeCode,
  by: aNodeCode,
  kind: z.enum(endingKinds),
  reason: text,
  officer: line,
  at: instant,
});
const member = z.strictObject({
  id,
  name: line,
  office: line,
  role: z.enum(memberRoles),
  since: instant,
  ended: instant.nullable(),
});
const thing = z.strictObject({
  id,
  kind: z.enum(thingKinds),
  version: z.number().int().min(1).max(100_000),
  state: z.enum(["standing", "withdrawn"]),
  by: id,
  at: instant,
  firstAt: instant,
  reason: clean(2000),
  handling,
  evaluation,
  content: z.unknown(),
  /** Only where it is withdrawn by no person (HC-6). */
  because: z.enum(becauses).exactOptional(),
});
export type WireThing = Thing & { firstAt: string };

const wordFields = {
  ...{ id, space: id, ...ofNote, party: aNodeCode },
  ...{ officer: line, office: line, at: instant },
};
const word = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("remark"), ...wordFields, ...partRef, text: said }),
  z.strictObject({ kind: z.literal("clearance"), ...wordFields, text }),
]);

const agency = id;
const notice = { agency, note, noteSigned, approval, signed };
/** The bodies of this room's letters, by type; whatever is not named here is refused. */
export const wire = {
  /** The note, signed by its writer, with the writer's own approval. */
  "joint.proposed": z.strictObject(notice),
  /** A party's approval; the note goes along, so that it is known whichever letter comes first. */
  "joint.approved": z.strictObject(notice),
  /** JIT-2; the note goes along, as with an approval. */
  "joint.word": z.strictObject({ agency, note, noteSigned, word, signed }),
  "joint.ended": z.strictObject({ agency, ending, signed }),
  "joint.members": z.strictObject({ agency, space: id, members: z.array(member).max(most.members) }),
  "joint.put": z.strictObject({ agency, space: id, things: z.array(thing).min(1).max(500) }),
  "joint.confirmed": z.strictObject({
    agency,
    space: id,
    officer: line,
    at: instant,
    things: z.number().int().min(0).max(most.things),
    signed: z.string().max(4_194_304),
  }),
  "joint.document": z.strictObject({
    agency,
    space: id,
    document: z.strictObject({
      id,
      space: id,
      party: aNodeCode,
      name: clean(255).min(1),
      mediaType: z.string().max(100),
      size: z.number().int().min(1).max(most.documentBytes),
      digest: aDigest,
      officer: line,
      at: instant,
      replaces: id.nullable(),
    }),
    signed,
    bytes: z.base64().max(Math.ceil((most.documentBytes * 4) / 3) + 4),
  }),
  "joint.document-signed": z.strictObject({
    agency,
    signature: z.strictObject({
      ...{ space: id, document: id, digest: aDigest, party: aNodeCode },
      ...{ officer: line, office: line, at: instant },
    }),
    signed,
  }),
  "joint.evaluated": z.strictObject({
    agency,
    evaluated: z.strictObject({
      ...{ space: id, party: aNodeCode, officer: line, at: instant },
      ...assessment,
    }),
    signed,
  }),
  /** JIT-5. */
  "joint.kept": z.strictObject({
    agency,
    space: id,
    kept: z.strictObject({
      thing: id,
      party: aNodeCode,
      proceeding: line.min(3),
      officer: line,
      at: instant,
    }),
  }),
} as const;
export type WireType = keyof typeof wire;
export type Wire<T extends WireType> = z.infer<(typeof wire)[T]>;

/** Throws the refusal `BAD_BODY` for anything but exactly this. */
export const read = <T extends WireType>(type: T, body: unknown): Wire<T> =>
  readBody(wire[type], body) as Wire<T>;
export type { Digest };
