// What waits of the border: a purpose for its second person, and one whose end comes.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { may, mayAgree, type BorderNode, type OfOfficer } from "./node.ts";

/** So many days before its end somebody proposes the next. */
const earlyDays = 14;

export const borderInbox = (node: BorderNode): InboxSource => ({
  name: "border",
  async waiting(standing, db): Promise<InboxEntry[]> {
    try {
      may(node, standing, "border.propose");
    } catch {
      return [];
    }
    const now = node.clock.now();
    const { rows } = await sql<{
      id: Id;
      title: string;
      since: Date;
      due: Date | null;
      author: Id | null;
      kind: string;
    }>`
        select id, title, made_at as since, null::timestamptz as due, made_by as author, 'border-agree' as kind
          from simpul.border_purposes where state = 'proposed'
        union all select id, title, agreed_at, until, null, 'border-ends' from simpul.border_purposes
          where state = 'active' and until > ${now} and until < ${now}::timestamptz + make_interval(days => ${earlyDays})
        order by since limit 50`.execute(db.rows);
    const shown = rows.filter(
      (row) =>
        row.author === null || mayAgree(node, standing as OfOfficer, { id: row.id, author: row.author }),
    );
    return shown.map((row) => ({
      ...{ id: row.id, kind: row.kind, title: row.title, since: row.since.toISOString() },
      due: row.due?.toISOString() ?? null,
      to: `/border/purposes?at=${row.id}`,
      for: "desk",
      case: null,
    }));
  },
});
