// Counting a month: every figure is counted, protected in memory and kept as it would be published; raw counts are kept nowhere.
import { sql } from "kysely";
import { setImmediate as breathe } from "node:timers/promises";
import type { Standing, Writer } from "@simpul/store";
import {
  axes,
  definitionIn,
  monthAfter,
  monthOf,
  PictureError,
  spanOf,
  type Count,
  type Definition,
  type Release,
} from "./contract.ts";
import { jobStanding, mayDo, officerOf, type OfDesk, type OfOfficer, type PictureNode } from "./node.ts";
import { agreed, release } from "./protect/release.ts";
import { drafted, keepDraft, spentOf } from "./records.ts";
import { affords, asTheyAre, oldestMonths, tabulate, thousandths } from "./rules.ts";

/** The last month that is over. */
export const lastMonth = (now: Date): string => monthAfter(monthOf(now), -1);

/** Definitions in force in a month, in the order of the room. */
export const inForce = (node: Pick<PictureNode, "definitions">, month: string): Definition[] => [
  ...new Set(node.definitions.flatMap((one) => definitionIn(one.figure, month, node.definitions) ?? [])),
];

/** Throws `MONTH_NOT_OVER`, `MONTH_TOO_OLD`. */
export function checkMonth(node: Pick<PictureNode, "clock">, month: string): void {
  const last = lastMonth(node.clock.now());
  if (month > last) throw new PictureError("MONTH_NOT_OVER");
  if (month < monthAfter(last, -oldestMonths)) throw new PictureError("MONTH_TOO_OLD");
}

interface Made {
  definition: Definition;
  month: string;
  counts: readonly Count[];
  number?: number;
  reason?: string;
}

/**
 * Protects one table and keeps it, where the budget allows one more draw; says whether it was kept (somebody else may
 * have been first). Throws `BUDGET_SPENT`, `RangeError` for what is no count of this figure.
 */
async function keep(node: PictureNode, tx: Writer, made: Made): Promise<boolean> {
  const { definition, month, counts, number = 1, reason = "" } = made;
  const { figure, unit } = definition;
  const protection = definition.protects === "persons" ? agreed : asTheyAre;
  const spent = thousandths(protection.epsilon);
  if (!affords(await spentOf(tx), { unit, figure, definition: definition.version, month, spent }))
    throw new PictureError("BUDGET_SPENT");
  const { cells, withheld } = release(
    tabulate(definition, counts),
    protection,
    node.random,
    definition.tells,
  );
  return keepDraft(tx, {
    published: {
      ...{ state: node.code, figure, definition: definition.version, month, cells, protection },
      ...{ rows: [...axes[definition.rows]], columns: [...axes[definition.columns]] },
    },
    ...{ id: tx.newId(), unit, number, withheld, spent, reason },
    byDesk: definition.counts === "victim-desk",
    by: tx.standing.actor.kind === "officer" ? tx.standing.actor.id : null,
  });
}

/** Raw counts of figures, by the features whose records they are, as the node's own job and as of one moment. */
async function countThem(
  node: PictureNode,
  due: readonly Definition[],
  month: string,
): Promise<Map<Definition, Count[]>> {
  return node.store.read(jobStanding, async (db) => {
    // One core at most: whoever works meanwhile has the others.
    await sql`select set_config('max_parallel_workers_per_gather', '0', true)`.execute(db.rows);
    const counted = new Map<Definition, Count[]>();
    for (const definition of due) {
      const count = node.counting[definition.figure];
      if (count !== undefined) counted.set(definition, await count(db, spanOf(month)));
    }
    return counted;
  });
}

/**
 * Counts what nobody counted yet of a month; gives the figures that were counted now. A figure whose budget is spent is
 * left out, the others go on. Throws `MONTH_NOT_OVER`, `MONTH_TOO_OLD`.
 */
export async function countMonth(node: PictureNode, standing: Standing, month: string): Promise<string[]> {
  checkMonth(node, month);
  const before = await node.store.read(jobStanding, (db) => drafted(db, month));
  const due = inForce(node, month).filter((one) => one.counts === "node" && !before.has(one.figure));
  const counted = due.length === 0 ? new Map<Definition, Count[]>() : await countThem(node, due, month);
  if (counted.size === 0) return [];
  const done = await node.store.write(standing, async (tx) => {
    const kept: string[] = [];
    for (const [definition, counts] of counted) {
      // Protecting a large table takes a while; whoever looks at something meanwhile waits for one table at most.
      await breathe();
      const fits = await keep(node, tx, { definition, month, counts }).catch((fault: unknown) => {
        if (fault instanceof PictureError && fault.code === "BUDGET_SPENT") return false;
        throw fault;
      });
      if (fits) kept.push(definition.figure);
    }
    if (kept.length > 0) tx.note("picture.counted", { month, figures: kept });
    return kept;
  });
  if (done.length > 0) node.wake("picture:work");
  return done;
}

/** The monthly job: the month that ended, once. */
export const countLastMonth = (node: PictureNode): Promise<string[]> =>
  countMonth(node, jobStanding, lastMonth(node.clock.now()));

/** The same for whoever lets figures go, at once. Throws `Denied` too. */
export async function countNow(node: PictureNode, standing: Standing, month: string): Promise<string[]> {
  mayDo(node, officerOf(standing), "picture.work");
  return countMonth(node, standing, month);
}

/**
 * The open victim desk counts its own month and hands over the protected tables (VIC-1); with a reason also those that it
 * handed over before, which are corrected then. Gives the figures. Throws `COUNTED_ALREADY`, `BUDGET_SPENT`, `MONTH_NOT_OVER`,
 * `MONTH_TOO_OLD`, and what the desk refuses (`DESK_CLOSED`, `NOT_FOUND`).
 */
export async function handOver(
  node: PictureNode,
  who: OfDesk,
  { month, reason }: { month: string; reason: string },
): Promise<string[]> {
  checkMonth(node, month);
  const counted = await node.ofVictims(who, spanOf(month));
  const standing: OfOfficer = { actor: who.officer, purpose: who.purpose };
  const done = await node.store.write(standing, async (tx) => {
    const before = await drafted(tx, month);
    const kept: string[] = [];
    for (const definition of inForce(node, month)) {
      const { figure } = definition;
      const number = (before.get(figure) ?? 0) + 1;
      if (definition.counts === "node" || (number > 1 && reason === "")) continue;
      const made = { definition, month, counts: counted[figure] ?? [], number };
      if (await keep(node, tx, { ...made, reason: number > 1 ? reason : "" })) kept.push(figure);
    }
    if (kept.length === 0) throw new PictureError("COUNTED_ALREADY");
    tx.note("picture.handed-over", { month, figures: kept });
    return kept;
  });
  node.wake("picture:work");
  return done;
}

/**
 * Counts a published table anew because it was wrong; it waits like every other and takes the earlier one's place when it
 * is let go. Tables of the victim desk it corrects itself. Throws `NOT_COUNTED_SO`, `COUNTED_ALREADY`, `BUDGET_SPENT`.
 */
export async function countAgain(
  node: PictureNode,
  standing: OfOfficer,
  of: Release,
  reason: string,
): Promise<void> {
  const definition = definitionIn(of.figure, of.month, node.definitions);
  if (definition?.version !== of.definition || definition.counts === "victim-desk")
    throw new PictureError("NOT_COUNTED_SO");
  const counts = (await countThem(node, [definition], of.month)).get(definition);
  if (counts === undefined) throw new PictureError("NOT_COUNTED_SO");
  await node.store.write(standing, async (tx) => {
    const made = { definition, month: of.month, counts, number: of.number + 1, reason };
    if (!(await keep(node, tx, made))) throw new PictureError("COUNTED_ALREADY");
    tx.note("picture.counted-again", { id: of.id, figure: of.figure, month: of.month });
  });
  node.wake("picture:work");
}
