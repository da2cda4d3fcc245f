// The model in use: put there by an officer, taken back by one, and what it says of one advert's wording.
import { inflateRawSync } from "node:zlib";
import {
  enough,
  margin,
  measured,
  neutral,
  tellingTerms,
  unpackModel,
  usualWeights,
  type LinearModel,
} from "@simpul/detect";
import type { Id } from "@simpul/model";
import type { Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import { AdsError, type ModelFigures, type Panels } from "../contract.ts";
import { mustWork, tell, type AdsNode } from "../node.ts";
import type { Reading } from "../reading.ts";

export interface WordingHere {
  id: Id;
  version: number;
  model: LinearModel;
  figures: ModelFigures;
}

/** Models that this process holds; one is some megabytes. */
const mostHeld = 6;
const largest = 64 * 1024 * 1024;

/** Null where an agency uses none. */
export async function wordingInUse(
  node: Pick<AdsNode, "wordings">,
  db: Pick<Writer, "rows">,
  agency: Id,
): Promise<WordingHere | null> {
  const { rows } = await sql<{ model_id: Id | null }>`select model_id from simpul.ad_wording_uses
    where agency_id = ${agency} order by serial desc limit 1`.execute(db.rows);
  const id = rows[0]?.model_id ?? null;
  if (id === null) return null;
  const held = node.wordings.get(id);
  if (held !== undefined) return held;
  const found = await sql<{
    version: number;
    bytes: Buffer;
    figures: ModelFigures;
  }>`select version, bytes, figures
    from simpul.ad_wording_models where id = ${id} and state = 'ready'`.execute(db.rows);
  const [row] = found.rows;
  if (row === undefined) return null;
  const here = {
    id,
    version: row.version,
    figures: row.figures,
    model: unpackModel(inflateRawSync(row.bytes, { maxOutputLength: largest })),
  };
  if (node.wordings.size >= mostHeld) node.wordings.clear();
  node.wordings.set(id, here);
  return here;
}

/** Labelled adverts of a language below which its wording says nothing at all. */
const fewInLanguage = 50;

/**
 * The panel of wording. Where its source and language have labels enough it counts, measured by the marks of the source;
 * elsewhere a little, and not in what the queue goes by; in a language that the model never read it says nothing.
 */
export function wordingPanel(
  here: WordingHere | null,
  reading: Pick<Reading, "text" | "language" | "flags">,
  source: Id,
): Panels["wording"] {
  const none = { sum: 0, reasons: [] };
  if (here === null) return none;
  const learned = here.figures.languages[reading.language] ?? 0;
  if (learned < fewInLanguage) return none;
  const own = here.figures.sources.find((one) => one.source === source)?.marks ?? null;
  const marks = own ?? here.figures.marks;
  if (marks === null) return none;
  const known = own !== null && learned >= enough;
  const weight =
    (known ? usualWeights.wording : usualWeights.wordingElsewhere) *
    Math.min(2, measured(margin(here.model, learnable(reading)), marks));
  const rounded = Number(weight.toFixed(2));
  return {
    sum: rounded,
    reasons: [{ because: known ? "wording.margin" : "wording.elsewhere", weight: rounded }],
  };
}

/** Who a person is enters nothing: such words are taken out before wording is learned or weighed. */
const learnable = ({ text, flags }: Pick<Reading, "text" | "flags">): string =>
  neutral(text, flags.filter((one) => one.flag === "person")); // prettier-ignore

/** The words that moved it most, as the officer reads them. */
export const wordsOf = (
  here: WordingHere,
  reading: Pick<Reading, "text" | "flags">,
): { term: string; share: number }[] =>
  tellingTerms(here.model, learnable(reading)).filter((one) => one.share !== 0);

/**
 * From now on adverts are weighed by this model, or by none; what waits is ranked anew by a job. Going back is the same act
 * with an earlier one. Throws `NOT_FOUND`, `MODEL_NOT_READY`.
 */
export async function putInUse(
  node: AdsNode,
  standing: Standing,
  ask: { model: Id | null; reason: string },
): Promise<void> {
  await node.store.write(standing, async (tx) => {
    const officer = mustWork(node, tx);
    if (ask.model !== null) {
      const { rows } = await sql<{
        state: string;
      }>`select state from simpul.ad_wording_models where id = ${ask.model}
        and agency_id = ${officer.agency}`.execute(tx.rows);
      if (rows[0] === undefined) throw new AdsError("NOT_FOUND");
      if (rows[0].state !== "ready") throw new AdsError("MODEL_NOT_READY");
    }
    const use = tx.newId();
    await sql`insert into simpul.ad_wording_uses (agency_id, id, model_id, reason, by_id, at)
      values (${officer.agency}, ${use}, ${ask.model}, ${ask.reason}, ${officer.id}, ${tx.at})`.execute(
      tx.rows,
    );
    tx.note("advert.wording-used", { id: ask.model ?? use, none: ask.model === null });
    await tx.enqueue({ kind: "ads.wording-rank", payload: { use }, key: use });
  });
  node.wake("jobs");
  tell(node, standing);
}
