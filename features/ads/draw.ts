// The day's queue: as many adverts as the desk can look at, the most telling first, one for each campaign, some drawn by lot.
import { queue, type Rank } from "@simpul/detect";
import type { Id } from "@simpul/model";
import { inTurn, type Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AdsNode } from "./node.ts";
import { dayOf } from "./rules.ts";

export const usualCapacity = 60;
/** Looked at for the cut, and drawn below it. */
const candidates = 4000;
const below = 400;
export const worthATurn = 2.5;

type Row = { id: Id; source_id: Id; telling: number };

export async function capacityOf(db: Pick<Writer, "rows">, agency: Id): Promise<number> {
  const { rows } = await sql<{ capacity: number }>`select capacity from simpul.ad_settings
    where agency_id = ${agency}`.execute(db.rows);
  return rows[0]?.capacity ?? usualCapacity;
}

/** Nothing that somebody may be reading moves away: what was drawn stays for the day, and free places are filled. */
export async function drawDay(node: Pick<AdsNode, "random">, tx: Writer, agency: Id): Promise<number> {
  const day = dayOf(tx.at);
  await inTurn(tx, `ad queue of ${agency}`);
  const capacity = await capacityOf(tx, agency);
  const today = await sql<{ n: number; drawn: number }>`select count(*)::int as n,
      count(*) filter (where drawn)::int as drawn from simpul.ad_queue
    where agency_id = ${agency} and day = ${day}::date`.execute(tx.rows);
  const { n: held, drawn } = today.rows[0]!;
  await turns(tx, agency);
  const free = capacity - held;
  if (free <= 0) return 0;
  // A campaign waits once: its most telling advert stands for all, and what is found may be found for all.
  const waiting = sql`from (select distinct on (a.campaign_id) a.id, a.source_id, a.telling
      from simpul.ad_adverts a where a.agency_id = ${agency} and a.found is null and a.purged_at is null
        and not exists (select 1 from simpul.ad_queue q join simpul.ad_adverts o on o.id = q.advert_id
          where q.agency_id = ${agency} and q.day = ${day}::date and o.campaign_id = a.campaign_id)
      order by a.campaign_id, a.telling desc, a.id) w`;
  const first = await sql<Row>`select id, source_id, telling ${waiting}
    order by telling desc, id limit ${candidates}`.execute(tx.rows);
  // Which of the many below can be drawn follows from chance alone.
  const salt = Buffer.from(node.random.bytes(8)).toString("hex");
  const other = await sql<Row>`select id, source_id, telling ${waiting}
    order by md5(w.id::text || ${salt}) limit ${below}`.execute(tx.rows);
  const all = [...new Map([...first.rows, ...other.rows].map((row) => [row.id, row])).values()];
  const share = Math.max(0, Math.max(1, Math.round(capacity * 0.05)) - drawn);
  const picked = queue(
    all.map((row) => ({
      id: row.id,
      source: row.source_id,
      // What stands in `telling` has no wording in it where the source is not calibrated.
      rank: { score: row.telling, panels: { wording: { sum: 0 } } } as unknown as Rank,
      calibrated: true,
    })),
    {
      capacity: free,
      sample: share / free,
      from: worthATurn,
      random: () => Buffer.from(node.random.bytes(4)).readUInt32LE() / 2 ** 32,
    },
  ).filter(({ turn }) => turn === "now");
  let lots = share;
  const chosen = picked.filter((one) => !one.drawn || lots-- > 0);
  await place(tx, agency, day, held, chosen, node);
  return chosen.length;
}

/** Those drawn by lot stand among the others, so that nobody reads them with another eye. */
async function place(
  tx: Writer,
  agency: Id,
  day: string,
  held: number,
  picked: readonly { id: string; drawn: boolean }[],
  node: Pick<AdsNode, "random">,
): Promise<void> {
  if (picked.length === 0) return;
  const order = picked.filter((one) => !one.drawn);
  for (const one of picked.filter((each) => each.drawn))
    order.splice(Buffer.from(node.random.bytes(4)).readUInt32LE() % (order.length + 1), 0, one);
  const rows = order.map(({ id, drawn }, nth) => ({ id, drawn, place: held + nth }));
  await sql`insert into simpul.ad_queue (agency_id, day, advert_id, drawn, place)
    select ${agency}, ${day}::date, id, drawn, place
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, drawn boolean, place int)
    on conflict do nothing`.execute(tx.rows);
  await sql`update simpul.ad_adverts set turn = 'now' where id = any(${rows.map((row) => row.id)}::uuid[])`.execute(
    tx.rows,
  );
}

/** What is not of today is for later, or for the archive; only what changes is written. */
async function turns(tx: Writer, agency: Id): Promise<void> {
  await sql`update simpul.ad_adverts a set turn = case when telling >= ${worthATurn} then 'later' else 'archive' end
    where agency_id = ${agency} and found is null and purged_at is null
      and turn <> case when telling >= ${worthATurn} then 'later' else 'archive' end
      and not exists (select 1 from simpul.ad_queue q where q.advert_id = a.id and q.day = ${dayOf(tx.at)}::date)`.execute(
    tx.rows,
  );
}
