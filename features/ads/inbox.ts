// What waits about adverts: the day's queue for who works on it, answers that are due, disputes for a second officer.
import type { Id } from "@simpul/model";
import { sql } from "kysely";
import type { InboxEntry, InboxSource } from "../inbox/contract.ts";
import { mayPurge, type AdsNode } from "./node.ts";

type Row = { id: Id; advert: Id; title: string; due: Date; since: Date; by: Id; kind: string };

export const adsInbox = (node: AdsNode): InboxSource => ({
  name: "ads",
  waiting: (standing) => {
    const { agency, id, agencyKind } = standing.actor;
    if (agencyKind === "victim-services") return Promise.resolve([]);
    return node.store.read(standing, async (db): Promise<InboxEntry[]> => {
      const { rows } = await sql<Row>`
        select id, advert_id as advert, recipient as title, due_at as due, at as since, by_id as by, 'advert-answer' as kind
          from simpul.ad_outcomes where agency_id = ${agency} and due_at is not null and answered_at is null
          and (by_id = ${id} or due_at < ${node.clock.now()})
        union all select id, advert_id, employer, due_at, at, by_id, 'advert-dispute'
          from simpul.ad_disputes where agency_id = ${agency} and state = 'open'
        order by due limit 100`.execute(db.rows);
      db.noteRead("advert.waiting-listed", { shown: rows.length });
      return rows
        .filter((row) => row.kind !== "advert-dispute" || mayPurge(node, standing, row.id, row.by))
        .map((row) => ({
          ...{ id: row.id, kind: row.kind, title: row.title, to: `/ads/adverts/${row.advert}`, case: null },
          ...{ due: row.due.toISOString(), since: row.since.toISOString() },
          for: row.by === id ? "me" : "desk",
        }));
    });
  },
});
