// What an embassy is told: one list per state without doubles, of those alone who allowed it, agreed by a second person.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import { entriesOf, type AtDesk, type OpenDesk, type Person } from "../victims/contract.ts";
import { SurgeError } from "./contract.ts";
import { embassyKind, embassyFields, listedKind, toldKind, type EmbassyWord } from "./kinds.ts";
import { seal, unseal } from "./lists.ts";
import { open, standingOf, type SurgeNode } from "./node.ts";
import { possiblyOne } from "./duplicates.ts";

export interface StateLine {
  /** ISO code, `stateless`, or `?`. */
  state: string;
  people: number;
  allowed: number;
  refused: number;
  /** Allowed and not told yet. */
  untold: number;
  /** They need no embassy: they are of this state. */
  own: boolean;
  /** Pairs of this state that may be one person: decided before, the list has no doubles. */
  undecided: number;
  embassy: "here" | { served: string } | null;
  papers: PaperLine[];
}
export interface PaperLine {
  id: Id;
  state: string;
  people: number;
  askedBy: string;
  askedAt: string;
  agreedBy: string | null;
  agreedAt: string | null;
  may: ("agree" | "drop")[];
}
export interface PaperRow {
  pseudonym: string;
  name: string | null;
  born: string | null;
  sex: string | null;
  document: string | null;
}
export interface Paper extends PaperLine {
  rows: PaperRow[];
}
/** Sealed. */
interface Kept {
  state: string;
  rows: (PaperRow & { person: Id; fields: EmbassyWord["fields"] })[];
}
// A type, not an interface: rows are read by hand-written SQL.
type PaperDbRow = {
  id: Id;
  sealed: string;
  asked_by: Id;
  asked_at: Date;
  agreed_by: Id | null;
  agreed_at: Date | null;
};

/** Her last word counts; without one nothing is told. */
const wordOf = (person: Person): EmbassyWord | null => entriesOf(person, embassyKind).at(-1)?.data ?? null;
const stateOf = ({ facts }: Person): string =>
  facts.stateless ? "stateless" : (facts.nationalities[0] ?? "?");

async function rowsOf(node: SurgeNode, who: AtDesk): Promise<PaperDbRow[]> {
  return node.store.read(standingOf(who), async (db) => {
    const { rows } = await sql<PaperDbRow>`select * from simpul.surge_papers where dropped_at is null
      order by asked_at desc, id desc limit 200`.execute(db.rows);
    db.noteRead("surge.papers-viewed", { shown: rows.length });
    return rows;
  });
}

async function linesOf(
  node: SurgeNode,
  who: AtDesk,
  desk: OpenDesk,
): Promise<(PaperLine & { kept: Kept; row: PaperDbRow })[]> {
  const rows = await rowsOf(node, who);
  const names = await node.directory.officers([
    ...new Set(rows.flatMap((row) => [row.asked_by, row.agreed_by]).filter((one) => one !== null)),
  ]);
  const named = (id: Id | null): string | null => (id === null ? null : (names.get(id)?.name ?? ""));
  return Promise.all(
    rows.map(async (row) => {
      const kept = await unseal<Kept>(desk, row.sealed);
      const waits = row.agreed_by === null;
      return {
        ...{ id: row.id, state: kept.state, people: kept.rows.length, kept, row },
        ...{ askedBy: named(row.asked_by) ?? "", askedAt: row.asked_at.toISOString() },
        ...{ agreedBy: named(row.agreed_by), agreedAt: row.agreed_at?.toISOString() ?? null },
        may: waits ? [...(row.asked_by === who.officer.id ? [] : (["agree"] as const)), "drop" as const] : [],
      };
    }),
  );
}

/** Every state of people on lists, the largest first; those without an embassy, the stateless and the unknown apart. */
export async function listStates(node: SurgeNode, who: AtDesk): Promise<StateLine[]> {
  const desk = await open(node, who);
  const states = new Map<string, StateLine>();
  const stateBy = new Map<Id, string>();
  for (const person of desk.people()) {
    if (entriesOf(person, listedKind).length === 0 && wordOf(person) === null) continue;
    const state = stateOf(person);
    stateBy.set(person.id, state);
    const line = states.get(state) ?? {
      ...{ state, people: 0, allowed: 0, refused: 0, untold: 0, undecided: 0, papers: [] },
      embassy: /^[A-Z]{2}$/.test(state) ? node.embassies.of(state) : null,
      own: state.toLowerCase() === node.code,
    };
    states.set(state, line);
    const word = wordOf(person);
    line.people += 1;
    if (word?.allow === true) {
      line.allowed += 1;
      if (entriesOf(person, toldKind).length === 0) line.untold += 1;
    } else if (word !== null) line.refused += 1;
  }
  for (const { a, b } of possiblyOne(desk.people())) {
    const line = states.get(stateBy.get(a) ?? "");
    if (line !== undefined && stateBy.get(b) === line.state) line.undecided += 1;
  }
  for (const { kept: _kept, row: _row, ...paper } of await linesOf(node, who, desk))
    states.get(paper.state)?.papers.push(paper);
  return [...states.values()].sort((a, b) => b.people - a.people || (a.state < b.state ? -1 : 1));
}

/** What was asked of these people, and what they said. */
export async function sayEmbassy(
  node: SurgeNode,
  who: AtDesk,
  ask: { people: Id[]; word: EmbassyWord },
): Promise<void> {
  const desk = await open(node, who);
  await desk.act(async (tx) => {
    for (const id of ask.people) await tx.append(id, embassyKind, ask.word);
  });
}

/** Prepares the list of a state for a second person. Throws `NOTHING_TO_TELL`, `PAIRS_UNDECIDED`. */
export async function askPaper(node: SurgeNode, who: AtDesk, state: string): Promise<Id> {
  const desk = await open(node, who);
  const rows: Kept["rows"] = [];
  for (const person of desk.people()) {
    const word = wordOf(person);
    if (stateOf(person) === state && word?.allow === true) rows.push(rowOf(person, word.fields));
  }
  const told = new Set(rows.map((row) => row.person));
  // Among all people: how rare a name is decides whether it makes two alike.
  if (possiblyOne(desk.people()).some(({ a, b }) => told.has(a) && told.has(b)))
    throw new SurgeError("PAIRS_UNDECIDED");
  if (rows.length === 0 || !/^[A-Z]{2}$/.test(state)) throw new SurgeError("NOTHING_TO_TELL");
  const sealed = await seal(node, { state, rows } satisfies Kept);
  return desk.act(async (tx) => {
    const id = tx.newId();
    await sql`insert into simpul.surge_papers (id, sealed, asked_by, asked_at)
      values (${id}, ${sealed}, ${who.officer.id}, ${tx.at})`.execute(tx.rows);
    tx.note("surge.paper-asked", { id });
    return id;
  });
}

function rowOf(person: Person, fields: EmbassyWord["fields"]): Kept["rows"][number] {
  const { facts } = person;
  const has = (field: (typeof embassyFields)[number]): boolean => fields.includes(field);
  return {
    ...{ person: person.id, pseudonym: person.pseudonym, fields },
    name: has("name") ? (facts.names[0]?.text ?? "") : null,
    born: has("born") ? (facts.born?.read ?? facts.born?.written ?? "") : null,
    sex: has("sex") ? facts.sex : null,
    document: has("document") ? (facts.documents[0]?.number ?? "") : null,
  };
}

/**
 * By somebody else than who asked. Whoever took her word back meanwhile, or was found to be another's double, is not on
 * it. Each page says from then on what her embassy was told.
 */
export async function agreePaper(node: SurgeNode, who: AtDesk, id: Id): Promise<void> {
  const desk = await open(node, who);
  const found = (await linesOf(node, who, desk)).find((one) => one.id === id);
  if (found === undefined) throw new SurgeError("NOT_FOUND", id);
  if (found.row.agreed_by !== null) throw new SurgeError("ALREADY_DECIDED");
  if (found.row.asked_by === who.officer.id) throw new SurgeError("OWN_LIST");
  const rows = found.kept.rows.flatMap((row) => {
    const person = desk.person(row.person);
    const word = person === null ? null : wordOf(person);
    return person?.id === row.person && word?.allow === true ? [rowOf(person, word.fields)] : [];
  });
  if (rows.length === 0) throw new SurgeError("NOTHING_TO_TELL");
  const { state } = found.kept;
  const sealed = await seal(node, { state, rows } satisfies Kept);
  await desk.act(async (tx) => {
    const { numAffectedRows } = await sql`update simpul.surge_papers
      set sealed = ${sealed}, agreed_by = ${who.officer.id}, agreed_at = ${tx.at}
      where id = ${id} and agreed_by is null and dropped_at is null`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new SurgeError("ALREADY_DECIDED");
    for (const { person, fields } of rows)
      await tx.append(person, toldKind, { paper: id, state, fields, agreedBy: who.officer.id });
    tx.note("surge.paper-agreed", { id });
  });
}

export async function dropPaper(node: SurgeNode, who: AtDesk, id: Id): Promise<void> {
  const desk = await open(node, who);
  await desk.act(async (tx) => {
    const { numAffectedRows } = await sql`update simpul.surge_papers set dropped_at = ${tx.at}
      where id = ${id} and agreed_by is null and dropped_at is null`.execute(tx.rows);
    if (numAffectedRows !== 1n) throw new SurgeError("ALREADY_DECIDED");
    tx.note("surge.paper-dropped", { id });
  });
}

/** As whoever agrees sees it before, and as it is sent after. */
export async function viewPaper(node: SurgeNode, who: AtDesk, id: Id): Promise<Paper> {
  const desk = await open(node, who);
  const found = (await linesOf(node, who, desk)).find((one) => one.id === id);
  if (found === undefined) throw new SurgeError("NOT_FOUND", id);
  const { kept, row: _row, ...line } = found;
  return {
    ...line,
    rows: kept.rows.map(({ pseudonym, name, born, sex, document }) => ({
      pseudonym,
      name,
      born,
      sex,
      document,
    })),
  };
}
