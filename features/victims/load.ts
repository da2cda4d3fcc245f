// Fills the decrypted book when the first desk opens, and takes in what came sealed meanwhile.
import { setImmediate as pause } from "node:timers/promises";
import { Id } from "@simpul/model";
import { KeyBox } from "@simpul/store/keys";
import { z } from "zod";
import { Book } from "./book.ts";
import type { AtDesk, Entry } from "./contract.ts";
import { comesFromOutside, factsKind, ownKinds } from "./kinds.ts";
import { openSealed, type DeskSecret } from "./keys.ts";
import { ofTheDesk, standingOf, type VictimsNode } from "./node.ts";
import {
  entriesAfter,
  insertRecords,
  intakeAfter,
  peopleAfter,
  type LeftRow,
  type NewEntry,
  type NewPerson,
} from "./records.ts";
import { sql } from "kysely";

const portion = 2000;
/** Milliseconds. */
const lookEvery = 5000;

/** The book, read once while a desk is open, with the intake taken in. */
export function readyBook(node: VictimsNode, who: AtDesk): Promise<Book> {
  const { memory } = node;
  return memory.inTurn(async () => {
    memory.book ??= await readBook(node, who);
    // Another process of this node may have taken something in: it is looked for from time to time as well.
    const now = node.clock.now().getTime();
    if (memory.left || now - memory.lookedAt > lookEvery) {
      memory.left = false;
      memory.lookedAt = now;
      await takeIn(node, who, memory.book);
    }
    return memory.book;
  });
}

async function readBook(node: VictimsNode, who: AtDesk): Promise<Book> {
  const book = new Book(node);
  const secrets = new Map(node.memory.secrets.map((one) => [one.kid, one]));
  await node.store.read(standingOf(who), async (db) => {
    db.allowed(ofTheDesk(node, who));
    db.noteRead("victims.book-read", {});
    for await (const rows of portions((after) => peopleAfter(db, after, portion)))
      for (const row of rows) {
        try {
          book.addPerson(row.id, secrets.get(row.kid)!.unwrap(row.wrapped, row.id));
        } catch {
          book.damaged += 1;
          book.damagedPeople.add(row.id);
        }
      }
    for await (const rows of portions((after) => entriesAfter(db, after, portion)))
      for (const row of rows) book.addSealed({ id: row.id, person: row.person_id, sealed: row.sealed });
  });
  return book;
}

/** Rows by portions; the next one is on its way while one is read. */
async function* portions<Row extends { id: Id }>(
  after: (last: Id | null) => Promise<Row[]>,
): AsyncGenerator<Row[], void> {
  let next = after(null);
  for (;;) {
    const rows = await next;
    const last = rows.length < portion ? null : rows.at(-1)!.id;
    if (last !== null) next = after(last);
    yield rows;
    if (last === null) return;
    await pause();
  }
}

const LeftShape = z.object({
  id: z.uuid(),
  person: z.uuid(),
  kind: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/),
  at: z.iso.datetime(),
  by: z.object({
    node: z.string().regex(/^[a-z]{2}$/),
    officer: z.uuid().nullable(),
    door: z.enum(["field", "hotline", "page", "peer"]),
  }),
  data: z.unknown(),
});

/** Null when no key of the desk opens it, or what is inside is for another row. */
async function readLeft(
  node: VictimsNode,
  secrets: readonly DeskSecret[],
  row: LeftRow,
): Promise<Entry | null> {
  const secret = secrets.find((one) => one.kid === row.kid);
  const plain = secret === undefined ? null : await openSealed(secret.pair, row.sealed);
  if (plain === null) return null;
  try {
    const left = LeftShape.parse(JSON.parse(new TextDecoder().decode(plain)));
    if (left.id !== row.id || left.person !== row.person_id) return null;
    const kind = node.kinds.get(left.kind);
    const fits = kind?.schema.safeParse(settled(node, left.kind, left.data));
    const entry = { ...left, data: fits?.success === true ? fits.data : left.data } as Entry;
    const inside = ownKinds.some((one) => one.kind === left.kind) && !comesFromOutside.has(left.kind);
    return fits?.success === true && !inside ? entry : { ...entry, unfit: true };
  } catch {
    return null;
  }
}

/** Moves each to its person, a new one for an id that is new; one transaction per portion, and none twice. */
async function takeIn(node: VictimsNode, who: AtDesk, book: Book): Promise<void> {
  const { memory } = node;
  for (let after: Id | null = null; ;) {
    const rows: LeftRow[] = await node.store.read(standingOf(who), async (db) => {
      db.noteRead("victims.intake-read", {});
      return intakeAfter(db, after, 200);
    });
    const read = await Promise.all(rows.map((row) => readLeft(node, memory.secrets, row)));
    rows.forEach((row, nth) =>
      read[nth] === null ? memory.unread.add(row.id) : memory.unread.delete(row.id),
    );
    const entries = read.filter((one) => one !== null);
    if (entries.length > 0) await move(node, who, book, entries);
    if (rows.length < 200) return;
    after = rows.at(-1)!.id;
  }
}

async function move(node: VictimsNode, who: AtDesk, book: Book, entries: readonly Entry[]): Promise<void> {
  const secret = node.memory.secrets[0]!;
  const fresh = await node.store.write(standingOf(who), async (tx) => {
    const people = new Map<Id, Uint8Array>();
    const moved: Entry[] = [];
    const rows = { people: [] as NewPerson[], entries: [] as NewEntry[] };
    tx.allowed(ofTheDesk(node, who));
    // What belongs to a record that cannot be read waits until somebody has looked at it.
    const readable = entries.filter(({ person }) => !book.damagedPeople.has(person));
    await sql`delete from simpul.victim_intake
      where id = any (${readable.map(({ id }) => id)}::uuid[])`.execute(tx.rows);
    for (const entry of readable) {
      if (book.knows(entry.id)) continue;
      let box = book.boxOf(entry.person);
      const made = people.get(entry.person);
      if (box === null && made !== undefined) box = new KeyBox(made);
      if (box === null) {
        const key = newRecordKey(node, book);
        people.set(entry.person, key);
        box = new KeyBox(key);
        const wrapped = secret.wrap(key, entry.person);
        rows.people.push({ id: entry.person, kid: secret.kid, wrapped });
      }
      rows.entries.push({ id: entry.id, person: entry.person, sealed: book.seal(box, entry) });
      moved.push(entry);
    }
    await insertRecords(tx, rows.people, rows.entries);
    tx.note("victims.taken-in", {});
    return { people, moved };
  });
  for (const [id, key] of fresh.people) book.addPerson(id, key);
  for (const entry of fresh.moved) book.addEntry(entry);
  node.wake(`victims:${node.code}`);
}

/** What is known of her in Unicode, however her name was typed; other entries stay letter for letter. */
export function settled(node: VictimsNode, kind: string, data: unknown): unknown {
  if (kind !== factsKind.kind) return data;
  const text = JSON.stringify(data) as string | undefined;
  if (text === undefined || !/[\u1000-\u109f]/.test(text)) return data;
  return JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? node.unicode(value) : value));
}

/** Random, and with a pseudonym that nobody has. */
export function newRecordKey(node: VictimsNode, book: Book): Uint8Array {
  for (;;) {
    const key = node.random.bytes(32);
    if (!book.taken(book.pseudonym(key))) return key;
  }
}
