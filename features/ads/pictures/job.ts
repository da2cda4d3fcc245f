// The job that reads pictures: all that wait, one after the other, so that many of them leave the queue of jobs to others.
import type { Id } from "@simpul/model";
import type { JobHandler, RunningJob } from "@simpul/store";
import { sql } from "kysely";
import { AdsError } from "../contract.ts";
import type { PictureLanguage } from "../contract/pictures.ts";
import { jobStanding, type AdsNode } from "../node.ts";
import { pictureBytes } from "./pictures.ts";
import { runReader, type PictureResult } from "./run.ts";

type Waiting = { id: Id; agency_id: Id; languages: PictureLanguage[] };

export function pictureJobs(node: AdsNode): Record<string, JobHandler> {
  const desk = { busy: false, again: false };
  return { "ads.pictures": { run: (job) => readAll(node, job, desk), tries: 5 } };
}

/** One at a time in a process: whoever comes meanwhile leaves word, and the one at work looks again. */
async function readAll(
  node: AdsNode,
  job: RunningJob,
  desk: { busy: boolean; again: boolean },
): Promise<void> {
  desk.again = true;
  if (desk.busy) return;
  desk.busy = true;
  try {
    while (desk.again) {
      desk.again = false;
      for (let next = await nextOf(node); next !== null; next = await nextOf(node))
        await readOne(node, job, next);
    }
  } finally {
    desk.busy = false;
  }
}

async function nextOf(node: AdsNode): Promise<Waiting | null> {
  return node.store.read(jobStanding, async (db) => {
    const { rows } = await sql<Waiting>`select id, agency_id, languages from simpul.ad_pictures
      where state = 'waiting' order by made_at limit 1`.execute(db.rows);
    return rows[0] ?? null;
  });
}

async function readOne(
  node: AdsNode,
  job: RunningJob,
  { id, agency_id: agency, languages }: Waiting,
): Promise<void> {
  const said = (done: number): void => {
    node.reading.set(id, done);
    node.wake(`ads:${agency}`);
  };
  said(0);
  const bytes = await node.store.read(jobStanding, (db) => pictureBytes(db, id));
  try {
    await keep(node, id, await runReader({ bytes, languages }, said, job.signal));
  } catch (fault) {
    if (!(fault instanceof AdsError)) throw fault;
    await keep(node, id, { read: null, preview: null, refusal: fault.code });
  } finally {
    node.reading.delete(id);
    node.wake(`ads:${agency}`);
  }
}

async function keep(node: AdsNode, id: Id, as: PictureResult): Promise<void> {
  const state = as.refusal === null ? "read" : "refused";
  const read = as.read === null ? null : JSON.stringify(as.read);
  const preview = as.preview === null ? null : Buffer.from(as.preview);
  await node.store.write(jobStanding, async (tx) => {
    // Dropped meanwhile: then nothing of it is kept.
    await sql`update simpul.ad_pictures set state = ${state}, read = ${read}::jsonb, preview = ${preview},
       refusal = ${as.refusal} where id = ${id} and state = 'waiting'`.execute(tx.rows);
    tx.note("advert.picture-read", { id, state });
  });
}
