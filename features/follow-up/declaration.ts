// The Declaration and the work plan as they ship, or the file a node was given in their place: parsed once, with limits.
import { readFileSync } from "node:fs";
import { agencyKinds } from "@simpul/model";
import { z } from "zod";
import { pointStandings, type Declaration } from "./contract.ts";

const address = z
  .string()
  .max(500)
  .regex(/^https:\/\//);
const figure = z.string().regex(/^[a-z0-9-]{1,40}$/);
const once = (values: readonly string[]): boolean => new Set(values).size === values.length;
const shown = {
  standing: z.enum(pointStandings),
  sources: z.array(address).max(10),
  figures: z.array(figure).max(12).refine(once, { message: "a figure stands once" }),
};
const seen = { message: "what was seen names where; what was not has no figure" };
const isSeen = (one: { standing: string; sources: string[]; figures: string[] }): boolean =>
  one.standing === "seen" ? one.sources.length > 0 : one.figures.length === 0;

const Shape = z
  .strictObject({
    version: z.string().min(1).max(40),
    countedIn: address,
    points: z
      .array(z.strictObject({ number: z.int().min(1).max(15), ...shown }).refine(isSeen, seen))
      .length(15)
      .refine((all) => all.every((one, at) => one.number === at + 1), { message: "1 to 15, in order" }),
    workPlan: z
      .array(z.strictObject({ code: z.string().regex(/^[a-z-]{1,40}$/), ...shown }).refine(isSeen, seen))
      .max(60),
    owedBy: z.record(figure, z.enum(agencyKinds)),
  })
  .refine(
    ({ points, workPlan, owedBy }) =>
      [...points, ...workPlan].flatMap((one) => one.figures).every((code) => owedBy[code] !== undefined),
    { message: "every figure is owed by a kind of desk" },
  );

/** Throws what is wrong with the file, by its place in it. */
export const readDeclaration = (file = new URL("declaration.json", import.meta.url)): Declaration =>
  Shape.parse(JSON.parse(readFileSync(file, "utf8")));
