// What waits in this room: a second person's word, and the day on which somebody asks whether it is still needed.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { mayAgree, mayOrder, type ExclusionsNode } from "./node.ts";

/** So long after another state's word came, it stands in the inbox. */
const newsDays = 7;
/** So many days before its day a review is asked for. */
const earlyDays = 7;

interface Row {
  id: Id;
  kind: string;
  peer: string | null;
  author: Id | null;
  due: string | null;
  since: Date;
}

export const exclusionsInbox = (node: ExclusionsNode): InboxSource => ({
  name: "exclusions",
  async waiting(standing, db): Promise<InboxEntry[]> {
    try {
      mayOrder(node, standing);
    } catch {
      return [];
    }
    const now = node.clock.now();
    const { rows } = await sql<Row>`
        select id, peer, ordered_at as since, null as due, ordered_by as author, 'exclusion-agree' as kind
          from simpul.exclusions where state = 'proposed'
        union all select id, peer, lift_asked_at, null, lift_asked_by, 'exclusion-lift'
          from simpul.exclusions where state = 'active' and lift_asked_at is not null
        union all select id, peer, coalesce(reviewed_at, agreed_at), review_on::text, null, 'exclusion-review'
          from simpul.exclusions where state = 'active' and side <> 'told'
            and review_on <= ${now}::date + ${earlyDays}::int
        union all select id, peer, ordered_at, null, null, 'exclusion-told'
          from simpul.exclusions where state = 'active' and side = 'told'
            and ordered_at > ${now}::timestamptz - make_interval(days => ${newsDays})
        order by since limit 100`.execute(db.rows);
    const shown = rows.filter(
      (row) => row.author === null || mayAgree(node, standing, { id: row.id, author: row.author }),
    );
    return shown.map((row) => ({
      ...{ id: row.id, kind: row.kind, due: row.due, since: row.since.toISOString() },
      title: row.peer?.toUpperCase() ?? "",
      to: `/exclusions?at=${row.id}`,
      for: "desk",
      case: null,
    }));
  },
});
