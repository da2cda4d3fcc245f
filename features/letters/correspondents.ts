// To whom one writes: the versioned list that the parties may change without a release, read once and checked whole.
import { readFileSync } from "node:fs";
import { NodeCode } from "@simpul/model";
import { z } from "zod";
import { channels, letterFields, LettersError, type Correspondent, type Correspondents } from "./contract.ts";
import { isLetterLanguage } from "./words-of.ts";

const line = z.string().min(1).max(200);
const days = z.number().int().min(1).max(365);
const one = z
  .strictObject({
    code: z.string().regex(/^[a-z]{2}-[a-z0-9-]{2,40}$/),
    state: z.string().transform((text) => NodeCode.parse(text)),
    names: z.record(z.string().regex(/^[a-z]{2,3}$/), line),
    language: z.string().refine(isLetterLanguage, "no letters in this language"),
    script: z.string().regex(/^[A-Z][a-z]{3}$/),
    address: z.array(line).min(1).max(8).nullable(),
    channels: z.array(z.enum(channels)).min(1),
    fields: z.array(z.enum(letterFields)).min(1),
    salutation: z.enum(["formal", "office"]),
    days: z.strictObject({ ordinary: days, urgent: days }),
    standing: z.enum(["confirmed", "to-be-confirmed"]),
    source: line,
  })
  .refine((value) => value.code.startsWith(`${value.state}-`), "the code begins with the state")
  .refine((value) => value.names[value.language] !== undefined, "a name in the language of its letters")
  // RFI-1 says what a request must say; a form may order it, never leave it out.
  .refine((value) => new Set(value.fields).size === letterFields.length, "every field, once");
const List = z.object({
  version: z.string().min(1).max(40),
  note: z.string(),
  list: z
    .array(one)
    .max(200)
    .refine((list) => new Set(list.map(({ code }) => code)).size === list.length, "codes once"),
});

/** Reads the list that ships with Simpul, or that a node was given in its place. Throws where it does not hold. */
export function readCorrespondents(
  file: URL = new URL("correspondents.json", import.meta.url),
): Correspondents {
  const { version, list } = List.parse(JSON.parse(readFileSync(file, "utf8")));
  return { version, list };
}

/** The list of a node; at one of an exercise with the invented bank and exchange that may be asked to freeze. */
export function correspondentsAt({ exercise }: { exercise: boolean }): Correspondents {
  const { version, list } = readCorrespondents();
  if (!exercise) return { version, list };
  const invented = readCorrespondents(new URL("exercise-correspondents.json", import.meta.url));
  return { version, list: [...list, ...invented.list] };
}

/** Those outside our own state; throws `NOT_A_CORRESPONDENT` for any other. */
export function correspondentOf(of: Correspondents, code: string): Correspondent {
  const found = of.list.find((each) => each.code === code);
  if (found === undefined)
    throw new LettersError("NOT_A_CORRESPONDENT", { correspondent: code.slice(0, 60) });
  return found;
}
