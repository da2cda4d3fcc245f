// An officer's open desk: what she reads of the book, and acts that keep entries in one transaction with their leaf.
import type { Id } from "@simpul/model";
import { KeyBox } from "@simpul/store/keys";
import type { Writer } from "@simpul/store";
import type { Book } from "./book.ts";
import { VictimsError, randomId } from "./contract.ts";
import type { AtDesk, DeskWriter, Door, Entry, EntryKind, OpenDesk } from "./contract.ts";
import { keepDue } from "./due.ts";
import { openSealed } from "./keys.ts";
import { factsKind, mergedKind, partedKind, type Facts } from "./kinds.ts";
import { newRecordKey, settled } from "./load.ts";
import { standingOf, type VictimsNode } from "./node.ts";
import { forgetPerson, insertRecords, type NewEntry, type NewPerson } from "./records.ts";

/** What an act kept, for the book once it is committed. */
interface Done {
  people: Map<Id, Uint8Array>;
  entries: Entry[];
  gone: Id[];
  /** Rows, kept together when the act is done. */
  rows: { people: NewPerson[]; entries: NewEntry[] };
}
const nothing = (): Done => ({ people: new Map(), entries: [], gone: [], rows: { people: [], entries: [] } });

export function deskOf(node: VictimsNode, who: AtDesk, because: readonly string[], book: Book): OpenDesk {
  const open = (): Book => {
    // The desk may have closed since: what was wiped reads as closed, never as empty.
    if (node.memory.book !== book) throw new VictimsError("DESK_CLOSED");
    return book;
  };
  return {
    people: () => open().people(),
    person: (id) => open().person(id),
    secrets: (use) => {
      open();
      return node.memory.secrets.map((one) => one.other(use));
    },
    byPseudonym: (reference) => open().byPseudonym(reference),
    holder: book,
    async unseal(jwe) {
      open();
      for (const { pair } of node.memory.secrets) {
        const plain = await openSealed(pair, jwe);
        if (plain !== null) return plain;
      }
      return null;
    },
    async act(fn) {
      open();
      let done = nothing();
      const result = await node.store.write(standingOf(who), async (tx) => {
        // A transaction may run more than once.
        done = nothing();
        tx.allowed(because);
        const result = await fn(deskWriter(node, who, open(), tx, done));
        const stays = done.rows.entries.filter(({ person }) => !done.gone.includes(person));
        await insertRecords(tx, done.rows.people, stays);
        return result;
      });
      for (const [id, key] of done.people) book.addPerson(id, key);
      for (const entry of done.entries) book.addEntry(entry);
      for (const id of done.gone) book.forget(id);
      const plans = done.gone.length > 0 || done.entries.some(({ kind }) => node.dueKinds.has(kind));
      if (plans && node.memory.book === book) await keepDue(node, who, book);
      if (done.entries.length + done.gone.length > 0) node.wake(`victims:${node.code}`);
      return result;
    },
  };
}

function deskWriter(node: VictimsNode, who: AtDesk, book: Book, tx: Writer, done: Done): DeskWriter {
  const secret = node.memory.secrets[0];
  if (secret === undefined) throw new VictimsError("DESK_CLOSED");
  const boxOf = (person: Id): KeyBox => {
    const made = done.people.get(person);
    const box = made === undefined ? book.boxOf(person) : new KeyBox(made);
    if (box === null || done.gone.includes(person)) throw new VictimsError("NOT_FOUND");
    return box;
  };
  const said = new Map<Id, number>();
  let noted = false;
  const note = (): void => {
    if (!noted) tx.note("victims.entry", {});
    noted = true;
  };

  function put<D>(person: Id, kind: EntryKind<D>, data: D, door: Door = "desk"): Entry<D> {
    const box = boxOf(person);
    if (!node.kinds.has(kind.kind)) throw new VictimsError("UNKNOWN_KIND", { kind: kind.kind });
    const fits = kind.schema.safeParse(settled(node, kind.kind, data));
    if (!fits.success) throw unfit(kind.kind, fits.error.issues[0]);
    const by = { node: node.code, officer: who.officer.id, door };
    // What is said of her in one act keeps its order: a later word of it counts over an earlier one.
    const nth = said.get(person) ?? 0;
    said.set(person, nth + 1);
    const at = new Date(tx.at.getTime() + nth).toISOString();
    const entry = { id: randomId(), person, kind: kind.kind, at, by, data: fits.data };
    done.rows.entries.push({ id: entry.id, person, sealed: sealed(book, box, entry) });
    done.entries.push(entry);
    note();
    return entry;
  }

  // What does not fit is a rejection, like any other.
  const append = <D>(person: Id, kind: EntryKind<D>, data: D, door?: Door): Promise<Entry<D>> =>
    Promise.resolve().then(() => put(person, kind, data, door));

  return {
    ...handle(tx),
    append,
    async create(facts: Partial<Facts>, door: Door = "desk") {
      const id = randomId();
      const key = newRecordKey(node, book);
      done.rows.people.push({ id, kid: secret.kid, wrapped: secret.wrap(key, id) });
      done.people.set(id, key);
      await append(id, factsKind, facts, door);
      return id;
    },
    async merge(keep, other, reason) {
      boxOf(other);
      if (keep === other || (book.has(keep) && book.partsOf(keep).includes(other)))
        throw new VictimsError("ALREADY_ONE");
      await append(keep, mergedKind, { other, reason });
    },
    async part(keep, other, reason) {
      if (!book.partsOf(keep).includes(other) || keep === other) throw new VictimsError("NOT_FOUND");
      await append(keep, partedKind, { other, reason });
    },
    async forget(person) {
      boxOf(person);
      for (const one of book.partsOf(person)) {
        await forgetPerson(tx, one);
        done.gone.push(one);
      }
      note();
    },
  };
}

/** The writer's own methods, whatever object holds them. */
const handle = (tx: Writer): Writer => ({
  rows: tx.rows,
  standing: tx.standing,
  at: tx.at,
  newId: () => tx.newId(),
  allowed: (because) => tx.allowed(because),
  note: (kind, about) => tx.note(kind, about),
  enqueue: (job) => tx.enqueue(job),
  send: (out) => tx.send(out),
});

function sealed(book: Book, box: KeyBox, entry: Entry): Uint8Array {
  try {
    return book.seal(box, entry);
  } catch (fault) {
    if (fault instanceof RangeError) throw new VictimsError("TOO_BIG");
    throw fault;
  }
}

const unfit = (
  kind: string,
  issue: { path: readonly PropertyKey[]; message: string } | undefined,
): VictimsError =>
  new VictimsError("UNFIT", {
    kind,
    path: issue?.path.map(String).join(".") ?? "",
    why: issue?.message ?? "",
  });
