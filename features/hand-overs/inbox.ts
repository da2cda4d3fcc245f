// What waits: hand-overs to let go, those that came in with their clock, and proposals to what came over.
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import type { HandOversNode } from "./node.ts";

interface Row {
  id: Id;
  kind: string;
  title: string;
  peer: NodeCode;
  due: Date | null;
  since: Date;
  mine: boolean;
}

export const handOversInbox = (node: HandOversNode): InboxSource => ({
  name: "hand-over",
  async waiting(standing, db): Promise<InboxEntry[]> {
    const { id, desk } = standing.actor;
    const now = node.clock.now();
    const { rows } = await sql<Row>`
        with me as (select simpul.is_contact_point() as contact, simpul.has_role('supervisor') as leads)
        select h.id, 'hand-over-approval' as kind, h.offer ->> 'title' as title, h.peer, null::timestamptz as due,
          h.created_at as since, false as mine
        from simpul.hand_overs h, me where h.direction = 'outgoing' and h.state = 'submitted' and h.author_id <> ${id}
          and (me.contact or (h.desk_id = ${desk} and me.leads))
        union all
        select h.id, 'hand-over', h.offer ->> 'title', h.peer, h.due_at, h.created_at, false
        from simpul.hand_overs h, me where h.direction = 'incoming' and h.state = 'pending' and me.contact
        union all
        -- Its author hears how it ended.
        select h.id, 'hand-over-over', h.offer ->> 'title', h.peer, null, h.changed_at, true
        from simpul.hand_overs h where h.direction = 'outgoing' and h.author_id = ${id}
          and h.state in ('handed', 'declined', 'returned', 'undelivered')
          and h.changed_at > ${now}::timestamptz - interval '14 days'
        union all
        select h.id, 'hand-over-proposal', h.offer ->> 'title', h.peer, null, p.at, h.lead_id = ${id}
        from simpul.hand_over_proposals p join simpul.hand_overs h on h.id = p.hand_over_id
        where not p.ours and p.state = 'open' and (h.lead_id = ${id} or h.desk_id = ${desk})
        order by due nulls last, since limit 200`.execute(db.rows);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      title: `${row.peer.toUpperCase()} · ${row.title}`,
      to: `/hand-overs/${row.id}`,
      due: row.due?.toISOString() ?? null,
      since: row.since.toISOString(),
      for: row.mine ? "me" : "desk",
      case: null,
    }));
  },
});
