// The law by state as it ships, or the file a node was given in its place: parsed once, with limits on every text and list.
import { readFileSync } from "node:fs";
import { NodeCode } from "@simpul/model";
import { z } from "zod";
import {
  askedOf,
  basisUses,
  elements,
  exhibitNeeds,
  offenceKinds,
  standings,
  type LawByState,
} from "./contract.ts";

const node = z
  .string()
  .regex(/^[a-z]{2}$/)
  .transform((value) => NodeCode.parse(value));
const language = z.string().regex(/^[a-z]{2,3}$/);

const address = z.union([
  z.literal(""),
  z
    .string()
    .max(500)
    .regex(/^https?:\/\//),
]);

const fact = z
  .strictObject({
    says: z.string().max(1000),
    law: z.string().max(200),
    section: z.string().max(100),
    address,
    standing: z.enum(standings),
  })
  .refine((one) => one.standing === "to-be-confirmed" || (one.says !== "" && one.address !== ""), {
    message: "what is confirmed says something, and by which address",
  })
  .refine((one) => one.section === "" || one.law !== "", { message: "a section is of a law" });

const offence = z.strictObject({
  kind: z.enum(offenceKinds),
  text: fact,
  wording: z
    .array(z.strictObject({ language, text: z.string().min(1).max(4000), address }))
    .max(6)
    .default([]),
  penalty: fact,
  maxYears: z.number().int().min(1).max(100).nullable(),
  life: z.boolean(),
});

const asks = z.enum(askedOf);

const Shape = z.strictObject({
  version: z.string().min(1).max(40),
  note: z.string().max(1000),
  kinds: z
    .array(
      z.strictObject({
        kind: z.enum(offenceKinds),
        elements: z.array(z.enum(elements)).min(1).max(12),
        general: fact,
      }),
    )
    .length(offenceKinds.length),
  asks: z.record(z.enum(exhibitNeeds), asks),
  states: z
    .array(
      z.strictObject({
        state: node,
        offences: z.array(offence).min(1).max(40),
        charging: fact,
        nonPunishment: fact,
        court: z.strictObject({
          languages: z.array(language).min(1).max(6),
          asks: z.partialRecord(z.enum(exhibitNeeds), asks).default({}),
          certificate: fact,
          authentication: fact,
          translation: fact,
          witness: fact,
          earlyTestimony: fact,
        }),
      }),
    )
    .min(1)
    .max(30),
  bases: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z][a-z0-9-]{0,58}$/),
        of: z.array(z.enum(basisUses)).min(1).max(2),
        parties: z.array(node).min(2).max(30),
        basis: fact,
      }),
    )
    .max(200),
});

/** Throws what is wrong with the file, by its place in it. */
export const readLawByState = (file = new URL("offences.json", import.meta.url)): LawByState =>
  Shape.parse(JSON.parse(readFileSync(file, "utf8")));
