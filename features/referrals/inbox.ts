// What waits for the victim desk, by ids and clocks alone: it can be listed while no desk is open, and names nobody.
import type { NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { ofTheDesk, type ReferralsNode, type ShareRow } from "./node.ts";

type Row = Pick<ShareRow, "id" | "ours" | "what" | "state" | "peer" | "due_at" | "changed_at"> & {
  overdue: boolean;
};

export const referralsInbox = (node: ReferralsNode): InboxSource => ({
  name: "referrals",
  async waiting(standing, db): Promise<InboxEntry[]> {
    if (standing.actor.agencyKind !== "victim-services" || standing.purpose !== "victim-assistance")
      return [];
    ofTheDesk(node, standing);
    const late = new Date(node.clock.now().getTime() - node.terms.hours.acknowledge.hours * 3_600_000);
    const { rows } = await sql<Row>`select s.id, s.ours, s.what, s.state, s.peer, s.due_at, s.changed_at,
          exists (select from simpul.victim_share_holders h where h.root = s.id and h.closed_at is null
            and h.told_at < ${late}) as overdue
        from simpul.victim_shares s
        where (not s.ours and s.state = 'pending')
          or (s.ours and s.seen_at is null and s.state in ('returned', 'rejected'))
          or (not s.ours and s.seen_at is null and s.state = 'withdrawn')
          or exists (select from simpul.victim_share_holders h where h.root = s.id and s.ours and h.closed_at is null
            and h.told_at < ${late})
        order by s.due_at nulls last, s.id limit 300`.execute(db.rows);
    return rows.map((row): InboxEntry => ({
      id: row.id,
      kind: kindOf(row),
      title: titleOf(row.peer),
      to:
        row.what === "missing" || row.what === "nationality"
          ? `/returns/${row.what}/${row.id}`
          : `/referrals/${row.id}`,
      due: row.state === "pending" ? (row.due_at?.toISOString() ?? null) : null,
      since: row.changed_at.toISOString(),
      for: "desk",
      case: null,
    }));
  },
});

const titleOf = (peer: NodeCode | null): string => peer?.toUpperCase() ?? "";

function kindOf(row: Row): string {
  if (row.overdue) return "share-overdue";
  if (!row.ours) return row.state === "withdrawn" ? "share-withdrawn" : `share-${row.what}`;
  return row.state === "returned" ? "share-returned" : "share-rejected";
}
