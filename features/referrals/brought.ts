// What another desk knew of a person when it handed her over, for the rooms whose kinds of entries these are.
import type { Entry, EntryKind, Person } from "../victims/contract.ts";
import { entriesOf } from "../victims/contract.ts";
import { broughtKind } from "./kinds.ts";

/** Entries of a kind that other desks brought along with her, with their time and state; those that do not fit it are left out. */
export const broughtOf = <D>(person: Pick<Person, "entries">, kind: EntryKind<D>): Entry<D>[] =>
  entriesOf(person, broughtKind).flatMap(({ id, person: of, data }) => {
    const read = data.kind === kind.kind ? kind.schema.safeParse(data.data) : null;
    if (read?.success !== true) return [];
    const by = { node: data.from, officer: null, door: "peer" as const };
    return [{ id, person: of, kind: kind.kind, at: data.at, by, data: read.data }];
  });
