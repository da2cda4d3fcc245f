// What waits in this room: a change of our keys and a line that shall go on, for the second person; and the news that
// another state's key was stolen, or that evidences differ, for those who keep, use or oversee the lines.
import { actorName, type Id } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { openIncidents } from "./incidents.ts";
import { manages, type PeersNode } from "./node.ts";
import { doubtfulOf } from "./records.ts";

/** So long after it was learnt a theft stands in the inbox; on the page of that state it stays. */
const doubtDays = 30;

export const peersInbox = (node: PeersNode): InboxSource => ({
  name: "peers",
  async waiting(standing, db): Promise<InboxEntry[]> {
    if (!standing.actor.roles.some((role) => ["administrator", "liaison", "oversight"].includes(role)))
      return [];
    const entries: InboxEntry[] = [];
    const me = actorName(standing.actor);
    if (manages(node, standing)) {
      const { rows: changes } = await sql<{ id: string; proposed_at: Date }>`
          select id, proposed_at from simpul.key_changes where state = 'proposed' and proposed_by <> ${me}`.execute(
        db.rows,
      );
      for (const one of changes)
        entries.push(entry(one.id, "keys-confirm", "", "/peers/keys", one.proposed_at.toISOString()));
      const { rows: rests } = await sql<{ node: string; resume_at: Date }>`
          select node, resume_at from simpul.peers
          where state = 'suspended' and resume_by is not null and resume_by <> ${me}`.execute(db.rows);
      for (const one of rests)
        entries.push(
          entry(
            one.node,
            "peer-resume",
            one.node.toUpperCase(),
            `/peers/${one.node}`,
            one.resume_at.toISOString(),
          ),
        );
    }
    const since = new Date(node.clock.now().getTime() - doubtDays * 86_400_000).toISOString();
    for (const part of await doubtfulOf(db))
      if (part.until > since)
        entries.push(
          entry(
            `${part.node}-${part.until}`,
            "peer-key-stolen",
            part.node.toUpperCase(),
            `/peers/${part.node}`,
            part.until,
          ),
        );
    for (const { peer, since: found } of await openIncidents(db))
      entries.push(entry(peer, "peer-incident", peer.toUpperCase(), `/peers/${peer}?tab=incidents`, found));
    return entries;
  },
});

const entry = (id: string, kind: string, title: string, to: string, since: string): InboxEntry => ({
  ...{ kind, title, to, since },
  id: id as Id,
  due: null,
  for: "desk",
  case: null,
});
