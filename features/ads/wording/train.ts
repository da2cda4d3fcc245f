// A model is asked for by an officer, learned by a job fold by fold, measured by cross validation, and kept with its figures.
import type { Id } from "@simpul/model";
import type { JobHandler, RunningJob, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { AdsError, wordingLimits, type Learned } from "../contract.ts";
import { labelsOf } from "../evaluate.ts";
import { jobStanding, mustWork, tell, type AdsNode } from "../node.ts";
import { shownText } from "../reading.ts";
import { reviewers, reviewerWeights, wordingLabels, type Label } from "../rules.ts";
import { digestOf } from "../seal.ts";
import { figuresOfModel } from "./figures.ts";
import { runTraining } from "./run.ts";

type SetRow = { id: Id; name: string; source_id: Id | null; yes: number; no: number };

/** Who labelled what was learned, and how much it counts. */
export function reviewersOf(labels: readonly Label[]): Learned["reviewers"] {
  const weights = reviewerWeights(labels);
  return reviewers(labels).map(({ officer, labels: count, noticed }) => ({
    ...{ officer: officer as Id, labels: count, noticed },
    weight: Number((weights.get(officer) ?? 0).toFixed(2)),
  }));
}

/**
 * Freezes what it learns from and begins. Throws `TOO_FEW_LABELS`, `TRAINING_NOW`, `NOT_FOUND` for a set that is not ready,
 * `LIMIT_REACHED`.
 */
export async function askTraining(
  node: AdsNode,
  standing: Standing,
  ask: { sets: readonly Id[]; own: boolean },
): Promise<Id> {
  const model = await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    const before = await sql<{ running: number; last: number; n: number }>`select
        count(*) filter (where state = 'training')::int as running, coalesce(max(version), 0) as last, count(*)::int as n
      from simpul.ad_wording_models where agency_id = ${officer.agency}`.execute(tx.rows);
    const { running, last, n } = before.rows[0]!;
    if (running > 0) throw new AdsError("TRAINING_NOW");
    if (n >= wordingLimits.models) throw new AdsError("LIMIT_REACHED");
    const sets = await sql<SetRow>`select id, name, source_id, yes, no from simpul.ad_label_sets
      where id = any(${[...ask.sets]}::uuid[]) and state = 'ready' order by made_at`.execute(tx.rows);
    if (sets.rows.length !== new Set(ask.sets).size) throw new AdsError("NOT_FOUND");
    const labels = ask.own ? await labelsOf(tx, officer.agency) : [];
    const id = tx.newId();
    const learned: Learned = {
      sets: sets.rows.map(({ id: set, name, yes, no }) => ({ id: set, name, yes, no })),
      reviewers: reviewersOf(labels),
      left: 0,
    };
    await sql`insert into simpul.ad_wording_models (agency_id, id, version, state, learned, asked_by, asked_at)
      values (${officer.agency}, ${id}, ${last + 1}, 'training', ${JSON.stringify(learned)}::jsonb, ${officer.id},
        ${tx.at})`.execute(tx.rows);
    await freeze(tx, id, labels, sets.rows);
    tx.note("advert.wording-asked", { id, version: last + 1 });
    await tx.enqueue({ kind: "ads.wording", payload: { model: id }, key: id });
    return id;
  });
  node.wake("jobs");
  tell(node, standing);
  return model;
}

/** Own decisions first, then the sets in the order in which they came. Throws `TOO_FEW_LABELS`. */
async function freeze(tx: Writer, id: Id, labels: readonly Label[], sets: readonly SetRow[]): Promise<void> {
  const own = wordingLabels(labels)
    .slice(0, wordingLimits.examples)
    .map(({ advert, source, yes, weight }, number) => ({ number, advert, source, yes, weight }));
  await sql`insert into simpul.ad_wording_examples (model_id, number, advert_id, source_id, yes, weight)
    select ${id}, number, advert, source, yes, weight from jsonb_to_recordset(${JSON.stringify(own)}::jsonb)
      as r(number int, advert uuid, source uuid, yes boolean, weight real)`.execute(tx.rows);
  let held = own.length;
  for (const set of sets) {
    const { numAffectedRows } = await sql`insert into simpul.ad_wording_examples
        (model_id, number, set_id, text_number, source_id, yes, weight)
      select ${id}, ${held}::int + row_number() over (order by number)::int - 1, set_id, number, ${set.source_id}::uuid, yes, 1
      from simpul.ad_label_texts where set_id = ${set.id} order by number limit ${wordingLimits.examples - held}`.execute(
      tx.rows,
    );
    held += Number(numAffectedRows ?? 0n);
  }
  const counts = await sql<{ yes: number; no: number }>`select count(*) filter (where yes)::int as yes,
      count(*) filter (where not yes)::int as no
    from simpul.ad_wording_examples where model_id = ${id} and weight > 0`.execute(tx.rows);
  const { yes, no } = counts.rows[0]!;
  if (Math.min(yes, no) < wordingLimits.least) throw new AdsError("TOO_FEW_LABELS");
}

export const wordingJobs = (node: AdsNode): Record<string, JobHandler> => ({
  "ads.wording": { run: (job) => run(node, job), tries: 5 },
});

type ExampleRow = {
  number: number;
  text: string;
  zawgyi: boolean;
  yes: boolean;
  weight: number;
  fold: number | null;
};

async function run(node: AdsNode, job: RunningJob): Promise<void> {
  const { model: id } = job.payload as { model: Id };
  const { row, examples } = await node.store.read(jobStanding, async (db) => ({
    row: (
      await sql<{ agency_id: Id; version: number; state: string }>`select agency_id, version, state
        from simpul.ad_wording_models where id = ${id}`.execute(db.rows)
    ).rows[0],
    examples: (
      await sql<ExampleRow>`select e.number, e.yes, e.weight, e.fold, coalesce(a.zawgyi, false) as zawgyi,
          coalesce(t.body, left(a.body, ${wordingLimits.text}), '') as text
        from simpul.ad_wording_examples e left join simpul.ad_adverts a on a.id = e.advert_id
        left join simpul.ad_label_texts t on t.set_id = e.set_id and t.number = e.text_number
        where e.model_id = ${id} order by e.number`.execute(db.rows)
    ).rows,
  }));
  if (row?.state !== "training") return;
  const folds = new Set(examples.flatMap((one) => (one.fold === null ? [] : [one.fold])));
  try {
    const trained = await runTraining(
      {
        version: String(row.version),
        seed: parseInt(id.slice(-8), 16),
        done: [...folds],
        examples: examples.map((one) => ({
          text: shownText(one.text, one.zawgyi),
          yes: one.yes,
          // What was purged meanwhile teaches nothing.
          weight: one.text === "" ? 0 : one.weight,
        })),
      },
      async ({ fold, margins }) => {
        await keepFold(node, id, fold, margins.map(([nth, margin]) => ({ number: examples[nth]!.number, margin }))); // prettier-ignore
        folds.add(fold);
        await job.progress({ done: folds.size, of: wordingLimits.folds });
        node.wake(`ads:${row.agency_id}`);
      },
      job.signal,
    );
    const bytes = Buffer.from(trained.bytes);
    await node.store.write(jobStanding, async (tx) => {
      const figures = await figuresOfModel(tx, id, trained);
      await sql`update simpul.ad_wording_models set state = 'ready', bytes = ${bytes}, digest = ${digestOf(bytes)},
        figures = ${JSON.stringify(figures)}::jsonb, ended_at = ${tx.at} where id = ${id}`.execute(tx.rows);
      tx.note("advert.wording-ready", { id, digest: digestOf(bytes).toString("hex") as never });
    });
  } catch (fault) {
    if (!(fault instanceof AdsError)) throw fault;
    await node.store.write(jobStanding, async (tx) => {
      await sql`update simpul.ad_wording_models set state = 'failed', refusal = ${fault.code}, ended_at = ${tx.at}
        where id = ${id}`.execute(tx.rows);
      tx.note("advert.wording-failed", { id });
    });
  }
  node.wake(`ads:${row.agency_id}`);
}

async function keepFold(
  node: AdsNode,
  id: Id,
  fold: number,
  margins: readonly { number: number; margin: number }[],
): Promise<void> {
  await node.store.write(jobStanding, async (tx) => {
    await sql`update simpul.ad_wording_examples e set fold = ${fold}, margin = r.margin
      from jsonb_to_recordset(${JSON.stringify(margins)}::jsonb) as r(number int, margin real)
      where e.model_id = ${id} and e.number = r.number`.execute(tx.rows);
    tx.note("advert.wording-fold", { id, fold });
  });
}
