// The decrypted book: everybody in the compartment as an open desk has them in memory, and how entries add up to a person.
import type { Clock, Id, NodeCode } from "@simpul/model";
import { KeyBox } from "@simpul/store/keys";
import type { Author, Entry, EntryKind, Person } from "./contract.ts";
import { FactsShape, factsKind, mergedKind, partedKind, statusKind } from "./kinds.ts";
import type { Facts, Join, StatusSaid } from "./kinds.ts";
import { pseudonymOf } from "./keys.ts";
import { ageOf } from "./people.ts";
import { padded, unpadded } from "./sealing.ts";

interface Kept {
  id: Id;
  key: Uint8Array;
  box: KeyBox;
  pseudonym: string;
  entries: Entry[];
  folded: Person | null;
}

const blank = FactsShape.parse({});

const factsOf = (entries: readonly Entry[]): Facts =>
  Object.assign(structuredClone(blank), ...entries.map(({ data }) => data as Partial<Facts>)) as Facts;

/** Of two records of one person: lists are joined, and where one says nothing the other does; the younger age counts. */
function together(keep: Facts, other: Facts): Facts {
  const joined: Record<string, unknown> = { ...keep };
  for (const [name, said] of Object.entries(other)) {
    const ours = joined[name];
    if (Array.isArray(ours) && Array.isArray(said)) {
      const there = new Set(ours.map((one) => JSON.stringify(one)));
      joined[name] = [...(ours as unknown[]), ...said.filter((one) => !there.has(JSON.stringify(one)))];
    } else if (JSON.stringify(ours) === JSON.stringify(blank[name as keyof Facts])) joined[name] = said;
  }
  joined["ageSaid"] = younger.find((one) => one === keep.ageSaid || one === other.ageSaid);
  return joined as Facts;
}
const younger = ["child", "doubt", "adult", "not-said"] as const;

/** Entries in the order of their time, then of their id. */
const inOrder = (a: Entry, b: Entry): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

export class Book {
  readonly #node: { code: NodeCode; clock: Clock; kinds: ReadonlyMap<string, EntryKind> };
  readonly #kept = new Map<Id, Kept>();
  readonly #known = new Set<Id>();
  readonly #byPseudonym = new Map<string, Id>();
  /** Whom somebody was merged into. */
  readonly #into = new Map<Id, Id>();
  /** What was said about merging somebody into another, oldest first. */
  readonly #joins = new Map<Id, Entry[]>();
  /** Rows that cannot be read with the desk's key: somebody changed them. */
  damaged = 0;
  readonly damagedPeople = new Set<Id>();

  constructor(node: { code: NodeCode; clock: Clock; kinds: ReadonlyMap<string, EntryKind> }) {
    this.#node = node;
  }

  get size(): number {
    return this.#kept.size;
  }
  has(person: Id): boolean {
    return this.#kept.has(person);
  }
  knows(entry: Id): boolean {
    return this.#known.has(entry);
  }
  taken(pseudonym: string): boolean {
    return this.#byPseudonym.has(pseudonym);
  }
  pseudonym(recordKey: Uint8Array): string {
    return pseudonymOf(this.#node.code, recordKey);
  }

  addPerson(id: Id, key: Uint8Array): void {
    const pseudonym = this.pseudonym(key);
    this.#kept.set(id, { id, key, box: new KeyBox(key), pseudonym, entries: [], folded: null });
    this.#byPseudonym.set(pseudonym, id);
  }

  /** The record key, for wrapping it anew. */
  keyOf(person: Id): Uint8Array | null {
    return this.#kept.get(person)?.key ?? null;
  }
  *ids(): Iterable<Id> {
    yield* this.#kept.keys();
  }

  /** As it goes into the database: padded, bound to its person and its own id. */
  seal(box: KeyBox, entry: Entry): Uint8Array {
    const { kind, at, by, data, unfit } = entry;
    const text = padded({ kind, at, by, data, ...(unfit === true ? { unfit } : {}) });
    return box.wrap(text, `victim:${entry.person}:${entry.id}`);
  }
  boxOf(person: Id): KeyBox | null {
    return this.#kept.get(person)?.box ?? null;
  }

  /** A row of the database; one that is damaged or of nobody is counted and left out. */
  addSealed(row: { id: Id; person: Id; sealed: Uint8Array }): void {
    const kept = this.#kept.get(row.person);
    try {
      if (kept === undefined) throw new Error("of nobody");
      const plain = kept.box.unwrap(row.sealed, `victim:${row.person}:${row.id}`);
      const read = JSON.parse(unpadded(plain)) as Omit<Entry, "id" | "person">;
      this.addEntry({ id: row.id, person: row.person, ...read });
    } catch {
      this.damaged += 1;
    }
  }

  addEntry(entry: Entry): void {
    const kept = this.#kept.get(entry.person);
    if (kept === undefined || this.#known.has(entry.id)) return;
    this.#known.add(entry.id);
    kept.entries.push(entry);
    this.#turn(entry.person);
    if (entry.unfit === true || (entry.kind !== mergedKind.kind && entry.kind !== partedKind.kind)) return;
    this.#join(entry);
  }

  /** The last word about `other` counts, whoever's page it stands on. */
  #join(said: Entry): void {
    const other = (said.data as Join).other as Id;
    const all = [...(this.#joins.get(other) ?? []), said].sort(inOrder);
    this.#joins.set(other, all);
    const before = this.#into.get(other);
    this.#into.delete(other);
    const last = all.findLast(({ person }) => this.#kept.has(person))!;
    if (last.kind === mergedKind.kind && this.#headOf(last.person) !== other)
      this.#into.set(other, last.person);
    for (const id of [before, other, last.person]) if (id !== undefined) this.#turn(id);
  }

  #headOf(id: Id): Id {
    let at = id;
    for (let hops = 0; hops < 100; hops++) {
      const next = this.#into.get(at);
      if (next === undefined) return at;
      at = next;
    }
    return at;
  }

  /** What was folded of her, and of whom she was merged into, no longer holds. */
  #turn(id: Id): void {
    for (const one of [id, this.#headOf(id)]) {
      const kept = this.#kept.get(one);
      if (kept !== undefined) kept.folded = null;
    }
  }

  forget(person: Id): void {
    const kept = this.#kept.get(person);
    if (kept === undefined) return;
    const head = this.#headOf(person);
    kept.key.fill(0);
    this.#kept.delete(person);
    this.#byPseudonym.delete(kept.pseudonym);
    this.#into.delete(person);
    for (const [other, into] of this.#into) if (into === person) this.#into.delete(other);
    this.#turn(head);
  }

  *people(): Iterable<Person> {
    const merged = this.#mergedByHead();
    for (const [id, kept] of this.#kept)
      if (!this.#into.has(id)) yield (kept.folded ??= this.#fold(kept, merged.get(id) ?? []));
  }

  person(id: Id): Person | null {
    const kept = this.#kept.get(this.#headOf(id));
    if (kept === undefined) return null;
    return (kept.folded ??= this.#fold(kept, this.#mergedByHead().get(kept.id) ?? []));
  }

  byPseudonym(reference: string): Person | null {
    const id = this.#byPseudonym.get(reference.trim().toUpperCase());
    return id === undefined ? null : this.person(id);
  }

  /** Everybody whose record is seen as this person's, herself first. */
  partsOf(id: Id): Id[] {
    const head = this.#headOf(id);
    return [head, ...(this.#mergedByHead().get(head) ?? [])];
  }

  #mergedByHead(): Map<Id, Id[]> {
    const byHead = new Map<Id, Id[]>();
    for (const other of this.#into.keys()) {
      const head = this.#headOf(other);
      byHead.set(head, [...(byHead.get(head) ?? []), other]);
    }
    return byHead;
  }

  #fold(kept: Kept, merged: readonly Id[]): Person {
    const parts = [kept, ...merged.flatMap((id) => this.#kept.get(id) ?? [])];
    const entries = parts.flatMap((one) => one.entries).sort(inOrder);
    const said = entries.filter((one) => one.unfit !== true);
    const facts = parts
      .map(({ id }) => factsOf(said.filter((one) => one.person === id && one.kind === factsKind.kind)))
      .reduce(together);
    const statuses = new Map<string, StatusSaid & { at: string; by: Author }>();
    for (const one of said.filter(({ kind }) => kind === statusKind.kind)) {
      const data = one.data as StatusSaid;
      const authority = `${data.state} ${data.authority}`;
      statuses.delete(authority);
      statuses.set(authority, { ...data, at: one.at, by: one.by });
    }
    return {
      id: kept.id,
      pseudonym: kept.pseudonym,
      facts,
      age: ageOf(facts, this.#node.clock.now()),
      statuses: [...statuses.values()],
      entries,
      merged,
      since: entries[0]?.at ?? "",
      changed: entries.at(-1)?.at ?? "",
    };
  }

  /** Writes over the keys; strings of the book are left to the collector. */
  wipe(): void {
    for (const { key } of this.#kept.values()) key.fill(0);
    this.#kept.clear();
    this.#known.clear();
    this.#byPseudonym.clear();
    this.#into.clear();
    this.#joins.clear();
  }
}
