// What waits about charges: days of the court, exhibits whose permission went, what a prosecutor may file, outcomes that came.
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { prosecutes, type ChargesNode } from "./node.ts";

/** So many days before a day of the court it stands in the inbox. */
const earlyDays = 7;
const askDays = 14;
/** Files whose exhibits are looked at for each inbox. */
const mostFiles = 50;

interface Row {
  id: Id;
  kind: string;
  title: string;
  due: string | null;
  since: Date;
}

export const chargesInbox = (node: ChargesNode): InboxSource => ({
  name: "charges",
  async waiting(standing, db): Promise<InboxEntry[]> {
    if (standing.actor.agencyKind === "victim-services") return [];
    const { id, desk } = standing.actor;
    const now = node.clock.now();
    const rules = prosecutes(node, standing);
    const { rows } = await sql<Row>`
        with hers as (select * from simpul.charges where ${rules} or prepared_by = ${id} or desk_id = ${desk})
        select c.id, 'court-' || e.event as kind, c.name ->> 'text' as title, e.on_day::text as due, e.at as since
          from hers c join simpul.charge_events e on e.charge_id = c.id and e.event in ('deadline', 'hearing')
          where c.state = 'filed' and e.on_day between ${now}::date and ${now}::date + ${earlyDays}::int
        union all select c.id, 'charge-to-file', c.name ->> 'text', null, r.due_at
          from hers c join simpul.legal_reviews r on r.id = c.review_id
          where ${rules} and c.state = 'prepared' and r.withdrawn_at is null and r.due_at <= ${now}
            and r.due_at > ${now}::timestamptz - make_interval(days => ${askDays})
        order by since limit 200`.execute(db.rows);
    const told = await sql<{ id: Id; reference: string; at: Date; peer: NodeCode }>`
        select o.id, t.reference, o.at, o.peer from simpul.outcomes_arrived o
        join simpul.request_threads t on t.id = o.thread_id join simpul.requests q on q.id = t.request_id
        where o.seen_at is null and (q.desk_id = ${desk} or q.author_id = ${id})
        order by o.at limit 100`.execute(db.rows);
    const stopped = await stoppedOf(node, db, { id, desk, rules });
    return [
      ...rows.map((row) => ({
        ...{ id: row.id, kind: row.kind, title: row.title, to: `/charges/${row.id}`, due: row.due },
        ...{ since: row.since.toISOString(), for: "desk" as const, case: null },
      })),
      ...stopped,
      ...told.rows.map((one) => ({
        ...{ id: one.id, kind: "outcome-told", title: `${one.peer.toUpperCase()} · ${one.reference}` },
        ...{ to: "/charges/outcomes", due: null, since: one.at.toISOString() },
        ...{ for: "desk" as const, case: null },
      })),
    ];
  },
});

/** Filed, and then an originator took its permission back, or the item: it waits until the court was told. */
async function stoppedOf(
  node: ChargesNode,
  db: Parameters<ChargesNode["items"]["terms"]>[0],
  { id, desk, rules }: { id: Id; desk: Id; rules: boolean },
): Promise<InboxEntry[]> {
  const { rows } = await sql<{ id: Id; title: string; filed_at: Date; items: Id[] }>`
    select c.id, c.name ->> 'text' as title, c.filed_at, array_agg(e.of_id) as items
    from simpul.charges c join simpul.charge_exhibits e on e.charge_id = c.id
    where c.state = 'filed' and e.kind = 'item' and e.disclosure <> 'unused'
      and not exists (select 1 from simpul.charge_events n where n.charge_id = c.id and n.exhibit_id = e.id)
      and (${rules} or c.prepared_by = ${id} or c.desk_id = ${desk})
    group by c.id, c.name, c.filed_at order by c.filed_at desc limit ${mostFiles}`.execute(db.rows);
  const terms = await node.items.terms(db, [...new Set(rows.flatMap((one) => one.items))]);
  const fine = new Set(terms.filter((one) => one.stopped.length === 0).map((one) => one.id));
  return rows
    .filter((one) => one.items.some((item) => !fine.has(item)))
    .map((one) => ({
      ...{ id: one.id, kind: "exhibit-stopped", title: one.title, to: `/charges/${one.id}`, due: null },
      ...{ since: one.filed_at.toISOString(), for: "desk", case: null },
    }));
}
