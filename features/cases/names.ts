// Names for the ids in an answer, so that a page shows who and which desk without asking for each.
import type { Directory, Named } from "@simpul/features/access/contract.ts";
import type { Id } from "@simpul/model";
import type { Names } from "./contract.ts";

/** Adds `names` to an answer; whoever the directory does not know stays an id. */
export async function withNames<T extends object>(
  directory: Directory | undefined,
  answer: T,
  ids: { officers: readonly (Id | null)[]; desks: readonly (Id | null)[] },
): Promise<T & { names: Names }> {
  const distinct = (list: readonly (Id | null)[]): Id[] => [...new Set(list.filter((one) => one !== null))];
  const officers = await (directory?.officers(distinct(ids.officers)) ?? new Map<Id, Named>());
  const desks = await (directory?.desks(distinct(ids.desks)) ?? new Map<Id, Named>());
  return {
    ...answer,
    names: { officers: Object.fromEntries(officers), desks: Object.fromEntries(desks) },
  };
}
