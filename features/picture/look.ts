// Seeing the picture: the list of figures, the tables of one, and what the desks that count and let go have before them.
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import {
  definitions,
  PictureError,
  type DeskView,
  type Draft,
  type FigureHead,
  type Left,
  type Overview,
  type Release,
  type WorkView,
  units,
} from "./contract.ts";
import { join } from "./join.ts";
import { can, mayDo, mayRelease, type OfOfficer, type PictureNode } from "./node.ts";
import { inForce, lastMonth } from "./prepare.ts";
import {
  drafted,
  draftOf,
  newestOf,
  releasesOf,
  spentOf,
  takingPart,
  waitingDrafts,
  wholesOf,
} from "./records.ts";
import { budgetOf, exposed, warningsOf } from "./rules.ts";

/** Which states are in, and the newest of every figure. Throws `Denied`. */
export async function overview(node: PictureNode, standing: OfOfficer): Promise<Overview> {
  const because = mayDo(node, standing, "picture.read");
  return node.store.read(standing, async (db) => {
    db.allowed(because);
    db.noteRead("picture.viewed", {});
    const states = await takingPart(db);
    const { rows } = await sql<{ first: string | null; last: string | null }>`
      select min(month) as first, max(month) as last from simpul.picture_releases where ended_at is null`.execute(
      db.rows,
    );
    const [{ first, last }] = rows as [{ first: string | null; last: string | null }];
    if (first === null || last === null)
      return { states, months: null, heads: [], may: mayOf(node, standing) };
    const heads = join(await newestOf(db)).map((one): FigureHead => {
      const { known, withheld } = one.cells.at(-1)!.at(-1)!;
      const { figure, definition, states: of, months } = one;
      return { figure, definition, states: of, month: months.at(-1)!, known, withheld };
    });
    const order = new Map(definitions.map((one, nth) => [one.figure, nth]));
    heads.sort((one, two) => (order.get(one.figure) ?? 99) - (order.get(two.figure) ?? 99));
    return { states, months: { from: first, until: last }, heads, may: mayOf(node, standing) };
  });
}

const mayOf = (node: PictureNode, standing: OfOfficer): Overview["may"] => [
  ...(can(node, standing, "picture.work") ? (["work"] as const) : []),
  ...(standing.actor.agencyKind === "victim-services" ? (["hand-over"] as const) : []),
];

/** Releases of one figure by all its definitions, of these months, and those that were replaced. Throws `NOT_FOUND`, `Denied`. */
export async function figureReleases(
  node: PictureNode,
  standing: OfOfficer,
  ask: { figure: string; from: string; until: string; earlier?: boolean | undefined },
  why = "picture.viewed",
): Promise<Release[]> {
  const because = mayDo(node, standing, "picture.read");
  if (!definitions.some((one) => one.figure === ask.figure)) throw new PictureError("NOT_FOUND");
  return node.store.read(standing, async (db) => {
    db.allowed(because);
    db.noteRead(why, { figure: ask.figure, from: ask.from, until: ask.until });
    return releasesOf(db, { ...ask, figures: [ask.figure] });
  });
}

interface LeftRow {
  id: Id;
  figure: string;
  definition: number;
  month: string;
  number: number;
  at: Date;
  ended_at: Date | null;
  reason: string;
  proposed_by: Id;
  released_by: Id;
  told: { peer: NodeCode; answered: boolean; refused: string | null }[];
}

/** What waits to be looked at and let go, the budget, and what left. Throws `Denied`. */
export async function work(node: PictureNode, standing: OfOfficer): Promise<WorkView> {
  const because = mayDo(node, standing, "picture.work");
  const month = lastMonth(node.clock.now());
  const view = await node.store.read(standing, async (db) => {
    db.allowed(because);
    db.noteRead("picture.work-viewed", {});
    const waiting = await waitingDrafts(db);
    const spent = await spentOf(db);
    const ours = await wholesOf(db, node.code);
    const budget = units.map((unit) => ({ unit, spent: exposed(unit, spent), limit: budgetOf[unit] }));
    const drafts = waiting.map((row): Draft => {
      const { unit } = node.definitions.find((one) => one.figure === row.figure)!;
      const of = budget.find((one) => one.unit === unit)!;
      const before = ours
        .filter(
          (one) => one.figure === row.figure && one.definition === row.definition && one.month < row.month,
        )
        .at(-1);
      const facts = { before: before === undefined ? null : { whole: before.whole } };
      return {
        ...draftOf(row),
        warnings: warningsOf(
          { ...row, cells: row.published.cells },
          { ...facts, left: of.limit - of.spent, spends: row.spent },
        ),
      };
    });
    const proposals = await sql<{ id: Id; month: string; proposed_by: Id; proposed_at: Date }>`
      select id, month, proposed_by, proposed_at from simpul.picture_proposals where state = 'proposed'
      order by proposed_at limit 100`.execute(db.rows);
    const left = await sql<LeftRow>`
      select r.id, r.figure, r.definition, r.month, r.number, r.at, r.ended_at, r.reason, r.proposed_by, r.released_by,
        coalesce((select jsonb_agg(jsonb_build_object('peer', t.peer, 'answered', t.answered_at is not null,
          'refused', t.refused) order by t.peer) from simpul.picture_told t where t.release_id = r.id), '[]') as told
      from simpul.picture_releases r where r.state = ${node.code}
      order by r.at desc, r.figure, r.number desc limit 200`.execute(db.rows);
    const done = await drafted(db, month);
    const missing = inForce(node, month).filter((one) => !done.has(one.figure));
    return { drafts, proposals: proposals.rows, budget, left: left.rows, missing };
  });
  const asked = [
    ...view.proposals.map((one) => one.proposed_by),
    ...view.left.flatMap((one) => [one.proposed_by, one.released_by]),
  ];
  const names = await node.directory.officers([...new Set(asked)]);
  const nameOf = (id: Id): string => names.get(id)?.name ?? "";
  return {
    month,
    drafts: view.drafts,
    budget: view.budget,
    missing: view.missing.filter((one) => one.counts === "node").map((one) => one.figure),
    waitsForDesk: view.missing.filter((one) => one.counts === "victim-desk").map((one) => one.figure),
    proposals: view.proposals.map((one) => ({
      ...{ id: one.id, month: one.month, by: one.proposed_by, byName: nameOf(one.proposed_by) },
      at: one.proposed_at.toISOString(),
      drafts: view.drafts.filter((draft) => draft.proposal === one.id).map((draft) => draft.id),
      mayRelease: mayRelease(node, standing, { id: one.id, author: one.proposed_by }),
    })),
    left: view.left.map(leftOf(nameOf)),
  };
}

const leftOf =
  (nameOf: (id: Id) => string) =>
  (row: LeftRow): Left => ({
    ...{ id: row.id, figure: row.figure, definition: row.definition, month: row.month, number: row.number },
    ...{ at: row.at.toISOString(), endedAt: row.ended_at?.toISOString() ?? null, reason: row.reason },
    ...{ proposedBy: nameOf(row.proposed_by), releasedBy: nameOf(row.released_by) },
    told: row.told.map(({ peer, answered, refused }) => ({
      ...{ peer, code: refused },
      state: refused !== null ? "refused" : answered ? "taken" : "waiting",
    })),
  });

/** What the victim desk handed over, and what waits for it. Throws `NOT_FOUND` for every other desk. */
export async function deskView(node: PictureNode, standing: OfOfficer): Promise<DeskView> {
  if (standing.actor.agencyKind !== "victim-services") throw new PictureError("NOT_FOUND");
  const month = lastMonth(node.clock.now());
  return node.store.read(standing, async (db) => {
    db.noteRead("picture.handed-over-viewed", {});
    const done = await drafted(db, month);
    const { rows } = await sql<{ figure: string; month: string; at: Date; withheld: number }>`
      select figure, month, made_at as at, withheld from simpul.picture_drafts
      where by_desk and dropped_at is null order by made_at desc, figure limit 60`.execute(db.rows);
    return {
      month,
      missing: inForce(node, month)
        .filter((one) => one.counts === "victim-desk" && !done.has(one.figure))
        .map((one) => one.figure),
      handed: rows.map((one) => ({ ...one, at: one.at.toISOString() })),
    };
  });
}
