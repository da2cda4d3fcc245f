// The one letter of this room as it goes over the wire: what became of a request, without a name; strict, with limits.
import { EnvelopeRefused } from "@simpul/exchange";
import { Id } from "@simpul/model";
import { z } from "@simpul/doors/http";
import { offenceKinds } from "../offences/contract.ts";
import { outcomes } from "./contract.ts";

const uuid = z.uuid().transform((value) => Id.parse(value));

const ToldShape = z
  .strictObject({
    agency: uuid,
    thread: uuid,
    outcome: z.enum(outcomes),
    offences: z.array(z.enum(offenceKinds)).min(1).max(offenceKinds.length),
    began: z.iso.date(),
    ended: z.iso.date(),
    on: z.iso.date(),
  })
  .refine((one) => one.began <= one.ended);
export type Told = z.infer<typeof ToldShape>;

/** Throws the refusal `BAD_BODY`. */
export function readTold(body: unknown): Told {
  const read = ToldShape.safeParse(body);
  if (!read.success) throw new EnvelopeRefused("BAD_BODY");
  return read.data;
}
