// How well it works, source by source, from what officers found: no figure where there are too few labels.
import { calibrate, enough, kappa, type Calibration } from "@simpul/detect";
import type { Id } from "@simpul/model";
import type { Reader, Standing, Writer } from "@simpul/store";
import { sql } from "kysely";
import type { EvaluationView, Finding, SourceFigures } from "./contract.ts";
import { worthATurn } from "./draw.ts";
import { driftOf } from "./drift.ts";
import { mustWork, type AdsNode } from "./node.ts";
import { countedLabels, likely, reviewers, type Label } from "./rules.ts";

/** Labels older than the newest so many teach nothing any more. */
const remembered = 20_000;
type Row = Label & { drawn: boolean };

/** Newest first. */
export async function labelsOf(db: Pick<Reader | Writer, "rows">, agency: Id): Promise<Row[]> {
  const { rows } =
    await sql<Row>`select d.advert_id as advert, d.officer_id as officer, d.source_id as source, d.found,
      d.second, d.telling, d.drawn
    from simpul.ad_decisions d where d.agency_id = ${agency} and d.undone_at is null
    order by d.at desc limit ${remembered}`.execute(db.rows);
  return rows;
}

export interface OwnFigures {
  counted: number;
  calibration: Calibration;
}

/** What labels say a score means, by source. */
export async function figuresOf(
  db: Pick<Reader | Writer, "rows">,
  agency: Id,
): Promise<Map<string, OwnFigures>> {
  const counted = countedLabels(await labelsOf(db, agency));
  const bySource = new Map<string, typeof counted>();
  for (const one of counted) bySource.set(one.source, [...(bySource.get(one.source) ?? []), one]);
  return new Map(
    [...bySource].map(([source, own]) => [
      source,
      {
        counted: own.length,
        calibration: calibrate(own.map(({ telling, yes }) => ({ score: telling, yes }))),
      },
    ]),
  );
}

export async function evaluate(node: AdsNode, standing: Standing): Promise<EvaluationView> {
  return node.store.read(standing, async (db) => {
    const officer = mustWork(node, db);
    db.noteRead("advert.evaluation-viewed", {});
    const labels = await labelsOf(db, officer.agency);
    const figures = await figuresOf(db, officer.agency);
    const sources = await sql<{ id: Id; name: string; adverts: number }>`select s.id, s.name,
        (select count(*)::int from simpul.ad_adverts a where a.source_id = s.id) as adverts
      from simpul.ad_sources s order by s.made_at desc limit 200`.execute(db.rows);
    const said = await sql<{ source: Id; said: string; adverts: number; above: number; telling: number }>`
      select source_id as source, said, count(*)::int as adverts,
        count(*) filter (where telling >= ${worthATurn})::int as above, avg(telling)::float8 as telling
      from simpul.ad_adverts where agency_id = ${officer.agency} and said is not null
      group by 1, 2 order by 1, 3 desc limit 1000`.execute(db.rows);
    const first = labels.filter((one) => !one.second);
    const twice = new Map(labels.filter((one) => one.second).map((one) => [one.advert, one.found]));
    const pairs = first.flatMap((one): [string, string][] => {
      const other = twice.get(one.advert);
      return other === undefined ? [] : [[one.found, other]];
    });
    return {
      sources: sources.rows.map((row) =>
        sourceFigures(
          row,
          first.filter((one) => one.source === row.id),
          figures.get(row.id),
          said.rows,
        ),
      ),
      reviewers: reviewers(labels).map((one) => ({ ...one, officer: one.officer as Id })),
      kappa: kappa(pairs),
      pairs: pairs.length,
      needed: enough,
      missed: await missedBelow(db, officer.agency, first),
      drift: await driftOf(db, officer.agency, node.clock.now()),
    };
  });
}

/** What the sample from below says of all that wait there; a campaign counts once, as it does in the queue. */
async function missedBelow(db: Reader, agency: Id, first: readonly Row[]): Promise<EvaluationView["missed"]> {
  // What a later model put above the cut is no sample of what lies below it.
  const drawn = first.filter((one) => one.drawn && one.telling < worthATurn);
  if (drawn.length === 0) return null;
  const { rows } = await sql<{ below: number }>`select count(distinct campaign_id)::int as below
    from simpul.ad_adverts where agency_id = ${agency} and found is null and purged_at is null
      and telling < ${worthATurn}`.execute(db.rows);
  const { below } = rows[0]!;
  const found = drawn.filter((one) => one.found === "recruitment").length;
  const { low, high } = likely(found, drawn.length);
  return { drawn: drawn.length, found, below, low: Math.round(low * below), high: Math.round(high * below) };
}

function sourceFigures(
  of: { id: Id; name: string; adverts: number },
  own: readonly Row[],
  figures: OwnFigures | undefined,
  said: readonly { source: Id; said: string; adverts: number; above: number; telling: number }[],
): SourceFigures {
  const count = (found: Finding): number => own.filter((one) => one.found === found).length;
  const looked = (drawn: boolean): { looked: number; found: number } => {
    const those = own.filter((one) => one.drawn === drawn);
    return { looked: those.length, found: those.filter((one) => one.found === "recruitment").length };
  };
  const put = (above: boolean): { yes: number; no: number } => {
    const those = own.filter((one) => one.telling >= worthATurn === above && one.found !== "unclear");
    const yes = those.filter((one) => one.found === "recruitment").length;
    return { yes, no: those.length - yes };
  };
  return {
    ...{ source: of.id, name: of.name, adverts: of.adverts, above: put(true), below: put(false) },
    labels: {
      recruitment: count("recruitment"),
      "other-fraud": count("other-fraud"),
      legitimate: count("legitimate"),
      unclear: count("unclear"),
    },
    counted: figures?.counted ?? 0,
    calibrated: figures?.calibration.kind === "calibrated",
    now: looked(false),
    drawn: looked(true),
    said: said
      .filter((one) => one.source === of.id)
      .slice(0, 20)
      .map(({ said: what, adverts, above, telling }) => ({ said: what, adverts, above, telling })),
  };
}
