// What a suite of conformance vectors is: a function from a folder to one outcome per vector.
import { readdirSync } from "node:fs";
import { join } from "node:path";

export interface Outcome {
  name: string;
  outcome: "passed" | "failed" | "skipped";
  says: string;
}

/** Runs every vector that lies in `folder` or below; throws only when the folder cannot be read. */
export type Suite = (folder: string) => Promise<Outcome[]>;

/** The files below `folder` whose names end so, by path, in order. */
export const filesBelow = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Passed when what was to be accepted is, and what was to be refused is refused by a code (never by a crash). */
export async function judged(
  name: string,
  accept: boolean,
  check: () => Promise<string> | string,
): Promise<Outcome> {
  try {
    const says = await check();
    return { name, outcome: accept ? "passed" : "failed", says: accept ? says : `accepted: ${says}` };
  } catch (fault) {
    const says = fault instanceof Error ? fault.message : String(fault);
    const refused = typeof (fault as { code?: unknown }).code === "string";
    return { name, outcome: !accept && refused ? "passed" : "failed", says };
  }
}
