// Campaigns as this process holds them, gathered from the adverts in the order in which they came.
import { Campaigns } from "@simpul/detect";
import type { Id } from "@simpul/model";
import { inTurn, type Writer } from "@simpul/store";
import { sql } from "kysely";
import type { AdsNode } from "./node.ts";
import { shownText } from "./reading.ts";

/** What a process begins with is read from the newest so many; older campaigns grow no more by themselves. */
const remembered = 100_000;
const portion = 500;

/** A campaign's number here is nobody's business; its id is. */
export interface Gathered {
  campaigns: Campaigns;
  ids: Map<number, Id>;
  serial: string;
  /** Something was added that may never have been kept. */
  unsure: boolean;
}

const empty = (): Gathered => ({
  campaigns: new Campaigns(),
  ids: new Map(),
  serial: "0",
  unsure: false,
});

/**
 * The campaigns of an agency with everything in it that was kept so far. Only one transaction gathers at a time, in
 * whichever process; what another kept meanwhile is read first, in the same order.
 */
export async function gathered(node: AdsNode, tx: Writer, agency: Id): Promise<Gathered> {
  await inTurn(tx, `adverts of ${agency}`);
  let held = node.gathered.get(agency);
  if (held === undefined || held.unsure) node.gathered.set(agency, (held = empty()));
  if (held.serial === "0") {
    const { rows } = await sql<{ serial: string }>`select serial::text from simpul.ad_adverts
      where agency_id = ${agency} order by serial desc offset ${remembered} limit 1`.execute(tx.rows);
    held.serial = rows[0]?.serial ?? "0";
  }
  for (;;) {
    const { rows } = await sql<{ serial: string; body: string; zawgyi: boolean; campaign_id: Id }>`
      select serial::text, body, zawgyi, campaign_id from simpul.ad_adverts
      where agency_id = ${agency} and serial > ${held.serial}::bigint order by serial limit ${portion}`.execute(
      tx.rows,
    );
    for (const row of rows) {
      held.serial = row.serial;
      if (row.body === "") continue;
      const { campaign } = held.campaigns.add(shownText(row.body, row.zawgyi));
      if (!held.ids.has(campaign)) held.ids.set(campaign, row.campaign_id);
    }
    if (rows.length < portion) return held;
  }
}

/** Where one text belongs: an id that may be new, and campaigns that turned out to be the same one. */
export function place(
  held: Gathered,
  text: string,
  newId: () => Id,
): { campaign: Id; founded: boolean; merged: { from: Id; into: Id }[] } {
  held.unsure = true;
  const { campaign, events } = held.campaigns.add(text);
  const before = held.ids.get(campaign);
  const id = before ?? newId();
  held.ids.set(campaign, id);
  const merged = events.flatMap((event) => {
    if (event.kind !== "merged") return [];
    const from = held.ids.get(event.from);
    const into = held.ids.get(held.campaigns.now(event.campaign)) ?? id;
    return from === undefined || from === into ? [] : [{ from, into }];
  });
  const now = held.ids.get(held.campaigns.now(campaign)) ?? id;
  return { campaign: now, founded: before === undefined && now === id, merged };
}

/** Where a campaign is now, after mergers by officers too. */
export async function whereNow(tx: Pick<Writer, "rows">, ids: readonly Id[]): Promise<Map<Id, Id>> {
  const { rows } = await sql<{ id: Id; now_id: Id }>`
    with recursive way as (
      select c.id, c.id as now_id, c.into_id, 0 as depth from simpul.ad_campaigns c where c.id = any(${[...ids]})
      union all
      select w.id, c.id, c.into_id, w.depth + 1 from way w join simpul.ad_campaigns c on c.id = w.into_id
      where w.depth < 50)
    select id, now_id from way where into_id is null`.execute(tx.rows);
  return new Map(rows.map((row) => [row.id, row.now_id]));
}
