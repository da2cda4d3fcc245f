// Templates of reports as they ship, or the file a node was given in their place: parsed once, with limits.
import { readFileSync } from "node:fs";
import { agencyKinds } from "@simpul/model";
import { z } from "zod";
import { definitions } from "../../picture/contract.ts";
import { pointStandings } from "../contract.ts";
import { reportPeriods, type Templates } from "../contract/reports.ts";

const known = new Set(definitions.map((one) => one.figure));
const Shape = z.strictObject({
  version: z.string().min(1).max(40),
  templates: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z-]{3,40}$/),
        desk: z.enum(agencyKinds),
        period: z.enum(reportPeriods),
        dueDays: z.int().min(1).max(366),
        due: z
          .strictObject({
            standing: z.enum(pointStandings),
            sources: z
              .array(
                z
                  .string()
                  .max(500)
                  .regex(/^https:\/\//),
              )
              .max(5),
          })
          .refine((one) => (one.standing === "seen") === one.sources.length > 0, {
            message: "what was seen names where",
          }),
        figures: z
          .array(z.string().refine((one) => known.has(one), { message: "no figure of the picture" }))
          .min(1)
          .max(20),
      }),
    )
    .min(1)
    .max(60)
    .refine((all) => new Set(all.map((one) => one.code)).size === all.length, {
      message: "a code stands once",
    }),
});

/** Throws what is wrong with the file, by its place in it. */
export const readTemplates = (file = new URL("../reports.json", import.meta.url)): Templates =>
  Shape.parse(JSON.parse(readFileSync(file, "utf8")));
