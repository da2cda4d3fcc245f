// What travels between the two states: signed statements, and the envelopes that carry them.
import { createHash } from "node:crypto";
import { aDigest, anId, aNodeCode, clean } from "@simpul/doors/http";
import { readBody } from "@simpul/exchange";
import { Digest, Handling } from "@simpul/model";
import { z } from "zod";
import { stayReasons } from "./contract.ts";
import { most } from "./rules.ts";

const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
const instant = z.iso.datetime();
const text = clean(most.text);
const kind = z.enum(["subject", "selector", "place", "event", "link", "item"]);
const count = z.number().int().min(1).max(100_000);
const statement = z.string().min(1).max(262_144);

const offer = z.strictObject({
  case: z.string().regex(/^[A-Z]{2}-\d{4}-\d{6}$/),
  title: clean(300).min(1),
  crimeType: code,
  covert: z.boolean(),
  whole: z.boolean(),
  summary: text,
  language,
  reason: code,
  reasonText: text,
  legalBasis: code,
  legalBasisText: text,
  after: text,
  remains: text,
  goes: z.array(z.strictObject({ kind, count })).max(10),
  handling: z.unknown().transform((value, context): Handling => {
    try {
      return Handling.parse(value as Handling);
    } catch {
      context.addIssue({ code: "custom", message: "NOT_A_HANDLING_SET" });
      return z.NEVER;
    }
  }),
  stays: z.array(z.strictObject({ kind, because: z.enum(stayReasons), count })).max(40),
  counted: z.boolean(),
});

/** What the owner signs when it offers; `content` is SHA-256 of the JSON text that will go. */
export const Offered = z.strictObject({
  v: z.literal(1),
  handOver: anId,
  from: aNodeCode,
  to: aNodeCode,
  reference: clean(40).min(1),
  at: instant,
  due: instant,
  content: aDigest,
  offer,
});
export type Offered = z.infer<typeof Offered>;

/** What the other state signs when it accepts; `offered` is SHA-256 of the signed offer. */
export const Accepted = z.strictObject({
  v: z.literal(1),
  handOver: anId,
  by: aNodeCode,
  at: instant,
  offered: aDigest,
});
/** What the owner signs when it hands over; `accepted` is SHA-256 of the signed acceptance. */
export const Handed = z.strictObject({
  v: z.literal(1),
  handOver: anId,
  by: aNodeCode,
  at: instant,
  accepted: aDigest,
});

export const types = {
  offered: "application/vnd.simpul.hand-over-offered+json",
  accepted: "application/vnd.simpul.hand-over-accepted+json",
  handed: "application/vnd.simpul.hand-over-handed+json",
} as const;

export const steps = ["accepted", "declined", "taken-back", "returned"] as const;
export type Step = (typeof steps)[number];

export const wire = {
  "hand-over.offered": z.strictObject({ agency: anId, handOver: anId, offered: statement }),
  "hand-over.said": z.strictObject({
    agency: anId,
    handOver: anId,
    step: z.enum(steps),
    /** Why: a ground of declining, `silence`, `frozen`; null where nothing is to be said. */
    code: code.nullable(),
    text,
    /** Who takes it on there; empty but for an acceptance. */
    desk: clean(300),
    lead: clean(300),
    /** With an acceptance. `handed`: the owner's word, where it gave it before. */
    accepted: statement.nullable(),
    handed: statement.nullable(),
  }),
  "hand-over.handed": z.strictObject({
    agency: anId,
    handOver: anId,
    handed: statement,
    content: z.string().min(2).max(most.content),
    /** For each item of the content; its bytes are the attachment of the same digest. */
    proofs: z
      .array(
        z.strictObject({
          item: anId,
          proof: z.strictObject({
            statements: z.array(z.string().max(131_072)).min(2).max(2000),
            disclosures: z.array(z.string().max(8000)).max(20),
            device: z.string().max(16_384),
          }),
        }),
      )
      .max(most.items),
  }),
  "hand-over.proposed": z.strictObject({
    agency: anId,
    handOver: anId,
    proposal: anId,
    text: text.min(1),
    language,
  }),
  "hand-over.settled": z.strictObject({
    agency: anId,
    handOver: anId,
    proposal: anId,
    taken: z.boolean(),
    text: clean(4000),
  }),
} as const;
export type WireType = keyof typeof wire;
export type Wire<T extends WireType> = z.infer<(typeof wire)[T]>;

/** Throws the refusal `BAD_BODY` for anything but exactly this. */
export const read = <T extends WireType>(type: T, body: unknown): Wire<T> =>
  readBody(wire[type], body) as Wire<T>;

export const digestOf = (text: string): Digest =>
  Digest.parse(createHash("sha256").update(text, "utf8").digest("hex"));
