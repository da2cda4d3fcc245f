// The versioned lists of the requests room: urgency, data categories, bases, grounds, sources, clocks.
import { readFileSync } from "node:fs";
import { purposes } from "@simpul/model";
import { z } from "zod";
import { limitUnits, reaches, RequestsError, type Codes } from "./contract.ts";

const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const list = z.array(code).min(1).max(200);
const limit = z.object({ amount: z.number().int().min(1).max(1000), unit: z.enum(limitUnits) });
const limits = z.record(z.enum(reaches), limit);
const Lists = z.object({
  version: z.string().min(1).max(40),
  urgency: z
    .array(z.object({ code, usual: z.literal("victim-under-control").exactOptional() }))
    .min(1)
    .max(50),
  categories: z
    .array(z.object({ code, reach: z.enum(reaches) }))
    .min(1)
    .max(200),
  legalBases: z
    .array(
      z.object({
        code,
        standing: z.enum(["confirmed", "to-be-confirmed"]),
        text: z.string().max(200),
        formal: z.boolean().exactOptional(),
      }),
    )
    .min(1)
    .max(100),
  purposes: z.array(z.enum(purposes)).min(1),
  grounds: z
    .array(z.object({ code, partial: z.boolean() }))
    .min(1)
    .max(50),
  sources: list,
  usefulness: list,
  languages: z
    .array(z.string().regex(/^[a-z]{2,3}$/))
    .min(1)
    .max(50),
  clocks: z.object({ urgent: limits, ordinary: limits }),
  clocksStanding: z.enum(["target", "agreed"]),
  retrieval: z.object({ urgent: limit, ordinary: limit }),
  escalation: z.object({
    duty: z.number().int().min(1),
    supervisor: z.number().int().min(1),
    phone: z.number().int().min(1),
  }),
  warn: z.object({ hours: z.number().int().min(1), urgentHours: z.number().int().min(1) }),
  override: z.object({ hours: z.number().int().min(1).max(72), urgency: code, reasons: list }),
  days: z.object({ repeat: z.number().int().min(1).max(3650), permission: z.number().int().min(1).max(365) }),
});

/** The lists in force at a node, all but the peers that can be asked and the offences, which are others'. */
export type Lists = Omit<Codes, "states" | "offences" | "correspondents">;

/** Reads the lists that ship with Simpul, or those a node was given in their place. */
export const readRequestCodes = (file = new URL("request-codes.json", import.meta.url)): Lists =>
  Lists.parse(JSON.parse(readFileSync(file, "utf8")));

/** Throws `NOT_A_LISTED_CODE` unless `value` is in the list in force. */
export function requireListed(field: string, of: readonly string[], value: string): string {
  if (of.includes(value)) return value;
  throw new RequestsError("NOT_A_LISTED_CODE", { field, value: value.slice(0, 60) });
}
