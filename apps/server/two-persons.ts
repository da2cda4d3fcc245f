// The file in which a state says which acts take two persons: read at start, refused where it goes below the floor.
import { readFileSync } from "node:fs";
import { handlingCodes } from "@simpul/model";
import { checkTwoPersons, requestTypes, type TwoPersons } from "@simpul/policy";
import { z } from "zod";
import { SettingsError } from "./settings-error.ts";

const Shape = z.strictObject({
  version: z.string().trim().min(1).max(40),
  note: z.string().max(2000).optional(),
  rules: z
    .array(
      z.strictObject({
        act: z.string().max(60),
        persons: z.union([z.literal(1), z.literal(2)]),
        types: z.array(z.enum(requestTypes)).min(1).optional(),
        handling: z.array(z.enum(handlingCodes)).min(1).optional(),
      }),
    )
    .max(100),
});

/** Throws `BAD_SETTING`, naming the file's rule that says nothing or goes below the floor. */
export function readTwoPersons(file: string): TwoPersons {
  try {
    const { version, rules } = Shape.parse(JSON.parse(readFileSync(file, "utf8")));
    return checkTwoPersons({ version, rules: rules as TwoPersons["rules"] });
  } catch (fault) {
    const why = fault instanceof z.ZodError ? z.prettifyError(fault) : (fault as Error).message;
    throw new SettingsError("BAD_SETTING", `SIMPUL_TWO_PERSONS: ${why}`);
  }
}
