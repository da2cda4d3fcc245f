// Names for the ids in an answer, so that a page shows who and which desk without asking for each.
import type { Id } from "@simpul/model";
import type { Names } from "../cases/contract.ts";
import type { RequestsNode } from "./node.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const officers = new Set([
  "author",
  "by",
  "askedBy",
  "decidedBy",
  "officer",
  "insteadOf",
  "standIn",
  "secondBy",
]);
const desks = new Set(["desk"]);

/** Every officer and desk that an answer names, by the fields that hold them. */
function collect(value: unknown, found: { officers: Set<Id>; desks: Set<Id> }): void {
  if (Array.isArray(value)) for (const one of value) collect(one, found);
  else if (value !== null && typeof value === "object")
    for (const [key, one] of Object.entries(value)) {
      if (typeof one !== "string") collect(one, found);
      else if (key === "by" && one.startsWith("officer:")) found.officers.add(one.slice(8) as Id);
      else if (uuid.test(one) && officers.has(key)) found.officers.add(one as Id);
      else if (uuid.test(one) && desks.has(key)) found.desks.add(one as Id);
    }
}

export async function withNames<T extends object>(
  node: RequestsNode,
  answer: T,
): Promise<T & { names: Names }> {
  const found = { officers: new Set<Id>(), desks: new Set<Id>() };
  collect(answer, found);
  const [people, places] = await Promise.all([
    node.directory.officers([...found.officers]),
    node.directory.desks([...found.desks]),
  ]);
  return { ...answer, names: { officers: Object.fromEntries(people), desks: Object.fromEntries(places) } };
}
