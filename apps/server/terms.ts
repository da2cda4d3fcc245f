// A state's own terms: files of a folder that stand in the place of those that ship, read once at start and refused by name.
import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { readLawByState } from "@simpul/features/offences/law.ts";
import { readReferralTerms } from "@simpul/features/referrals/terms.ts";
import { readReturnTerms } from "@simpul/features/returns/terms.ts";
import { readLaw } from "@simpul/features/reviews/law.ts";
import { readEmbassies } from "@simpul/features/surge/embassies.ts";
import { z } from "zod";
import { SettingsError } from "./env.ts";

/** Each by the name of its file; each stands whole in the place of the one that ships. */
const readers = {
  /** Clocks, data and tracks of referrals (VIC-4). */
  referrals: readReferralTerms,
  /** Periods, risks and documents of returns (VIC-5). */
  returns: readReturnTerms,
  embassies: readEmbassies,
  /** What the law does after a legal review (VIC-2). */
  reviews: readLaw,
  offences: readLawByState,
};
export type StateTerms = { [Name in keyof typeof readers]: ReturnType<(typeof readers)[Name]> };
const names = Object.keys(readers) as (keyof typeof readers)[];

/**
 * What ships, but for the files `NAME.json` of `folder`. Throws `BAD_SETTING` with everything that is wrong in all of them:
 * a folder that cannot be read, a name that is none of these, a place in a file that is not as it should be.
 */
export function readStateTerms(folder: string | null): StateTerms {
  const wrong: string[] = [];
  const own = folder === null ? [] : filesOf(folder, wrong);
  const read = <Name extends keyof StateTerms>(name: Name): StateTerms[Name] => {
    const file = `${name}.json`;
    if (folder === null || !own.includes(file)) return readers[name]() as StateTerms[Name];
    try {
      return readers[name](pathToFileURL(path.join(folder, file))) as StateTerms[Name];
    } catch (fault) {
      wrong.push(...whatIsWrong(fault).map((says) => `${file}: ${says}`));
      return readers[name]() as StateTerms[Name];
    }
  };
  const terms: StateTerms = {
    referrals: read("referrals"),
    returns: read("returns"),
    embassies: read("embassies"),
    reviews: read("reviews"),
    offences: read("offences"),
  };
  if (wrong.length > 0) throw new SettingsError("BAD_SETTING", `SIMPUL_TERMS: ${wrong.join("; ")}`);
  return terms;
}

/** The files of the folder; what lies there under a name that nothing reads is wrong, for it would be believed to count. */
function filesOf(folder: string, wrong: string[]): string[] {
  let files: string[];
  try {
    files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  } catch {
    wrong.push(`${folder} is no folder that can be read`);
    return [];
  }
  const known = names.map((name) => `${name}.json`);
  const strange = files.filter((file) => !known.includes(file));
  wrong.push(...strange.map((file) => `${file} is none of ${known.join(", ")}`));
  return files;
}

const whatIsWrong = (fault: unknown): string[] =>
  fault instanceof z.ZodError
    ? fault.issues.slice(0, 20).map(({ path: at, message }) => `${at.join(".")}: ${message}`)
    : [fault instanceof SyntaxError ? "no JSON" : (fault as Error).message];
