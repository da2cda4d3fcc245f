// What waits about adverts: the day's queue for who works on it, letters and answers that are due, what a second officer decides.
import type { Id } from "@simpul/model";
import type { Reader } from "@simpul/store";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { mayPurge, mayReleaseLetter, type AdsNode } from "./node.ts";

type Row = { id: Id; advert: Id; title: string; due: Date | null; since: Date; by: Id; kind: string };

export const adsInbox = (node: AdsNode): InboxSource => ({
  name: "ads",
  async waiting(standing, db): Promise<InboxEntry[]> {
    const { agency, id, agencyKind, roles } = standing.actor;
    const feeds = roles.includes("administrator") ? await feedsAsked(db) : [];
    if (agencyKind === "victim-services") return feeds;
    const { rows } = await sql<Row>`
        select id, advert_id as advert, recipient as title, due_at as due, at as since, by_id as by, 'advert-answer' as kind
          from simpul.ad_outcomes where agency_id = ${agency} and due_at is not null and answered_at is null
          and (by_id = ${id} or due_at < ${node.clock.now()})
        union all select id, advert_id, recipient, null, at, by_id, 'advert-letter'
          from simpul.ad_outcomes o where agency_id = ${agency} and kind in ('platform', 'labour') and due_at is null
          and withdrawn_at is null and not exists (select 1 from simpul.ad_letters l where l.id = o.id)
        union all select o.id, o.advert_id, o.recipient, null, l.made_at, o.by_id, 'advert-letter-send'
          from simpul.ad_letters l join simpul.ad_outcomes o on o.id = l.id where l.agency_id = ${agency}
          and l.posted_on is null and o.withdrawn_at is null and (o.by_id = ${id} or l.made_by = ${id})
        union all select id, advert_id, employer, due_at, at, by_id, 'advert-dispute'
          from simpul.ad_disputes where agency_id = ${agency} and state = 'open'
        order by due limit 100`.execute(db.rows);
    const own = rows
      .filter(({ kind, id: of, by }) =>
        kind === "advert-dispute"
          ? mayPurge(node, standing, of, by)
          : kind !== "advert-letter" || mayReleaseLetter(node, standing, of, by),
      )
      .map((row) => ({
        ...{ id: row.id, kind: row.kind, title: row.title, to: `/ads/adverts/${row.advert}`, case: null },
        ...{ due: row.due?.toISOString() ?? null, since: row.since.toISOString() },
        for: row.by === id ? ("me" as const) : ("desk" as const),
      }));
    return [...feeds, ...own];
  },
});

/** Feeds that no administrator has answered since they were asked for: of each its host, and nothing that came by it. */
async function feedsAsked(db: Reader): Promise<InboxEntry[]> {
  const { rows } = await sql<{
    id: Id;
    address: string;
    since: Date;
  }>`select source_id as id, address, asked_at as since
    from simpul.ad_feeds where not switched_on and (switched_at is null or switched_at < asked_at)
    order by asked_at limit 100`.execute(db.rows);
  return rows.map(({ id, address, since }) => ({
    ...{ id, kind: "advert-feed", title: new URL(address).host, to: "/ads/feeds", case: null },
    ...{ due: null, since: since.toISOString(), for: "desk" },
  }));
}
