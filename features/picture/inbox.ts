// What waits about figures: tables to look at, proposals to let go, letters that a state refused, and months the victim desk owes.
import type { Id } from "@simpul/model";
import type { Reader } from "@simpul/store";
import { sql } from "kysely";
import type { InboxEntry, InboxSource, InboxStanding } from "../inbox/contract.ts";
import { can, officerOf, type PictureNode } from "./node.ts";
import { inForce, lastMonth } from "./prepare.ts";
import { drafted, takingPart } from "./records.ts";

export const pictureInbox = (node: PictureNode): InboxSource => ({
  name: "picture",
  async waiting(standing, db): Promise<InboxEntry[]> {
    if (standing.actor.agencyKind === "victim-services") return owed(node, standing, db);
    if (!can(node, officerOf(standing), "picture.work")) return [];
    const { rows } = await sql<{ id: Id; kind: string; title: string; since: Date; mine: boolean }>`
        select (array_agg(d.id order by d.id))[1] as id, 'figures-to-look-at' as kind, d.month as title,
          min(d.made_at) as since, false as mine
          from simpul.picture_drafts d left join simpul.picture_proposals p on p.id = d.proposal_id
          where d.dropped_at is null and (p.id is null or p.state = 'returned') group by d.month
        union all select id, 'figures-to-let-go', month, proposed_at, false from simpul.picture_proposals
          where state = 'proposed' and proposed_by <> ${standing.actor.id}
        union all select release_id, 'figures-refused', upper(peer) || ' · ' || refused, answered_at, false
          from simpul.picture_told t where refused is not null
            and exists (select 1 from simpul.picture_releases r where r.id = t.release_id and r.ended_at is null)
        order by since limit 100`.execute(db.rows);
    return rows.map((row) => ({
      ...{ id: row.id, kind: row.kind, title: row.title, to: "/picture/work", due: null, case: null },
      ...{ since: row.since.toISOString(), for: "desk" },
    }));
  },
});

/** The victim desk owes the last month from the day it ended. */
async function owed(node: PictureNode, standing: InboxStanding, db: Reader): Promise<InboxEntry[]> {
  const month = lastMonth(node.clock.now());
  const done = await drafted(db, month);
  // A state that never published anything takes no part, and owes nothing.
  const part = (await takingPart(db)).some((one) => one.state === node.code);
  const missing = inForce(node, month).some((one) => one.counts === "victim-desk" && !done.has(one.figure));
  if (!missing || !part) return [];
  const since = `${month}-01T00:00:00.000Z`;
  return [
    {
      ...{ id: standing.actor.desk, kind: "figures-to-hand-over", title: month, to: "/picture/hand-over" },
      ...{ due: null, since, for: "desk", case: null },
    },
  ];
}
