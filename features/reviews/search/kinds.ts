// What the private search writes on a person's page, so that it cannot be forged: what we were told, and what we tell.
import type { Id, NodeCode } from "@simpul/model";
import { z } from "zod";
import type { EntryKind } from "../../victims/contract.ts";
import { purposeOfSearch, threats, type SearchPurpose, type Threat } from "../contract/search.ts";

const id = z.uuid().transform((text) => text as Id);
const state = z
  .string()
  .regex(/^[a-z]{2}$/)
  .transform((code) => code as NodeCode);

/** Another state's victim desk knows her, by that reference. */
export const toldKind: EntryKind<{
  search: Id;
  peer: NodeCode;
  pseudonym: string;
  review: Id | null;
}> = {
  kind: "reviews.told",
  schema: z.strictObject({ search: id, peer: state, pseudonym: z.string().max(20), review: id.nullable() }),
};

/** Whether a search of another desk is told of her: after the safety check, by an officer who says why. */
export const soughtKind: EntryKind<{
  search: Id;
  peer: NodeCode;
  purpose: SearchPurpose;
  says: "tell" | "withhold";
  threat: Threat;
  reason: string;
}> = {
  kind: "reviews.sought",
  schema: z
    .strictObject({
      ...{ search: id, peer: state, purpose: z.enum(purposeOfSearch) },
      ...{ says: z.enum(["tell", "withhold"]), threat: z.enum(threats) },
      reason: z.string().trim().min(3).max(1000),
    })
    .refine((one) => one.says === "withhold" || one.threat === "none", { path: ["threat"] }),
};
