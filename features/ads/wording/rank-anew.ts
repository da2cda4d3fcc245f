// After another model was put in use: what waits is ranked anew, portion by portion, and the day's queue is filled up.
import type { Id } from "@simpul/model";
import type { JobHandler, RunningJob, Writer } from "@simpul/store";
import { setImmediate as pause } from "node:timers/promises";
import { sql } from "kysely";
import type { Panels, Sign } from "../contract.ts";
import { drawFor } from "../imports.ts";
import { jobStanding, type AdsNode } from "../node.ts";
import { shownText, withWording } from "../reading.ts";
import { undoMs } from "../rules.ts";
import { wordingInUse, wordingPanel } from "./use.ts";

const portion = 200;

export const rankJobs = (node: AdsNode): Record<string, JobHandler> => ({
  "ads.wording-rank": { run: (job) => run(node, job), tries: 5 },
});

type Row = {
  serial: string;
  id: Id;
  source_id: Id;
  body: string;
  zawgyi: boolean;
  language: string;
  flags: Sign[];
  panels: Panels;
};

async function run(node: AdsNode, job: RunningJob): Promise<void> {
  const { use } = job.payload as { use: Id };
  for (;;) {
    job.signal.throwIfAborted();
    const done = await node.store.write(jobStanding, (tx) => some(node, tx, use));
    if (done === null) return;
    node.wake(`ads:${done.agency}`);
    if (done.over) return drawFor(node, done.agency);
    // Other requests have their turn between two portions.
    await pause();
  }
}

/** Null when there is nothing to do: it was done, or another model came into use meanwhile. */
async function some(node: AdsNode, tx: Writer, use: Id): Promise<{ agency: Id; over: boolean } | null> {
  const { rows } = await sql<{ agency_id: Id; ranked_to: string; over: boolean }>`
    select agency_id, ranked_to::text, ranked_at is not null or exists (select 1 from simpul.ad_wording_uses o
      where o.agency_id = u.agency_id and o.serial > u.serial) as over
    from simpul.ad_wording_uses u where id = ${use} for update`.execute(tx.rows);
  const [row] = rows;
  if (row === undefined || row.over) {
    tx.note("advert.wording-ranked", { id: use, adverts: 0 });
    return null;
  }
  const agency = row.agency_id;
  const here = await wordingInUse(node, tx, agency);
  // What was found lately can be undone, and waits again then.
  const adverts = await sql<Row>`select serial::text, id, source_id, body, zawgyi, language, flags, panels
    from simpul.ad_adverts where agency_id = ${agency} and serial > ${row.ranked_to}::bigint and purged_at is null
      and (found is null or found_at > ${new Date(tx.at.getTime() - undoMs)})
    order by serial limit ${portion}`.execute(tx.rows);
  const ranked = adverts.rows.map((one) => {
    const text = shownText(one.body, one.zawgyi);
    const reading = { text, language: one.language, flags: one.flags };
    return { id: one.id, ...withWording(one.panels, wordingPanel(here, reading, one.source_id)) };
  });
  await sql`update simpul.ad_adverts a set score = r.score, telling = r.telling, panels = r.panels
    from jsonb_to_recordset(${JSON.stringify(ranked)}::jsonb) as r(id uuid, score real, telling real, panels jsonb)
    where a.id = r.id`.execute(tx.rows);
  const over = adverts.rows.length < portion;
  await sql`update simpul.ad_wording_uses set ranked_to = ${adverts.rows.at(-1)?.serial ?? row.ranked_to}::bigint,
    ranked = ranked + ${ranked.length}, ranked_at = ${over ? tx.at : null} where id = ${use}`.execute(
    tx.rows,
  );
  tx.note("advert.wording-ranked", { id: use, adverts: ranked.length });
  return { agency, over };
}
