// What waits in this room: a second person's word, and entries and lists whose day comes (RET-1).
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { mayAgree, mayKeep, type OfOfficer, type WatchListsNode } from "./node.ts";

/** So many days before its day a review is asked for. */
const earlyDays = 14;

interface Row {
  id: Id;
  kind: string;
  title: string;
  author: Id | null;
  due: string | null;
  since: Date;
}

export const watchListsInbox = (node: WatchListsNode): InboxSource => ({
  name: "watch-lists",
  async waiting(standing, db): Promise<InboxEntry[]> {
    try {
      mayKeep(node, standing);
    } catch {
      return [];
    }
    const now = node.clock.now();
    const { rows } = await sql<Row>`
        select id, title, made_at as since, null as due, made_by as author, 'watch-list-agree' as kind
          from simpul.watch_lists where ours and state = 'proposed'
        union all select l.id, l.title, min(e.made_at), null, min(e.made_by::text)::uuid, 'watch-list-agree'
          from simpul.watch_lists l join simpul.watch_entries e on e.list_id = l.id and e.state = 'proposed'
          where l.ours and l.state = 'active' group by l.id, l.title
        union all select l.id, l.title, l.agreed_at, min(e.entry ->> 'review'), null, 'watch-list-review'
          from simpul.watch_lists l join simpul.watch_entries e on e.list_id = l.id and e.state = 'active'
          where l.ours and l.state = 'active' and l.desk_id = (select simpul.desk())
            and (e.entry ->> 'review')::date <= ${now}::date + ${earlyDays}::int group by l.id, l.title, l.agreed_at
        order by since limit 100`.execute(db.rows);
    const shown = rows.filter(
      (row) =>
        row.author === null || mayAgree(node, standing as OfOfficer, { id: row.id, author: row.author }),
    );
    return shown.map((row) => ({
      ...{ id: row.id, kind: row.kind, due: row.due, since: row.since.toISOString(), title: row.title },
      to: `/watch-lists/${row.id}`,
      for: "desk",
      case: null,
    }));
  },
});
