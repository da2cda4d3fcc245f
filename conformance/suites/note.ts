// Signed notes with the keys that a reader knows: `*.note` beside `*.vkey` (layout: conformance/README.md).
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import type { CheckedSignature, VerifierKey } from "@simpul/seal";
import { checkNote, parseNote, parseVerifierKey, SealError, toHex } from "@simpul/seal";
import { nodeVerifying as engine } from "@simpul/store/keys";
import type { Suite } from "../suite.ts";
import { filesBelow, judged } from "../suite.ts";

const linesOf = (file: string): string[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));

/** The keys beside a note: those of its own name, else all of its folder, else of the nearest folder above. */
function keysFor(note: string, folder: string, all: readonly string[]): VerifierKey[] {
  const own = note.replace(/\.note$/, ".vkey");
  if (existsSync(own)) return linesOf(own).map((line) => parseVerifierKey(line, engine));
  for (let at = dirname(note); at.startsWith(folder); at = dirname(at)) {
    const here = all.filter((file) => dirname(file) === at);
    if (here.length > 0) return here.flatMap(linesOf).map((line) => parseVerifierKey(line, engine));
  }
  return [];
}

/** A note is to be refused when it lies in a folder `invalid` or its name begins so. */
const isValid = (name: string): boolean =>
  !name.split(sep).some((part) => /^(invalid|bad)([-_.]|$)/i.test(part));

const label = ({ key }: CheckedSignature): string => `${key.name}+${toHex(key.id)}`;

async function believe(file: string, keys: () => VerifierKey[]): Promise<string> {
  const note = parseNote(readFileSync(file));
  const signed = (await checkNote(note, keys(), engine)).map(label);
  // A note that no known key signed is not to be believed (C2SP signed-note).
  if (signed.length === 0) throw new SealError("TOO_FEW_SIGNATURES", "no known key signed it");
  const expected = file.replace(/\.note$/, ".signed-by");
  if (existsSync(expected) && linesOf(expected).sort().join() !== [...signed].sort().join())
    throw new Error(`signed by ${signed.join(", ")}, not by whom ${basename(expected)} says`);
  return `signed by ${signed.join(", ")}`;
}

export const note: Suite = async (given) => {
  const folder = resolve(given);
  const keyFiles = filesBelow(folder, ".vkey");
  return Promise.all(
    filesBelow(folder, ".note").map((file) => {
      const name = relative(folder, file);
      return judged(name, isValid(name), () => believe(file, () => keysFor(file, folder, keyFiles)));
    }),
  );
};
