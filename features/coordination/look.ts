// Reading: what every state told about one space, operation or exercise; and for a state, what it told about its own.
import type { Id, NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import {
  CoordinationError,
  type About,
  type CoordinatedHead,
  type CoordinatedView,
  type Figures,
  type Spoken,
  type Told,
  type ToldByUs,
} from "./contract.ts";
import { requireReading, type CoordinationNode } from "./node.ts";
import { headOf } from "./rules.ts";
import { wordsOf } from "./say.ts";

type Row = { state: NodeCode; about: About; id: Id; figures: Figures | null; at: Date };
interface Known {
  about: About;
  id: Id;
  told: Told[];
}

function grouped(rows: readonly Row[]): Known[] {
  const found = new Map<string, Known>();
  for (const { state, about, id, figures, at } of rows) {
    const one = found.get(`${about} ${id}`) ?? { about, id, told: [] };
    one.told.push({ state, at: at.toISOString(), figures });
    found.set(`${about} ${id}`, one);
  }
  return [...found.values()];
}
const heads = (all: readonly Known[]): CoordinatedHead[] =>
  all
    .flatMap((one) => headOf(one.about, one.id, one.told) ?? [])
    .toSorted((a, b) => (a.newest < b.newest ? 1 : -1));

/** Everything that a unit follows, the last changed first. Throws `NOT_FOUND`. */
export async function listCoordinated(
  node: CoordinationNode,
  standing: Standing,
): Promise<CoordinatedHead[]> {
  const because = requireReading(node, standing);
  return node.store.read(standing, async (db) => {
    db.allowed(because);
    const { rows } = await sql<Row>`select state, about, id, figures, at from simpul.coordination_figures
      where figures is not null order by state`.execute(db.rows);
    const all = heads(grouped(rows));
    db.noteRead("coordination.listed", { shown: all.length });
    return all;
  });
}

/** One of them, state by state. Throws `NOT_FOUND`. */
export async function viewCoordinated(
  node: CoordinationNode,
  standing: Standing,
  about: About,
  id: Id,
): Promise<CoordinatedView> {
  const because = requireReading(node, standing);
  return node.store.read(standing, async (db) => {
    db.allowed(because);
    db.noteRead("coordination.viewed", { id, about });
    const { rows } = await sql<Row>`select state, about, id, figures, at from simpul.coordination_figures
      where (about = ${about} and id = ${id}) or (about = 'operation' and figures ->> 'space' = ${id}::text)
      order by state`.execute(db.rows);
    const all = grouped(rows);
    const one = all.find((each) => each.about === about && each.id === id);
    const head = one === undefined ? null : headOf(about, id, one.told);
    if (one === undefined || head === null) throw new CoordinationError("NOT_FOUND");
    const within = about === "space" ? heads(all.filter((each) => each !== one)) : [];
    const words = about === "space" ? await wordsOf(db, id) : [];
    return { ...head, own: node.code, told: one.told, words, within };
  });
}

/** What this state told the units about one thing of its own, word for word, and what they said; empty for what none follows. */
export async function toldByUs(
  node: CoordinationNode,
  standing: Standing,
  about: About,
  id: Id,
): Promise<{ told: ToldByUs[]; words: Spoken[] }> {
  const because = requireReading(node, standing);
  return node.store.read(standing, async (db) => {
    db.allowed(because);
    db.noteRead("coordination.told-viewed", { id, about });
    const { rows } = await sql<{ unit: NodeCode; at: Date; figures: Figures | null }>`select unit, at, figures
      from simpul.coordination_told where about = ${about} and id = ${id} order by unit`.execute(db.rows);
    const told = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    return { told, words: about === "space" ? await wordsOf(db, id) : [] };
  });
}
