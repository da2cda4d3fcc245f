// The versioned lists of this room: types of assistance, grounds, days, and what each of the eleven states asks (MLA-3).
import { readFileSync } from "node:fs";
import { NodeCode } from "@simpul/model";
import { z } from "zod";
import {
  AssistanceError,
  fieldKinds,
  standings,
  transmissions,
  type Codes,
  type Extradition,
} from "./contract.ts";

const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const list = z.array(code).min(1).max(100);
const standing = z.enum(standings);
const text = z.string().max(2000);
const source = z.string().max(400);
/** Who confirmed a rule, in the words of whoever keeps the list; where nobody did it is left out. */
const confirmation = z.object({ by: z.string().trim().min(3).max(200), on: z.iso.date() }).optional();
const ruled = { standing, source, confirmation };
const fact = z.object({ value: text, ...ruled });
const way = z.object({ accepted: z.array(z.enum(transmissions)).max(transmissions.length), ...ruled });
const node = z
  .string()
  .regex(/^[a-z]{2}$/)
  .transform((value) => NodeCode.parse(value));
const days = z.number().int().min(1).max(3650);
const language = z.string().regex(/^[a-z]{2,3}$/);

const Lists = z.object({
  version: z.string().min(1).max(40),
  types: z
    .array(
      z.object({
        code,
        kind: z.enum(["preservation", "formal"]),
        category: code,
        articles: source,
        articlesStanding: z.enum(["confirmed", "to-be-confirmed"]),
        articlesSource: source,
        special: z
          .array(
            z.object({
              name: z.string().regex(/^[a-zA-Z]{1,40}$/),
              kind: z.enum(fieldKinds),
              required: z.boolean(),
            }),
          )
          .max(20),
      }),
    )
    .min(1),
  stages: list,
  modes: list,
  certifications: list,
  undertakings: list,
  asks: list,
  refusals: z.array(z.object({ code, postpones: z.boolean() })).min(1),
  freezeRefusals: list,
  extradition: z.object({
    leastYears: z.object({ value: z.number().min(0).max(100).nullable(), ...ruled }),
    required: z.array(code).max(20),
    wished: z.array(code).max(20),
    source,
  }),
  days: z.object({ acknowledge: days, execute: days, preserve: days, renewWarn: days, answerFreeze: days }),
  clocksStanding: z.enum(["target", "agreed"]),
});

const States = z.object({
  version: z.string().min(1).max(40),
  sourcesRead: z.iso.date(),
  states: z
    .array(
      z.object({
        state: node,
        centralAuthority: z.object({ name: fact, address: fact, channel: way }),
        bases: z.array(z.object({ code, ...ruled })).min(1),
        languages: z.object({ accepted: z.array(language).min(1), ...ruled }),
        copies: z.object({ number: z.number().int().min(1).max(20), ...ruled }),
        certification: z.object({ accepted: list, ...ruled }),
        minimumPenaltyYears: z.object({ value: z.number().min(0).max(100).nullable(), ...ruled }),
        dualCriminality: z.object({ required: z.boolean().nullable(), offences: list, ...ruled }),
        undertakings: z.object({ required: z.array(code), wished: z.array(code), ...ruled }),
        urgent: z.object({ accepted: z.boolean().nullable(), formalDays: days, ...ruled }),
        refusals: z.object(ruled),
        trafficking: z.object({ law: fact, penalty: fact }),
      }),
    )
    .min(1),
});

/** The lists in force at a node, all but what is others': offences, reasons for urgency, languages, peers, bases. */
export type Lists = Omit<
  Codes,
  "offences" | "urgency" | "languages" | "peers" | "letters" | "extradition"
> & {
  extradition: Omit<Extradition, "bases">;
};

const read = (file: URL): unknown => JSON.parse(readFileSync(file, "utf8"));

/** Reads the lists that ship with Simpul, or those a node was given in their place. */
export function readAssistanceCodes(
  lists = new URL("assistance-codes.json", import.meta.url),
  states = new URL("requested-states.json", import.meta.url),
): Lists {
  const { version: statesVersion, sourcesRead, states: asked } = States.parse(read(states));
  return { ...Lists.parse(read(lists)), statesVersion, sourcesRead, states: asked };
}

/** Throws `NOT_A_LISTED_CODE` unless `value` is in the list in force. */
export function requireListed(field: string, of: readonly string[], value: string): string {
  if (of.includes(value)) return value;
  throw new AssistanceError("NOT_A_LISTED_CODE", { field, value: value.slice(0, 60) });
}
