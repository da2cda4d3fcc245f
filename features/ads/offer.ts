// An offer read at a desk, beside the person who brought it: signs and contacts, with the same rules as the queue. Nothing is kept.
import { demand } from "@simpul/policy";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { OfferReading } from "./contract.ts";
import { officerOf, type AdsNode } from "./node.ts";
import { readAdvert } from "./reading.ts";

/** That an offer was read is noted; what it said, and who brought it, is not. */
export async function readOffer(node: AdsNode, standing: Standing, text: string): Promise<OfferReading> {
  const reading = readAdvert(text, node.code.toUpperCase());
  return node.store.read(standing, async (db) => {
    const asking = { officer: officerOf(standing), purpose: standing.purpose, now: node.clock.now() };
    db.allowed(
      demand(node.policy, { ...asking, act: "offer.read", record: { kind: "node", id: node.code } }),
    );
    db.noteRead("offer.read", { signs: reading.flags.length });
    const found = reading.found.filter((one) => one.valid && one.role !== "victim").slice(0, 100);
    const values = found.map(({ type, canonical }) => ({ type, canonical }));
    // Row security: only adverts of her own agency answer.
    const { rows } = await sql<{ type: string; canonical: string }>`
      select distinct v.type, v.canonical
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as v(type text, canonical text)
      join simpul.ad_selectors s on s.type = v.type and s.canonical = v.canonical and s.valid
        and s.role not in ('business', 'place')
      join simpul.ad_adverts a on a.id = s.advert_id and a.found = 'recruitment'`.execute(db.rows);
    const known = new Set(rows.map((row) => `${row.type} ${row.canonical}`));
    return {
      ...{ language: reading.language, text: reading.text, flags: reading.flags },
      contacts: found.map(({ type, text: written, canonical }) => ({
        ...{ type, text: written, known: known.has(`${type} ${canonical}`) },
      })),
    };
  });
}
