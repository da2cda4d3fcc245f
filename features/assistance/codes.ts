// The versioned lists of this room: types of assistance, grounds, days, and what each of the eleven states asks (MLA-3).
import { readFileSync } from "node:fs";
import { NodeCode } from "@simpul/model";
import { z } from "zod";
import { AssistanceError, fieldKinds, standings, type Codes, type Extradition } from "./contract.ts";

const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const list = z.array(code).min(1).max(100);
const standing = z.enum(standings);
const text = z.string().max(2000);
const source = z.string().max(400);
const fact = z.object({ value: text, standing, source });
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
    leastYears: z.object({ value: z.number().min(0).max(100).nullable(), standing, source }),
    required: z.array(code).max(20),
    wished: z.array(code).max(20),
    source,
  }),
  days: z.object({ acknowledge: days, execute: days, preserve: days, renewWarn: days, answerFreeze: days }),
  clocksStanding: z.enum(["target", "agreed"]),
});

const States = z.object({
  version: z.string().min(1).max(40),
  states: z
    .array(
      z.object({
        state: node,
        centralAuthority: z.object({ name: fact, address: fact, channel: fact }),
        bases: z.array(z.object({ code, standing, source })).min(1),
        languages: z.object({ accepted: z.array(language).min(1), standing, source }),
        copies: z.object({ number: z.number().int().min(1).max(20), standing, source }),
        certification: z.object({ accepted: list, standing, source }),
        minimumPenaltyYears: z.object({ value: z.number().min(0).max(100).nullable(), standing, source }),
        dualCriminality: z.object({ required: z.boolean().nullable(), offences: list, standing, source }),
        undertakings: z.object({ required: z.array(code), wished: z.array(code), standing, source }),
        urgent: z.object({ accepted: z.boolean().nullable(), formalDays: days, standing, source }),
        refusals: z.object({ standing, source }),
        trafficking: z.object({ law: fact, penalty: fact }),
      }),
    )
    .min(1),
});

/** The lists in force at a node, all but what is others': offences, reasons for urgency, languages, peers, bases. */
export type Lists = Omit<Codes, "offences" | "urgency" | "languages" | "peers" | "extradition"> & {
  extradition: Omit<Extradition, "bases">;
};

const read = (file: URL): unknown => JSON.parse(readFileSync(file, "utf8"));

/** Reads the lists that ship with Simpul, or those a node was given in their place. */
export function readAssistanceCodes(
  lists = new URL("assistance-codes.json", import.meta.url),
  states = new URL("requested-states.json", import.meta.url),
): Lists {
  return { ...Lists.parse(read(lists)), states: States.parse(read(states)).states };
}

/** Throws `NOT_A_LISTED_CODE` unless `value` is in the list in force. */
export function requireListed(field: string, of: readonly string[], value: string): string {
  if (of.includes(value)) return value;
  throw new AssistanceError("NOT_A_LISTED_CODE", { field, value: value.slice(0, 60) });
}
