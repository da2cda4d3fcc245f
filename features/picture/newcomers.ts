// A state that joins later is given what this one published before: every table that stands, as it was let go.
import type { Id, NodeCode } from "@simpul/model";
import { sql } from "kysely";
import type { Published } from "./contract.ts";
import { jobStanding, type PictureNode } from "./node.ts";
import { tellReleased } from "./release.ts";

/** As many letters as one look sends: some years of all figures in a day of hourly looks. */
const mostAtOnce = 500;

interface Untold {
  id: Id;
  number: number;
  published: Published;
  at: Date;
  agency: Id | null;
  peer: NodeCode;
}

/** By the clock. Two persons let each table go to every state that takes part, and this one does now. Gives how many were sent. */
export async function tellNewcomers(node: PictureNode): Promise<number> {
  const peers = await node.peers();
  if (peers.length === 0) return 0;
  const untold = await node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<Untold>`
      select r.id, r.number, r.published, r.at, p.peer,
        (select d.agency_id from simpul.memberships m join simpul.desks d on d.id = m.desk_id
          where m.officer_id = r.released_by and m.ended_at is null order by d.id limit 1) as agency
      from simpul.picture_releases r cross join unnest(${peers}::text[]) as p (peer)
      where r.state = ${node.code} and r.ended_at is null
        and not exists (select 1 from simpul.picture_told t where t.release_id = r.id and t.peer = p.peer)
      order by r.month desc, r.figure, p.peer limit ${mostAtOnce}`.execute(db.rows);
    return rows;
  });
  if (untold.length === 0) return 0;
  await node.store.write(jobStanding, async (tx) => {
    for (const { peer, agency, ...release } of untold)
      await tellReleased(tx, peer, { ...release, reason: "", ...(agency !== null && { agency }) });
    tx.note("picture.told-later", { tables: untold.length, to: [...new Set(untold.map((one) => one.peer))] });
  });
  node.wake("picture:work");
  node.send();
  return untold.length;
}
