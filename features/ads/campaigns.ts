// Officers join campaigns that are one, and part what is not; both are kept in the history of both.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import { AdsError } from "./contract.ts";
import { gathered, whereNow } from "./gather.ts";
import { mustWork, tell, type AdsNode } from "./node.ts";
import { joinCampaigns, kept, rankAgain } from "./take-in.ts";

const reranked = 500;

/** Everything of `from` becomes part of `into`. Throws `NOT_FOUND`, `CAMPAIGN_SAME`. */
export async function mergeCampaigns(
  node: AdsNode,
  standing: Standing,
  into: Id,
  from: Id,
  reason: string,
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const now = await whereNow(tx, [into, from]);
    const [stays, gone] = [now.get(into), now.get(from)];
    if (stays === undefined || gone === undefined) throw new AdsError("NOT_FOUND");
    if (stays === gone) throw new AdsError("CAMPAIGN_SAME");
    await joinCampaigns(tx, officer.agency, gone, stays, { act: "merged", by: officer.id, reason });
    const { rows } = await sql<{ id: Id }>`select id from simpul.ad_adverts
      where campaign_id = ${stays} and found is null limit ${reranked}`.execute(tx.rows);
    await rankAgain(tx, officer.agency, rows.map((row) => row.id)); // prettier-ignore
    tx.note("advert.campaigns-merged", { id: stays, from: gone });
  });
  tell(node, standing);
}

/** These adverts leave their campaign and are one of their own. Gives its id. Throws `NOT_FOUND`, `CAMPAIGN_SAME`. */
export async function splitCampaign(
  node: AdsNode,
  standing: Standing,
  from: Id,
  adverts: readonly Id[],
  reason: string,
): Promise<Id> {
  const done = await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const { rows } = await sql<{
      n: number;
      all: number;
    }>`select count(*) filter (where id = any(${[...adverts]}::uuid[]))::int as n,
      count(*)::int as all from simpul.ad_adverts where campaign_id = ${from}`.execute(tx.rows);
    const { n, all } = rows[0]!;
    if (n === 0 || n !== new Set(adverts).size) throw new AdsError("NOT_FOUND");
    if (n === all) throw new AdsError("CAMPAIGN_SAME");
    await gathered(node, tx, officer.agency);
    const id = tx.newId();
    await sql`insert into simpul.ad_campaigns (agency_id, id, founded_at) values (${officer.agency}, ${id}, ${tx.at})`.execute(
      tx.rows,
    );
    await sql`update simpul.ad_adverts set campaign_id = ${id} where id = any(${[...adverts]}::uuid[])`.execute(
      tx.rows,
    );
    await sql`insert into simpul.ad_campaign_acts (agency_id, id, campaign_id, act, other_id, adverts, reason, by_id, at)
      values (${officer.agency}, ${tx.newId()}, ${from}, 'split', ${id}, ${n}, ${reason}, ${officer.id}, ${tx.at})`.execute(
      tx.rows,
    );
    await rankAgain(tx, officer.agency, adverts);
    tx.note("advert.campaign-split", { id: from, into: id });
    return { id, agency: officer.agency };
  });
  kept(node, done.agency);
  tell(node, standing);
  return done.id;
}
