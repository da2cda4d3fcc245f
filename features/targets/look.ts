// Targets as whoever may see them sees them: the same shape, whoever the person is.
import type { Id } from "@simpul/model";
import type { Reader, Standing } from "@simpul/store";
import type { Freeze, ListedFreeze, TargetAct, TargetHead, TargetState, TargetView } from "./contract.ts";
import { officerOf, rules, worksOn, type TargetsNode } from "./node.ts";
import { allFreezes, freezesOf, headOf, rowOf, rowsOf, stepsOf } from "./records.ts";
import { nextOf } from "./rules.ts";

/** Newest first, 500 at most. */
export async function listTargets(
  node: TargetsNode,
  standing: Standing,
  ask: { case?: Id | undefined; state?: TargetState | undefined },
): Promise<TargetHead[]> {
  return node.store.read(standing, async (db) => {
    db.noteRead("target.listed", {});
    return (await rowsOf(db, { ...ask, limit: 500 })).map(headOf);
  });
}

/** 500 at most. */
export const listFreezes = (node: TargetsNode, standing: Standing): Promise<ListedFreeze[]> =>
  node.store.read(standing, async (db) => {
    const all = await allFreezes(db);
    db.noteRead("target.freezes-listed", { shown: all.length });
    return withWays(node, db, all);
  });

/** Each with where its request stands. */
async function withWays<Of extends Freeze>(node: TargetsNode, db: Reader, all: readonly Of[]): Promise<Of[]> {
  const asked = all.flatMap(({ request }) => request ?? []);
  const ways = await node.requests.standing(db, asked);
  return all.map((one) => ({ ...one, way: (one.request && ways.get(one.request)?.[0]) ?? null }));
}

/** Throws `NOT_FOUND`. */
export async function viewTarget(node: TargetsNode, standing: Standing, id: Id): Promise<TargetView> {
  return node.store.read(standing, async (db) => {
    db.noteRead("target.viewed", { id });
    const row = await rowOf(db, id);
    const works = row.number !== null && worksOn(node, standing, await node.caseFacts(db, row.case_id));
    const live = row.state === "under-review" || row.state === "standing";
    const steps = await stepsOf(db, id);
    const next = works
      ? nextOf(
          row.kind,
          row.state,
          steps.map((one) => one.step),
        )
      : [];
    const may: TargetAct[] = [];
    // Whether the review lets it pass is asked when she does it: a button must not know.
    const prosecutes = row.kind === "person" && rules(node, standing);
    if (row.state === "under-review" && prosecutes) may.push("accept");
    if (prosecutes && live && !works) may.push("withdraw");
    if (works && live) {
      if (row.owner_id !== officerOf(standing).id) may.push("take");
      if (next.length > 0) may.push("step");
      may.push("follow", "freeze", "withdraw");
    }
    return {
      ...headOf(row),
      ...{ reasons: row.reasons, review: row.review_id, steps, may, next },
      freezes: await withWays(node, db, await freezesOf(db, id)),
      ...{ acceptedBy: row.accepted_by, acceptedAt: row.accepted_at?.toISOString() ?? null },
    };
  });
}
