// What travels between states: calls and reports as signed statements, and the envelopes that carry them.
import { EnvelopeRefused, readBody, readWords, signedWith, signWords } from "@simpul/exchange";
import { Evaluation, Handling, NodeCode } from "@simpul/model";
import { z } from "zod";
import { aDigest, anId, aNodeCode, clean } from "@simpul/doors/http";
import { outcomes, recallKinds, thingKinds } from "./contract.ts";
import type { RecallsNode } from "./node.ts";
import { most } from "./rules.ts";

export const id = anId;
export const nodeCode = aNodeCode;
const digest = aDigest;
export const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
export const text = clean(most.text);
const instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/)
  .refine((value) => !Number.isNaN(Date.parse(value)), "NOT_A_DATE");
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const conditions = z.strictObject({
  recipients: z.array(clean(300)).max(50).exactOptional(),
  purposes: z.array(clean(300)).max(20).exactOptional(),
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
export const evaluation = z
  .strictObject({ source: z.enum(["A", "B", "C", "X"]), information: z.enum(["1", "2", "3", "4"]) })
  .transform((value): Evaluation => value);

/** One thing called back, as its originator signs it. It names no person and shows no content (COR-3). */
export const SignedCall = z
  .strictObject({
    v: z.literal(1),
    recall: id,
    originator: nodeCode,
    kind: z.enum(recallKinds),
    record: id,
    version: digest,
    what: z.enum(thingKinds),
    reason: code,
    safety: z.boolean(),
    at: instant,
    due: instant,
    handling: handling.nullable(),
    evaluation: evaluation.nullable(),
    endsGrants: z.boolean(),
    /** The version that takes its place. */
    next: digest.nullable(),
  })
  .refine(({ kind, handling: terms }) => kind !== "restrict" || terms !== null, "NO_CODES")
  .refine(({ kind, evaluation: grade }) => kind !== "regrade" || grade !== null, "NO_GRADE");
export type SignedCall = z.infer<typeof SignedCall>;

/** What a holder signs: that it is closed there and to whom it went on; then what its officer decided. */
export const Report = z
  .strictObject({
    v: z.literal(1),
    recall: id,
    holder: nodeCode,
    stage: z.enum(["taken", "answered"]),
    at: instant,
    onward: z.array(nodeCode).max(50),
    outcome: z.enum(outcomes).nullable(),
    code: code.nullable(),
    text: text.nullable(),
    officer: clean(200).nullable(),
    /** Signed words of what was destroyed, one for each thing. */
    tombstones: z.array(z.string().max(8192)).max(most.things),
  })
  .refine(({ stage, outcome }) => stage === "taken" || outcome !== null, "NO_OUTCOME");
export type Report = z.infer<typeof Report>;

/** What stays of a thing that was destroyed (COR-3). */
export const Tombstone = z.strictObject({
  v: z.literal(1),
  recall: id,
  record: id,
  version: digest,
  what: z.enum(thingKinds),
  node: nodeCode,
  at: instant,
});
export type Tombstone = z.infer<typeof Tombstone>;

export const types = {
  call: "application/vnd.simpul.recall+json",
  report: "application/vnd.simpul.recall-report+json",
  tombstone: "application/vnd.simpul.tombstone+json",
} as const;

const statement = z.string().min(1).max(65_536);
/** The bodies of this room's envelopes, by type; whatever is not named here is refused. */
export const wire = {
  "recall.sent": z.strictObject({
    agency: id,
    recall: id,
    /** Calls as their originator signed them (DSSE, JSON text), also where another state passes them on. */
    calls: z.array(statement).min(1).max(most.things),
    text,
    /** The versions that take their place; each is checked against its call. */
    replacements: z.array(z.record(z.string().max(40), z.unknown())).max(most.things),
  }),
  /** EV-4: a holder proposes another grade; its originator answers, and the grade itself comes as a recall. */
  "grade.proposed": z.strictObject({
    agency: id,
    proposal: id,
    record: id,
    version: digest,
    given: evaluation,
    evaluation,
    text: text.refine((value) => value.trim() !== "", "REASON_NEEDED"),
  }),
  "grade.answered": z.strictObject({ agency: id, proposal: id, accepted: z.boolean(), text }),
  "recall.reported": z.strictObject({ agency: id, recall: id, report: z.string().min(1).max(4_000_000) }),
} as const;
export type WireType = keyof typeof wire;
export type Wire<T extends WireType> = z.infer<(typeof wire)[T]>;

/** Throws the refusal `BAD_BODY` for anything but exactly this. */
export const read = <T extends WireType>(type: T, body: unknown): Wire<T> =>
  readBody(wire[type], body) as Wire<T>;

export { signedWith };

/** Signs it in this node's name. */
export const sign = (
  node: Pick<RecallsNode, "signer">,
  type: keyof typeof types,
  value: SignedCall | Report | Tombstone,
): Promise<string> => signWords(node.signer, types[type], value);

/** What it says, and who signed it; throws the refusal `BAD_BODY` where it is no such statement. */
export const open = <S extends z.ZodType>(type: keyof typeof types, shape: S, signed: string): z.infer<S> =>
  readWords(types[type], shape as unknown as { parse(value: unknown): z.infer<S> }, signed);

/**
 * COR-3: what a report says was destroyed, each thing under its holder's own signature, where its key is known here.
 * Throws the refusal `BAD_BODY`.
 */
export async function tombstonesOf(report: Report, keys: readonly Uint8Array[]): Promise<Tombstone[]> {
  const found = report.tombstones.map((signed) => ({ signed, one: open("tombstone", Tombstone, signed) }));
  for (const { signed, one } of found) {
    const own = one.recall === report.recall && one.node === report.holder;
    if (!own || (keys.length > 0 && !(await signedWith(keys, signed))))
      throw new EnvelopeRefused("BAD_BODY", "a tombstone that is not its holder's");
  }
  return found.map(({ one }) => one);
}

/** Whether this state signed it; null where its key is not known here. */
export async function signedBy(
  node: Pick<RecallsNode, "keysOf">,
  state: NodeCode,
  signed: string,
): Promise<boolean | null> {
  const keys = await node.keysOf(state);
  return keys.length === 0 ? null : signedWith(keys, signed);
}
