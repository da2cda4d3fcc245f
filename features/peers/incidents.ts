// Incidents of the lines: evidences that differed, and the word of the officer who found out why.
import type { Id, NodeCode } from "@simpul/model";
import { demand } from "@simpul/policy";
import type { Reader, Standing } from "@simpul/store";
import { sql } from "kysely";
import { PeersError } from "./contract.ts";
import type { ComparedView, IncidentKind, Incidents } from "./contract.ts";
import { mayRead, type PeersNode } from "./node.ts";

interface Row {
  id: Id;
  sender: NodeCode;
  kind: IncidentKind;
  first_seq: number;
  last_seq: number;
  found_at: Date;
  name: string | null;
  closed_at: Date | null;
  because: string | null;
}

const asking = (node: PeersNode, standing: Standing) => ({
  officer: standing.actor as never,
  act: "incident.close" as const,
  record: { kind: "node", id: node.code } as const,
  purpose: standing.purpose,
  now: node.clock.now(),
});

/** Of one peer, the open ones first, then the newest; 500 at most. */
export async function listIncidents(node: PeersNode, standing: Standing, peer: NodeCode): Promise<Incidents> {
  mayRead(node, standing);
  return node.store.read(standing, async (db) => {
    const { rows } = await sql<Row>`select i.id, i.sender, i.kind, i.first_seq::float8 as first_seq,
        i.last_seq::float8 as last_seq, i.found_at, o.name, i.closed_at, i.because
      from simpul.line_incidents i left join simpul.officers o on o.id = i.closed_by
      where i.peer = ${peer} order by i.closed_at is not null, i.found_at desc, i.id limit 500`.execute(
      db.rows,
    );
    db.noteRead("peers.incidents-viewed", { peer, shown: rows.length });
    return {
      incidents: rows.map((row) => ({
        ...{ id: row.id, sender: row.sender, kind: row.kind, from: row.first_seq, until: row.last_seq },
        foundAt: row.found_at.toISOString(),
        closed:
          row.closed_at === null
            ? null
            : { by: row.name ?? "", at: row.closed_at.toISOString(), because: row.because ?? "" },
      })),
      closes: node.policy.decide(asking(node, standing)).allowed,
    };
  });
}

/** Somebody found out why, and says so. Throws `NOT_FOUND` for what is none, or is closed. */
export async function closeIncident(
  node: PeersNode,
  standing: Standing,
  { peer, incident, because }: { peer: NodeCode; incident: Id; because: string },
): Promise<void> {
  mayRead(node, standing);
  const allowed = demand(node.policy, asking(node, standing));
  await node.store.write(standing, async (tx) => {
    tx.allowed(allowed);
    const closed =
      await sql`update simpul.line_incidents set closed_by = simpul.officer(), closed_at = ${tx.at},
      because = ${because} where id = ${incident} and peer = ${peer} and closed_at is null`.execute(tx.rows);
    if (closed.numAffectedRows !== 1n) throw new PeersError("NOT_FOUND");
    tx.note("peer.incident-closed", { id: incident, peer, because });
  });
  node.store.wakes.wake(`peer:${peer}`);
}

/** How many are open, by peer, and since when. */
export async function openIncidents(
  db: Pick<Reader, "rows">,
): Promise<{ peer: NodeCode; count: number; since: string }[]> {
  const { rows } = await sql<{
    peer: NodeCode;
    count: number;
    since: Date;
  }>`select peer, count(*)::int as count,
    min(found_at) as since from simpul.line_incidents where closed_at is null group by peer`.execute(db.rows);
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

/** When the evidences were last compared with each peer. */
export async function lastCompared(db: Pick<Reader, "rows">): Promise<Map<string, ComparedView>> {
  const { rows } = await sql<{ peer: string; at: Date; letters: number; able: boolean }>`
    select distinct on (peer) peer, at, letters, able from simpul.line_comparisons order by peer, day desc`.execute(
    db.rows,
  );
  return new Map(rows.map(({ peer, at, letters, able }) => [peer, { at: at.toISOString(), letters, able }]));
}
