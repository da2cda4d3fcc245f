// Telling the units: by the clock each room's cut is compared with what was told before, and only what changed leaves.
import type { Id, NodeCode } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { About, Figures, ToTell } from "./contract.ts";
import { jobStanding, type CoordinationNode } from "./node.ts";

type Rows = Pick<Reader | Writer, "rows">;
interface ToldRow {
  unit: NodeCode;
  about: About;
  id: Id;
  figures: Figures | null;
}

export async function allToTell(node: CoordinationNode, db: Rows): Promise<ToTell[]> {
  const all: ToTell[] = [];
  for (const source of node.sources) all.push(...(await source(db)));
  return all;
}

/** Keys in order, as the database gives them back in its own. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    one !== null && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );

interface Change {
  unit: NodeCode;
  about: About;
  id: Id;
  /** Null: what was told is taken back. */
  figures: Figures | null;
}

async function changesOf(node: CoordinationNode, db: Rows): Promise<Change[]> {
  const now = (await allToTell(node, db)).flatMap(({ units, about, id, figures }) =>
    units.filter((unit) => unit !== node.code).map((unit): Change => ({ unit, about, id, figures })),
  );
  const { rows } = await sql<ToldRow>`select unit, about, id, figures from simpul.coordination_told`.execute(
    db.rows,
  );
  const key = (one: { unit: string; about: string; id: string }) => `${one.unit} ${one.about} ${one.id}`;
  const told = new Map(rows.map((row) => [key(row), row]));
  const named = new Set(now.map(key));
  return [
    ...now.filter((one) => text(told.get(key(one))?.figures ?? null) !== text(one.figures)),
    ...rows
      .filter((row) => row.figures !== null && !named.has(key(row)))
      .map(({ unit, about, id }): Change => ({ unit, about, id, figures: null })),
  ];
}

/** Sends what changed since the last time, and takes back what a unit is not named for any more. Gives how many letters. */
export async function giveFigures(node: CoordinationNode): Promise<number> {
  const seen = await node.store.read(jobStanding, (db) => changesOf(node, db));
  if (seen.length === 0) return 0;
  const sent = await node.store.write(jobStanding, async (tx) => {
    const changes = await changesOf(node, tx);
    const at = tx.at.toISOString();
    for (const { unit, about, id, figures } of changes) {
      await sql`insert into simpul.coordination_told (unit, about, id, figures, at)
        values (${unit}, ${about}, ${id}, ${figures === null ? null : JSON.stringify(figures)}::jsonb, ${tx.at})
        on conflict (unit, about, id) do update set figures = excluded.figures, at = excluded.at`.execute(
        tx.rows,
      );
      const kind = figures === null ? "coordination.over" : "coordination.figures";
      await tx.send({
        ...{ id: tx.newId(), to: unit, kind },
        body: { about, id, at, ...(figures !== null && { figures }) },
      });
      tx.note(figures === null ? "coordination.taken-back" : "coordination.told", { id, about, peer: unit });
    }
    if (changes.length === 0) tx.note("coordination.compared", {});
    return changes.length;
  });
  node.send();
  return sent;
}
