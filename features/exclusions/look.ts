// Reading the room: whom this state excludes there and here, and whom others exclude here; never to whom it is about.
import type { Id, NodeCode } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { Exclusion, ExclusionsView, ExclusionSide, RecipientKind } from "./contract.ts";
import { mayAgree, mayOrder, type ExclusionsNode, type OfOfficer } from "./node.ts";

interface Row {
  id: Id;
  side: ExclusionSide;
  peer: NodeCode | null;
  kind: RecipientKind;
  name: string;
  reason: string | null;
  state: Exclusion["state"];
  review_on: string | null;
  ordered_by: Id | null;
  ordered_at: Date;
  agreed_by: Id | null;
  agreed_at: Date | null;
  reviewed_by: Id | null;
  reviewed_at: Date | null;
  review: string | null;
  lift_reason: string | null;
  lift_asked_by: Id | null;
  lift_asked_at: Date | null;
  ended_by: Id | null;
  ended_at: Date | null;
  letters: number;
}

export async function lookAtExclusions(node: ExclusionsNode, standing: Standing): Promise<ExclusionsView> {
  mayOrder(node, standing);
  return { exclusions: await listed(node, standing), own: node.code, states: await node.peers() };
}

/** In force and waiting first; 500 at most. */
async function listed(node: ExclusionsNode, standing: Standing): Promise<Exclusion[]> {
  const rows = await node.store.read(standing, async (db) => {
    const found = await sql<Row>`
      select x.id, x.side, x.peer, x.kind, x.reason, x.state, x.review_on::text, x.ordered_by, x.ordered_at, x.agreed_by,
        x.agreed_at, x.reviewed_by, x.reviewed_at, x.review, x.lift_reason, x.lift_asked_by, x.lift_asked_at, x.ended_by,
        x.ended_at, coalesce(o.name, d.name, a.name, nullif(x.label, ''), x.who) as name,
        case when x.side = 'there'
          then (select count(*)::int from simpul.exclusions_stated s where s.exclusion_id = x.id and s.accepted)
          else (select count(*)::int from simpul.request_exclusions r where r.exclusion_id = x.id) end as letters
      from simpul.exclusions x
        left join lateral (select case when x.side <> 'there' then coalesce(x.ours, simpul.meant(x.kind, x.who)) end as ours) m on true
        left join simpul.officers o on o.id = m.ours
        left join simpul.desks d on d.id = m.ours
        left join simpul.agencies a on a.id = m.ours
      order by x.state not in ('proposed', 'active'), x.ordered_at desc, x.id limit 500`.execute(db.rows);
    db.noteRead("exclusions.listed", { shown: found.rows.length });
    return found.rows;
  });
  const ids = rows.flatMap((row) =>
    [row.ordered_by, row.agreed_by, row.reviewed_by, row.lift_asked_by, row.ended_by].filter(
      (id) => id !== null,
    ),
  );
  const people = await node.directory.officers([...new Set(ids)]);
  const done = (by: Id | null, at: Date | null) =>
    at === null ? null : { by: by === null ? "" : (people.get(by)?.name ?? by), at: at.toISOString() };
  return rows.map((row) => {
    const reviewed = done(row.reviewed_by, row.reviewed_at);
    const lift = done(row.lift_asked_by, row.lift_asked_at);
    return {
      ...{ id: row.id, side: row.side, peer: row.peer, kind: row.kind, name: row.name },
      ...{ reason: row.reason, state: row.state, review: row.review_on, letters: row.letters },
      ordered: done(row.ordered_by, row.ordered_at)!,
      agreed: done(row.agreed_by, row.agreed_at),
      reviewed: reviewed === null ? null : { ...reviewed, text: row.review ?? "" },
      lift: lift === null ? null : { ...lift, reason: row.lift_reason ?? "" },
      ended: done(row.ended_by, row.ended_at),
      may: mayOf(node, standing as OfOfficer, row),
    };
  });
}

function mayOf(node: ExclusionsNode, standing: OfOfficer, row: Row): Exclusion["may"] {
  if (row.side === "told") return [];
  const second = (author: Id | null): boolean =>
    author !== null && mayAgree(node, standing, { id: row.id, author });
  if (row.state === "proposed") return [...(second(row.ordered_by) ? (["agree"] as const) : []), "drop"];
  if (row.state !== "active") return [];
  if (row.lift_asked_at === null) return ["review", "ask-lift"];
  return second(row.lift_asked_by) ? ["review", "agree-lift"] : ["review"];
}
