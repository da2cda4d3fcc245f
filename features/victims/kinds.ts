// The compartment's own kinds of entries: who she is and what she needs, status, merging, and who looked.
import { z } from "zod";
import type { EntryKind } from "./contract.ts";
import { mostTestimony, needs, releasable, risks, statuses } from "./people.ts";

const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((value) => !control.test(value), "CONTROL_CHARACTER");
const said = (most: number) => text(most).min(1);
const code = z.string().regex(/^[A-Za-z0-9-]{1,40}$/);
const state = z.string().regex(/^[A-Z]{2}$/);

/** Everything as she says it, in her own script; one name alone is a whole name. */
export const FactsShape = z.strictObject({
  names: z
    .array(z.strictObject({ text: said(200), use: z.enum(["own", "called", "document", "latin"]) }))
    .max(20)
    .default([]),
  /** As written, and as it was read into the common era; null where it was not asked. */
  born: z
    .strictObject({
      written: said(60),
      read: z
        .string()
        .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
        .nullable(),
      calendar: z.enum(["common", "buddhist", "unclear"]),
    })
    .nullable()
    .default(null),
  ageSaid: z.enum(["child", "doubt", "adult", "not-said"]).default("not-said"),
  sex: z.enum(["female", "male", "other", "not-said"]).default("not-said"),
  /** ISO 3166 alpha-2 of states; empty when not known. */
  nationalities: z.array(state).max(5).default([]),
  stateless: z.boolean().default(false),
  /** BCP 47, the one she wants first. */
  languages: z.array(code).max(10).default([]),
  contacts: z
    .array(z.strictObject({ how: code, text: said(300), safe: z.boolean() }))
    .max(20)
    .default([]),
  documents: z
    .array(z.strictObject({ type: code, number: said(100), state: state.nullable(), held: text(200) }))
    .max(20)
    .default([]),
  /** Where she is now, and where she was held. */
  place: text(500).default(""),
  heldAt: text(500).default(""),
  needs: z.array(z.enum(needs)).max(needs.length).default([]),
  risks: z.array(z.enum(risks)).max(risks.length).default([]),
  note: text(4000).default(""),
});
export type Facts = z.infer<typeof FactsShape>;

/** A change of what is known: only what it names, the rest stays. */
export const factsKind: EntryKind<Partial<Facts>> = {
  kind: "victims.facts",
  // A default would overwrite what is known, so each field is only as it was given.
  schema: z.strictObject(
    Object.fromEntries(
      Object.entries(FactsShape.shape).map(([name, field]) => [name, field.unwrap().exactOptional()]),
    ),
  ),
};

/** A decision of an authority, on its basis, with reasons in words (VIC-2). */
export const StatusShape = z.strictObject({
  /** The state whose authority it is, and the authority's name. */
  state: z.string().regex(/^[a-z]{2}$/),
  authority: said(200),
  status: z.enum(statuses).exclude(["not-screened"]),
  basis: said(500),
  reason: text(4000),
  /** Until when and where she can ask for another decision. */
  appeal: text(1000),
});
export type StatusSaid = z.infer<typeof StatusShape>;
export const statusKind: EntryKind<StatusSaid> = {
  kind: "victims.status",
  schema: StatusShape.refine(
    (one) => one.status !== "not-identified" || (one.reason !== "" && one.appeal !== ""),
    {
      path: ["reason"],
      message: "REASON_AND_APPEAL",
    },
  ),
};

const JoinShape = z.strictObject({ other: z.uuid(), reason: said(1000) });
export type Join = z.infer<typeof JoinShape>;
export const mergedKind: EntryKind<Join> = { kind: "victims.merged", schema: JoinShape };
export const partedKind: EntryKind<Join> = { kind: "victims.parted", schema: JoinShape };

const SeenShape = z.strictObject({
  /** What was shown: the page, masked fields by name, a print. */
  what: z.array(code).max(40),
  reason: text(500),
});
export type Seen = z.infer<typeof SeenShape>;
/** Who looked, when and why; hers to ask for. */
export const seenKind: EntryKind<Seen> = { kind: "victims.seen", schema: SeenShape };

const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** What came, and the key of its pieces: whoever reads this entry can open them, and nobody else. */
const TestimonyShape = z.strictObject({
  testimony: z.uuid(),
  name: said(200),
  type: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,100}$/),
  size: z.number().int().min(1).max(mostTestimony),
  digest,
  key: z.string().regex(/^[\w-]{43}$/),
});
export type Testimony = z.infer<typeof TestimonyShape>;
export const testimonyKind: EntryKind<Testimony> = { kind: "victims.testimony", schema: TestimonyShape };
export const AskTestimonyShape = TestimonyShape.omit({ testimony: true, key: true });
export const testimonyWholeKind: EntryKind<{ testimony: string }> = {
  kind: "victims.testimony-whole",
  schema: z.strictObject({ testimony: z.uuid() }),
};

export const AskReleaseShape = z.strictObject({
  case: z.string().regex(/^[A-Z]{2}-\d{4}-\d{6}$/),
  fields: z.array(z.enum(releasable)).max(releasable.length),
  testimonies: z.array(z.uuid()).max(20),
  reason: said(1000),
});
const ReleaseAskedShape = AskReleaseShape.extend({
  release: z.uuid(),
  /** Exactly what the case would see. */
  shown: z.array(z.strictObject({ field: z.enum(releasable), values: z.array(text(500)).max(20) })).max(20),
});
export type ReleaseAsked = z.infer<typeof ReleaseAskedShape>;
export const releaseAskedKind: EntryKind<ReleaseAsked> = {
  kind: "victims.release-asked",
  schema: ReleaseAskedShape,
};
export const releaseMadeKind: EntryKind<{ release: string }> = {
  kind: "victims.release-made",
  schema: z.strictObject({ release: z.uuid() }),
};
export const releaseEndedKind: EntryKind<{ release: string; reason: string }> = {
  kind: "victims.release-ended",
  schema: z.strictObject({ release: z.uuid(), reason: said(1000) }),
};

/** What may come from outside; of the others the desk alone says that they happened. */
export const comesFromOutside: ReadonlySet<string> = new Set([factsKind.kind, statusKind.kind]);

export const ownKinds: readonly EntryKind[] = [
  ...[factsKind, statusKind, mergedKind, partedKind, seenKind],
  ...[testimonyKind, testimonyWholeKind, releaseAskedKind, releaseMadeKind, releaseEndedKind],
];
