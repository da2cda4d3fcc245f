// The versioned code lists of the cases room: crime types, reasons, kinds of places, events and relations.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { CasesError } from "./contract.ts";

const code = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/);
const CrimeTypes = z.object({
  version: z.string().min(1).max(40),
  types: z
    .array(
      z.object({
        code,
        basis: z.array(
          z.object({ text: z.string().max(200), standing: z.enum(["confirmed", "to-be-confirmed"]) }),
        ),
      }),
    )
    .min(1)
    .max(200),
});
const list = z.array(code).min(1).max(200);
const CaseCodes = z.object({
  version: z.string().min(1).max(40),
  suspended: list,
  closed: list,
  places: list,
  events: list,
  links: list,
  /** For how long a case stays open that was opened in an emergency. */
  emergency: z.object({ hours: z.number().int().min(1).max(72) }),
});

/** The lists in force at a node; every one of them is configuration that the parties may change. */
export interface Codes {
  crimeTypes: z.infer<typeof CrimeTypes>;
  cases: z.infer<typeof CaseCodes>;
}

/** Reads the lists that ship with Simpul, or those a node was given in their place. */
export function readCodes(files: { crimeTypes?: URL; cases?: URL } = {}): Codes {
  const read = (file: URL): unknown => JSON.parse(readFileSync(file, "utf8"));
  return {
    crimeTypes: CrimeTypes.parse(read(files.crimeTypes ?? new URL("crime-types.json", import.meta.url))),
    cases: CaseCodes.parse(read(files.cases ?? new URL("case-codes.json", import.meta.url))),
  };
}

/** Throws `NOT_A_CODE` unless `value` is in the list in force. */
export function requireCode(of: readonly string[], value: string): string {
  if (of.includes(value)) return value;
  throw new CasesError("NOT_A_CODE", value.slice(0, 60));
}
