// Which records of many cases speak of one thing, and whom of them nobody may look for here; values in, values out.
import { partsOf } from "@simpul/match/names";
import type { Id } from "@simpul/model";
import { isProtected } from "./rules.ts";
import type { SameBy, Seen, SeenLink, SeenThing, Whence } from "./contract.ts";

/** One thing of the world: all that stands of it, wherever it stands. */
export interface Gathered {
  id: Id;
  things: SeenThing[];
  same: SameBy[];
}
export interface Gathering {
  all: Gathered[];
  /** By record. */
  of: ReadonlyMap<Id, Gathered>;
  links: SeenLink[];
  whence: ReadonlyMap<Id, Whence>;
}

/**
 * Puts together what is the same. Persons: by one identity document, or by name and whole day of birth; never by name
 * alone. Organisations by name; places by name within a country, or by circles that lie in each other.
 *
 * VIC-7, HIT-1: whoever is a victim, a witness or family in any of these cases is left out of all of them, with
 * everything that she holds. What its originator keeps from automated matching is left out too (HC-5).
 */
export function gather(sources: readonly Seen[]): Gathering {
  const things = once(
    sources.flatMap((one) => one.things).filter((one) => !one.apart),
    (one) => one.record,
  );
  things.sort((a, b) => (a.record < b.record ? -1 : 1));
  const sets = new Sets(things.map((one) => one.record));
  joinBy(things, sets, "value", (one) => one.value);
  const documents = new Map<Id, string>();
  for (const one of things)
    if (one.kind === "document" && one.value !== null && one.holder !== null)
      documents.set(one.record, one.value);
  joinHolders(things, sets, documents);
  joinBy(things, sets, "name-and-birth", (one) =>
    one.kind === "person" && one.birth !== null && /^\d{4}-\d{2}-\d{2}$/.test(one.birth)
      ? named(one, one.birth)
      : null,
  );
  joinBy(things, sets, "name", (one) => (one.kind === "organisation" ? named(one, "organisation") : null));
  joinBy(things, sets, "name-and-country", (one) =>
    one.kind === "place" ? named(one, one.country ?? "") : null,
  );
  joinNear(things, sets);

  const groups = new Map<Id, Gathered>();
  for (const one of things) {
    const id = sets.of(one.record);
    const group = groups.get(id) ?? { id, things: [], same: [] };
    group.things.push(one);
    groups.set(id, group);
  }
  const hidden = protectedOf(groups, sets);
  const of = new Map<Id, Gathered>();
  const all = [...groups.values()].filter((one) => !hidden.has(one.id));
  for (const group of all) {
    group.same = sets.reasons(group.id);
    for (const one of group.things) of.set(one.record, group);
  }
  return {
    all,
    of,
    links: once(
      sources.flatMap((one) => one.links),
      (one) => one.id,
    ).filter((one) => of.has(one.from) && of.has(one.to)),
    whence: new Map(sources.flatMap((one) => one.whence.map((each) => [each.id, each] as const))),
  };
}

/** A record that its own state put into a space stands in its case too: it is one statement, and that of its case counts. */
function once<T>(list: readonly T[], key: (one: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const one of list) if (!seen.has(key(one))) seen.set(key(one), one);
  return [...seen.values()];
}

/** Groups that speak of somebody protected, and what those hold; until nothing more follows. */
function protectedOf(groups: ReadonlyMap<Id, Gathered>, sets: Sets): Set<Id> {
  const hidden = new Set<Id>();
  for (const { id, things } of groups.values())
    if (things.some((one) => one.role !== null && isProtected(one.role))) hidden.add(id);
  for (const { id, things } of groups.values())
    if (things.some((one) => one.holder !== null && sets.has(one.holder) && hidden.has(sets.of(one.holder))))
      hidden.add(id);
  return hidden;
}

function joinBy(
  things: readonly SeenThing[],
  sets: Sets,
  why: SameBy,
  key: (one: SeenThing) => string | null,
): void {
  const first = new Map<string, Id>();
  for (const one of things) {
    const by = key(one);
    if (by === null) continue;
    const before = first.get(by);
    if (before === undefined) first.set(by, one.record);
    else sets.join(before, one.record, why);
  }
}

/** Two persons with one identity document. */
function joinHolders(things: readonly SeenThing[], sets: Sets, documents: ReadonlyMap<Id, string>): void {
  const first = new Map<string, Id>();
  for (const { record, holder } of things) {
    const value = documents.get(record);
    if (value === undefined || holder === null || !sets.has(holder)) continue;
    const before = first.get(value);
    if (before === undefined) first.set(value, holder);
    else if (before !== holder) sets.join(before, holder, "document");
  }
}

/** Names as one writes them in Latin letters, in any order of their parts; null without any letter. */
function named({ names, kind }: SeenThing, beside: string): string | null {
  const [name] = names;
  if (name === undefined) return null;
  const parts = partsOf(name.romanised ?? name.text);
  if (parts.length === 0) return null;
  return `${kind} ${(kind === "person" ? parts.sort() : parts).join(" ")} ${beside}`;
}

const metresPerDegree = 111_320;

/** Small circles that lie in each other; large ones say too little. */
function joinNear(things: readonly SeenThing[], sets: Sets): void {
  const sure = things.filter((one) => one.kind === "place" && (one.position?.radius ?? Infinity) <= 300);
  const cells = new Map<string, SeenThing[]>();
  const at = (one: SeenThing): [number, number] => [
    Math.floor((one.position!.latitude * metresPerDegree) / 300),
    Math.floor((one.position!.longitude * metresPerDegree) / 300),
  ];
  for (const one of sure) {
    const [row, column] = at(one);
    for (let r = row - 1; r <= row + 1; r++)
      for (let c = column - 1; c <= column + 1; c++)
        for (const other of cells.get(`${String(r)} ${String(c)}`) ?? [])
          if (metres(one, other) <= Math.max(one.position!.radius, other.position!.radius))
            sets.join(other.record, one.record, "position");
    const key = `${String(row)} ${String(column)}`;
    cells.set(key, [...(cells.get(key) ?? []), one]);
  }
}

function metres({ position: a }: SeenThing, { position: b }: SeenThing): number {
  const north = (a!.latitude - b!.latitude) * metresPerDegree;
  const east = (a!.longitude - b!.longitude) * metresPerDegree * Math.cos((a!.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}

/** Records that are one, named by the first of them, with why. */
class Sets {
  private readonly parent: Map<Id, Id>;
  private readonly why = new Map<Id, Set<SameBy>>();
  constructor(records: readonly Id[]) {
    this.parent = new Map(records.map((one) => [one, one]));
  }
  has(record: Id): boolean {
    return this.parent.has(record);
  }
  of(record: Id): Id {
    let at = record;
    for (let up = this.parent.get(at)!; up !== at; up = this.parent.get(at)!) at = up;
    this.parent.set(record, at);
    return at;
  }
  join(a: Id, b: Id, why: SameBy): void {
    const [one, other] = [this.of(a), this.of(b)].sort() as [Id, Id];
    const reasons = new Set([...(this.why.get(one) ?? []), ...(this.why.get(other) ?? []), why]);
    this.parent.set(other, one);
    this.why.set(one, reasons);
  }
  reasons(id: Id): SameBy[] {
    return [...(this.why.get(id) ?? [])];
  }
}
