// The sets of questions that a page knows: the newest is asked, older ones stay readable.
import type { QuestionSet } from "../contract/set.ts";

const sets: Readonly<Record<string, () => Promise<{ default: unknown }>>> = {
  "2026.1": () => import("../question-sets/2026.1.json"),
};
export const newestSet = "2026.1";

/** Null for a version that this page does not know. */
export async function questionSet(version: string = newestSet): Promise<QuestionSet | null> {
  const read = sets[version];
  // Their shape is checked by the tests, and by the node at its start (sets.ts).
  return read === undefined ? null : ((await read()).default as QuestionSet);
}
