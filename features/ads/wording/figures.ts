// What a model is worth: every example judged by a model that learned from no version of it; whole, and source by source.
import { f1, marksOf, recallAt } from "@simpul/detect";
import type { Id } from "@simpul/model";
import type { Writer } from "@simpul/store";
import { sql } from "kysely";
import type { ModelFigures, SourceWording, WordingFigures } from "../contract.ts";
import type { Trained } from "./run.ts";

interface Judged {
  number: number;
  source: Id | null;
  name: string;
  yes: boolean;
  margin: number;
}

export async function figuresOfModel(
  tx: Writer,
  id: Id,
  { group, languages }: Trained,
): Promise<ModelFigures> {
  const { rows } = await sql<
    Judged & { weight: number }
  >`select e.number, e.source_id as source, e.yes, e.margin, e.weight,
      coalesce(s.name, l.name, '') as name
    from simpul.ad_wording_examples e left join simpul.ad_sources s on s.id = e.source_id
    left join simpul.ad_label_sets l on l.id = e.set_id
    where e.model_id = ${id} and e.margin is not null order by e.number`.execute(tx.rows);
  // Labels that count nothing measure nothing either.
  const judged = rows.filter((one) => one.weight > 0);
  const bySource = new Map<string, Judged[]>();
  for (const one of judged) {
    const key = one.source ?? one.name;
    const held = bySource.get(key);
    if (held === undefined) bySource.set(key, [one]);
    else held.push(one);
  }
  return {
    ...told(judged, group),
    marks: marksOf(scored(judged)),
    languages,
    sources: [...bySource.values()]
      .map((own) => ofSource(own, group))
      .sort((a, b) => b.yes + b.no - a.yes - a.no)
      .slice(0, 100),
  };
}

const scored = (judged: readonly Judged[]): { score: number; yes: boolean }[] =>
  judged.map(({ margin, yes }) => ({ score: margin, yes }));
const digits = (value: number): number => Number(value.toFixed(3));

function told(judged: readonly Judged[], group: readonly number[]): WordingFigures {
  const labels = judged.map((one) => one.yes);
  const margins = judged.map((one) => one.margin);
  const yes = labels.filter(Boolean).length;
  return {
    ...{ yes, no: labels.length - yes, groups: new Set(judged.map((one) => group[one.number])).size },
    f1: digits(f1(labels, margins.map((margin) => margin > 0))), // prettier-ignore
    recall: digits(recallAt(labels, margins, 0.01)),
  };
}

function ofSource(own: readonly Judged[], group: readonly number[]): SourceWording {
  const marks = marksOf(scored(own));
  const above = own.filter((one) => one.margin > (marks?.rare ?? 0));
  const yes = above.filter((one) => one.yes).length;
  return {
    ...{ source: own[0]!.source, name: own[0]!.name, ...told(own, group), marks },
    above: { yes, no: above.length - yes },
  };
}
