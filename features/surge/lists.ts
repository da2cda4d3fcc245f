// A list of many people is taken in: read, sealed whole, and turned into people a portion at a time, so that a break costs nothing.
import { setImmediate as pause } from "node:timers/promises";
import { Wristband, type Id } from "@simpul/model";
import { CompactEncrypt } from "jose";
import { sql } from "kysely";
import type { AtDesk, DeskWriter, Facts, OpenDesk, Person } from "../victims/contract.ts";
import { entriesOf } from "../victims/contract.ts";
import { SurgeError, type ListLine, type ListView, type RowIssue } from "./contract.ts";
import { listedKind, type Listed } from "./kinds.ts";
import { open, standingOf, type SurgeNode } from "./node.ts";
import { assess, type Assessed, type Row } from "./reading/assess.ts";
import { languageOf } from "./reading/languages.ts";

/** The sealed content of a list. */
interface Kept extends Assessed {
  name: string;
}
// A type, not an interface: rows are read by hand-written SQL.
type ListDbRow = { id: Id; rows: number; done: number; made_by: Id; made_at: Date };
const columns = sql`id, rows, done, made_by, made_at`;

/** Rows that become people in one transaction: few commits, and a break costs a second of work at most. */
const portion = 500;

/** What lists say, as long as the desk stays open: a list of thousands is opened once, not at every look at how far it is. */
const opened = new WeakMap<object, Map<Id, Kept>>();
const mostOpened = 8;

async function keptOf(node: SurgeNode, who: AtDesk, desk: OpenDesk, id: Id): Promise<Kept> {
  const there = opened.get(desk.holder)?.get(id);
  if (there !== undefined) return there;
  const sealed = await node.store.read(standingOf(who), async (db) => {
    const { rows } = await sql<{
      sealed: string;
    }>`select sealed from simpul.surge_lists where id = ${id}`.execute(db.rows);
    db.noteRead("surge.list-viewed", { id });
    return rows[0]?.sealed;
  });
  if (sealed === undefined) throw new SurgeError("NOT_FOUND", id);
  const kept = await unseal<Kept>(desk, sealed);
  remember(desk, id, kept);
  return kept;
}

function remember(desk: OpenDesk, id: Id, kept: Kept): void {
  const all = opened.get(desk.holder) ?? new Map<Id, Kept>();
  opened.set(desk.holder, all.set(id, kept));
  if (all.size > mostOpened) all.delete(all.keys().next().value!);
}

/** What the file holds, before anything is kept. Throws `SurgeError` or the reader's own refusals. */
export async function readList(
  node: SurgeNode,
  who: AtDesk,
  file: { name: string; bytes: Uint8Array },
): Promise<Assessed> {
  await open(node, who);
  const sheets = await node.readSheets(file.name, file.bytes);
  return assess(sheets, { states: node.states, zawgyi: node.zawgyi, now: node.store.clock.now() });
}

/** Seals it, and begins. */
export async function takeList(
  node: SurgeNode,
  who: AtDesk,
  file: { name: string; bytes: Uint8Array },
): Promise<Id> {
  const read = await readList(node, who, file);
  const desk = await open(node, who);
  const kept: Kept = { name: file.name, ...read };
  const sealed = await seal(node, kept);
  const id = await desk.act(async (tx) => {
    const made = tx.newId();
    await sql`insert into simpul.surge_lists (id, sealed, rows, made_by, made_at)
      values (${made}, ${sealed}, ${read.rows.length}, ${who.officer.id}, date_trunc('hour', ${tx.at}::timestamptz))`.execute(
      tx.rows,
    );
    tx.note("surge.list-taken", { id: made });
    return made;
  });
  remember(desk, id, kept);
  goOn(node, who, id);
  return id;
}

export async function seal(node: SurgeNode, value: unknown): Promise<string> {
  const to = await node.compartment.sealTo();
  if (to === null) throw new SurgeError("NO_DESK_KEY");
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM", kid: to.kid })
    .encrypt({ ...to.key, alg: "ECDH-ES+A256KW" });
}

export async function unseal<T>(desk: OpenDesk, sealed: string): Promise<T> {
  const plain = await desk.unseal(sealed);
  if (plain === null) throw new SurgeError("NOT_FOUND");
  return JSON.parse(new TextDecoder().decode(plain)) as T;
}

/** Goes on where it stands, once at a time; stops by itself when the desk closes, and goes on when it is open again. */
export function goOn(node: SurgeNode, who: AtDesk, id: Id): void {
  if (node.memory.running.has(id)) return;
  const run = work(node, who, id)
    .catch((fault: unknown) => node.failed(fault))
    .finally(() => {
      node.memory.running.delete(id);
      node.wake(`victims:${node.code}`);
    });
  node.memory.running.set(id, run);
}

async function work(node: SurgeNode, who: AtDesk, id: Id): Promise<void> {
  const first = await open(node, who);
  const row = await rowOf(node, who, id);
  const { rows } = await keptOf(node, who, first, id);
  for (let at = row.done; at < rows.length; at += portion) {
    const desk = await open(node, who);
    const some = rows.slice(at, at + portion);
    // What it made and how far it is, in one transaction: killed at any moment, no row is left out or made twice.
    const moved = await desk.act(async (tx) => {
      const { numAffectedRows } = await sql`update simpul.surge_lists set done = ${at + some.length}
        where id = ${id} and done = ${at}`.execute(tx.rows);
      if (numAffectedRows !== 1n) return false;
      for (const one of some) await person(node, tx, id, one);
      tx.note("surge.list-moved", { id });
      return true;
    });
    // Another process of this node is at it.
    if (!moved) return;
    node.wake(`victims:${node.code}`);
    await pause();
  }
}

async function person(node: SurgeNode, tx: DeskWriter, list: Id, row: Row): Promise<void> {
  const id = await tx.create(factsOf(row));
  const { sheet, written, issues } = row;
  const wristband = Wristband.make(node.random);
  await tx.append(id, listedKind, { list, row: row.row, sheet, written, issues, wristband });
}

/** What a row says of her, and nothing that it does not say. */
export function factsOf(row: Row): Partial<Facts> {
  const language = languageOf(row.language);
  const child = row.issues.includes("child-as-adult");
  const stateless = row.nationality === "stateless";
  return {
    names: row.name === "" ? [] : [{ text: row.name, use: "document" }],
    born: row.born,
    // Said to be both: doubt, which counts as child.
    ageSaid: child ? "doubt" : row.age === null ? "not-said" : row.age < 18 ? "child" : "adult",
    sex: row.sex,
    nationalities: row.nationality === null || stateless ? [] : [row.nationality],
    stateless,
    languages: language === null ? [] : [language],
    contacts: row.phone === "" ? [] : [{ how: "phone", text: row.phone.slice(0, 300), safe: false }],
    documents:
      row.document === ""
        ? []
        : [{ type: "document", number: row.document.slice(0, 100), state: null, held: "" }],
  };
}

async function rowOf(node: SurgeNode, who: AtDesk, id: Id): Promise<ListDbRow> {
  const row = await node.store.read(standingOf(who), async (db) => {
    const { rows } = await sql<ListDbRow>`select ${columns} from simpul.surge_lists where id = ${id}`.execute(
      db.rows,
    );
    db.noteRead("surge.list-viewed", { id });
    return rows[0];
  });
  if (row === undefined) throw new SurgeError("NOT_FOUND", id);
  return row;
}

/** Newest first; those that stand still go on, now that a desk is open. */
export async function listLists(node: SurgeNode, who: AtDesk): Promise<ListLine[]> {
  const desk = await open(node, who);
  const rows = await node.store.read(standingOf(who), async (db) => {
    const found =
      await sql<ListDbRow>`select ${columns} from simpul.surge_lists order by made_at desc, id desc limit 100`.execute(
        db.rows,
      );
    db.noteRead("surge.lists-viewed", { shown: found.rows.length });
    return found.rows;
  });
  for (const row of rows) if (row.done < row.rows) goOn(node, who, row.id);
  const names = await node.directory.officers([...new Set(rows.map((row) => row.made_by))]);
  return Promise.all(
    rows.map(async (row) =>
      line(node, row, await keptOf(node, who, desk, row.id), names.get(row.made_by)?.name ?? ""),
    ),
  );
}

const wrong = ({ totals, statesAddUpTo }: Kept): number =>
  totals.filter((one) => one.stated !== one.counted).length + (statesAddUpTo === null ? 0 : 1);

const line = (node: SurgeNode, row: ListDbRow, kept: Kept, by: string): ListLine => ({
  ...{ id: row.id, name: kept.name, rows: row.rows, done: row.done, by },
  state: row.done === row.rows ? "done" : node.memory.running.has(row.id) ? "coming" : "paused",
  at: row.made_at.toISOString(),
  contradictions: wrong(kept),
});

/** One list: what it states, what is doubtful, and its rows as people. */
export async function viewList(node: SurgeNode, who: AtDesk, id: Id): Promise<ListView> {
  const desk = await open(node, who);
  const row = await rowOf(node, who, id);
  if (row.done < row.rows) goOn(node, who, id);
  const kept = await keptOf(node, who, desk, id);
  const names = await node.directory.officers([row.made_by]);
  const people = new Map<string, Person>();
  for (const one of desk.people())
    for (const { data } of entriesOf(one, listedKind)) if (data.list === id) people.set(placeOf(data), one);
  const issues: Partial<Record<RowIssue, number>> = {};
  for (const { issues: said } of kept.rows)
    for (const issue of said) issues[issue] = (issues[issue] ?? 0) + 1;
  return {
    ...line(node, row, kept, names.get(row.made_by)?.name ?? ""),
    ...{ totals: kept.totals, statesAddUpTo: kept.statesAddUpTo, columns: kept.columns, issues },
    people: kept.rows.map((one) => {
      const her = people.get(placeOf(one));
      return {
        row: one.row,
        person: her?.id ?? null,
        pseudonym: her?.pseudonym ?? null,
        name: one.name,
        nationality: one.nationality,
        born: one.born === null ? "" : one.born.read === null ? one.born.written : one.born.read,
        issues: one.issues,
      };
    }),
  };
}

const placeOf = ({ sheet, row }: Pick<Listed, "sheet" | "row">): string => `${sheet} ${row}`;
