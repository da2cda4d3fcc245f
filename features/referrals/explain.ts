// What she reads or hears before she is asked, in the twelve languages of the region (VIC-3).
import { readFileSync } from "node:fs";
import { z } from "zod";
import { locales, preparedLocales } from "@simpul/doors/i18n";
import { dataSets, sharePurposes } from "./contract.ts";

export const spoken = [...locales, ...preparedLocales] as const;
export type Spoken = (typeof spoken)[number];
export const sayings = [
  "intro",
  "what",
  "why",
  "onward",
  "free",
  "police",
  "change",
  "limit",
  "guardian",
  "ask",
  "yes",
  "no",
] as const;

const InAll = z.record(z.enum(spoken), z.string().min(1).max(400));
const Explanation = z.strictObject({
  version: z.string().min(1).max(40),
  source: z.string().min(1).max(300),
  texts: z.record(z.enum(sayings), InAll),
  data: z.record(z.enum([...dataSets, "file"]), InAll),
  purposes: z.record(z.enum(sharePurposes), InAll),
});
export type Explanation = z.infer<typeof Explanation>;

/** Throws where a text is missing in any language. */
export const readExplanation = (file = new URL("explain.json", import.meta.url)): Explanation =>
  Explanation.parse(JSON.parse(readFileSync(file, "utf8")));
