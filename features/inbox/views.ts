// Views of the inbox that an officer named: kept at the node for her alone, so that every device of hers has them.
import type { Clock, Id } from "@simpul/model";
import { demand, type Policy } from "@simpul/policy";
import type { Store, Writer } from "@simpul/store";
import { sql } from "kysely";
import { InboxError, inboxLimits, type InboxStanding, type NamedView, type ViewFilters } from "./contract.ts";

export interface OwnNode {
  store: Store;
  policy: Policy;
  clock: Clock;
}

/** By their names. */
export const viewsOf = (store: Store, standing: InboxStanding): Promise<NamedView[]> =>
  store.read(standing, async (db) => {
    db.noteRead("inbox.views-listed", {});
    // Row security shows her own alone.
    const { rows } = await sql<NamedView>`select id, name, filters from simpul.inbox_views
      order by name limit ${inboxLimits.views}`.execute(db.rows);
    return rows;
  });

/** Keeps these filters under a name, in place of what had it. Throws `LIMIT_REACHED`. */
export function keepView(
  node: OwnNode,
  standing: InboxStanding,
  view: { name: string; filters: ViewFilters },
): Promise<{ id: Id }> {
  const officer = standing.actor.id;
  return node.store.write(standing, async (tx) => {
    ofHerOwn(node, standing, tx);
    const { rows: others } = await sql`select 1 from simpul.inbox_views
      where name <> ${view.name} limit ${inboxLimits.views}`.execute(tx.rows);
    if (others.length === inboxLimits.views)
      throw new InboxError("LIMIT_REACHED", `${inboxLimits.views} views`);
    const { rows } = await sql<{ id: Id }>`
      insert into simpul.inbox_views (id, officer_id, name, filters, kept_at)
      values (${tx.newId()}, ${officer}, ${view.name}, ${JSON.stringify(view.filters)}, ${tx.at})
      on conflict (officer_id, name) do update set filters = excluded.filters, kept_at = excluded.kept_at
      returning id`.execute(tx.rows);
    const { id } = rows[0]!;
    // Its name may hold words of a case; the log does without.
    tx.note("inbox.view-kept", { id });
    return { id };
  });
}

/** Throws `NOT_FOUND`, also for another officer's. */
export const forgetView = (node: OwnNode, standing: InboxStanding, id: Id): Promise<void> =>
  node.store.write(standing, async (tx) => {
    ofHerOwn(node, standing, tx);
    const gone = await sql`delete from simpul.inbox_views where id = ${id}`.execute(tx.rows);
    if (gone.numAffectedRows === 0n) throw new InboxError("NOT_FOUND");
    tx.note("inbox.view-forgotten", { id });
  });

/** What she keeps for herself is hers to change, whatever her desk and purpose. */
export function ofHerOwn(node: OwnNode, { actor, purpose }: InboxStanding, tx: Writer): void {
  tx.allowed(
    demand(node.policy, {
      officer: actor,
      act: "access.own",
      record: { kind: "belonging", id: actor.id, owner: actor.id },
      purpose,
      now: node.clock.now(),
    }),
  );
}
