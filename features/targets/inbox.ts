// What waits about targets: follow-ups and answers for their owner, what is overdue for the supervisor, what may stand for a prosecutor.
import type { Id } from "@simpul/model";
import type { Reader } from "@simpul/store";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { isAnswered } from "./contract.ts";
import { rules, type TargetsNode } from "./node.ts";

/** So many days before a freeze comes free by itself, its owner is asked. */
const freeEarlyDays = 7;
/** So many days a prosecutor is asked after the review's time is over. */
const askDays = 14;

interface Row {
  id: Id;
  kind: string;
  name: { text: string };
  due: string | null;
  since: Date;
  owner: boolean;
}

/** Freezes of hers whose request was answered, and nobody noted yet what the answer says. */
async function answeredByRequest(node: TargetsNode, db: Pick<Reader, "rows">, owner: Id): Promise<Row[]> {
  const { rows } = await sql<Row & { request: Id }>`
    select t.id, 'freeze-answered' as kind, t.name, null as due, f.asked_at as since, true as owner, f.request_id as request
    from simpul.targets t join simpul.target_freezes f on f.target_id = t.id
    where t.state in ('under-review', 'standing') and t.owner_id = ${owner} and f.state = 'asked'
      and f.request_id is not null limit 200`.execute(db.rows);
  const ways = await node.requests.standing(
    db,
    rows.map((row) => row.request),
  );
  return rows.filter(({ request }) => isAnswered({ state: "asked", way: ways.get(request)?.[0] ?? null }));
}

export const targetsInbox = (node: TargetsNode): InboxSource => ({
  name: "targets",
  async waiting(standing, db): Promise<InboxEntry[]> {
    if (standing.actor.agencyKind === "victim-services") return [];
    const { id, desk, roles } = standing.actor;
    const supervises = roles.includes("supervisor");
    const now = node.clock.now();
    const prosecutes = rules(node, standing);
    const { rows } = await sql<Row>`
        with live as (select * from simpul.targets where state in ('under-review', 'standing'))
        select id, 'target-follow-up' as kind, name, follow_up_on::text as due, nominated_at as since, true as owner
          from live where owner_id = ${id} and follow_up_on <= ${now}::date + 1
        union all select id, 'target-overdue', name, follow_up_on::text, escalated_at, false
          from live where ${supervises} and desk_id = ${desk} and owner_id <> ${id} and escalated_at is not null
        union all select t.id, 'freeze-due', t.name, simpul.freeze_due(f)::text, f.asked_at, true
          from live t join simpul.target_freezes f on f.target_id = t.id and f.state = 'asked'
          where t.owner_id = ${id} and simpul.freeze_due(f) < ${now}::timestamptz + interval '12 hours'
        union all select t.id, 'freeze-overdue', t.name, simpul.freeze_due(f)::text, f.escalated_at, false
          from live t join simpul.target_freezes f on f.target_id = t.id and f.state = 'asked'
          where ${supervises} and t.desk_id = ${desk} and t.owner_id <> ${id} and f.escalated_at is not null
        union all select t.id, 'freeze-ends', t.name, f.until_day::text, f.answered_at, true
          from live t join simpul.target_freezes f on f.target_id = t.id and f.state in ('frozen', 'partly')
          where t.owner_id = ${id} and f.until_day <= ${now}::date + ${freeEarlyDays}::int
        union all select t.id, 'target-accept', t.name, null, r.due_at, false
          from live t join simpul.legal_reviews r on r.id = t.review_id
          where ${prosecutes} and t.state = 'under-review' and r.withdrawn_at is null and r.due_at <= ${now}
            and r.due_at > ${now}::timestamptz - make_interval(days => ${askDays})
        order by since limit 200`.execute(db.rows);
    return [...rows, ...(await answeredByRequest(node, db, id))].map((row) => ({
      ...{ id: row.id, kind: row.kind, title: row.name.text, to: `/targets/${row.id}` },
      due: row.due === null ? null : row.due.length > 10 ? new Date(row.due).toISOString() : row.due,
      since: row.since.toISOString(),
      for: row.owner ? "me" : "desk",
      case: null,
    }));
  },
});
