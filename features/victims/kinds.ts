// The compartment's own kinds of entries: who she is and what she needs, status, merging, and who looked.
import { z } from "zod";
import type { EntryKind } from "./contract.ts";
import { needs, risks, statuses } from "./people.ts";

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

export const ownKinds: readonly EntryKind[] = [factsKind, statusKind, mergedKind, partedKind, seenKind];
