// Wording as whoever works on adverts sees it: what can be learned from, which models there are, which one is in use.
import { enough } from "@simpul/detect";
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import { sql } from "kysely";
import type { LabelSet, WordingModel, WordingUse, WordingView } from "../contract.ts";
import { labelsOf } from "../evaluate.ts";
import { mustWork, type AdsNode } from "../node.ts";
import { wordingLabels } from "../rules.ts";
import { reviewersOf } from "./train.ts";

export async function viewWording(node: AdsNode, standing: Standing): Promise<WordingView> {
  return node.store.read(standing, async (db) => {
    const officer = mustWork(node, db);
    db.noteRead("advert.wording-viewed", {});
    const labels = await labelsOf(db, officer.agency);
    const own = wordingLabels(labels).filter((one) => one.weight > 0);
    const yes = own.filter((one) => one.yes).length;
    const sets = await sql<Omit<LabelSet, "at"> & { at: Date }>`select l.id, l.name, l.origin, l.licence,
        l.source_id as source, s.name as "sourceName", l.file_name as "fileName", l.size, l.state, l.refusal, l.yes, l.no,
        l.left_out as "leftOut", l.made_by as by, l.made_at as at,
        coalesce((select array_agg(p.part order by p.part) from simpul.ad_label_parts p
          where p.set_id = l.id and l.state = 'open'), '{}') as parts
      from simpul.ad_label_sets l left join simpul.ad_sources s on s.id = l.source_id
      order by l.made_at desc limit 200`.execute(db.rows);
    const models = await sql<
      Omit<WordingModel, "at"> & { at: Date }
    >`select m.id, m.version, m.state, m.refusal, m.learned,
        m.figures, octet_length(m.bytes) as size, m.asked_by as by, m.asked_at as at,
        (select count(distinct e.fold)::int from simpul.ad_wording_examples e where e.model_id = m.id) as folds
      from simpul.ad_wording_models m order by m.version desc limit 50`.execute(db.rows);
    const uses = await sql<Omit<WordingUse, "at" | "rankedAt"> & { at: Date; ended: Date | null }>`
      select u.model_id as model, m.version, u.reason, u.by_id as by, u.at, u.ranked, u.ranked_at as ended
      from simpul.ad_wording_uses u left join simpul.ad_wording_models m on m.id = u.model_id
      order by u.serial desc limit 50`.execute(db.rows);
    const sources = await sql<{ id: Id; name: string }>`select id, name from simpul.ad_sources
      where closed_at is null order by made_at desc limit 200`.execute(db.rows);
    return {
      sets: sets.rows.map((row) => ({ ...row, at: row.at.toISOString() })),
      models: models.rows.map((row) => ({ ...row, at: row.at.toISOString() })),
      uses: uses.rows.map(({ ended, ...row }) => ({
        ...row,
        ...{ at: row.at.toISOString(), rankedAt: ended?.toISOString() ?? null },
      })),
      own: { yes, no: own.length - yes, reviewers: reviewersOf(labels) },
      sources: sources.rows,
      needed: enough,
    };
  });
}
