// After the window (OP-3): each state hands in its figures by agreed definitions; the whole as a page and as a PDF, persons as counts.
import type { Id } from "@simpul/model";
import type { Standing } from "@simpul/store";
import type { Words } from "@simpul/doors/i18n";
import { stateZones } from "@simpul/doors/i18n";
import {
  definitionsVersion,
  OperationsError,
  reportCounts,
  type OperationView,
  type ReportCounts,
} from "./contract.ts";
import { lookAt } from "./look.ts";
import { demandOn, type OfOfficer, type OperationsNode } from "./node.ts";
import { headOf, keepReport, operation } from "./records.ts";
import { disagreements, sumOf } from "./rules.ts";
import type { Wire } from "./wire.ts";

/** Hands in this state's figures, or hands them in anew. Throws `COUNTS_DISAGREE` for figures that contradict each other. */
export async function report(
  node: OperationsNode,
  standing: OfOfficer,
  id: Id,
  ask: { counts: ReportCounts; lessons: string },
): Promise<void> {
  const wrong = disagreements(ask.counts);
  if (wrong.length > 0) throw new OperationsError("COUNTS_DISAGREE", { why: wrong.join(",") });
  await node.store.write(standing, async (tx) => {
    const row = await operation(tx, id, true);
    await demandOn(node, standing, tx, "operation.act", { id, author: row.made_by });
    const { state } = await headOf(tx, row, tx.at);
    if (state !== "ended" && state !== "reported") throw new OperationsError("NOT_IN_THIS_STATE");
    const said = { ...ask, definitions: definitionsVersion };
    await keepReport(tx, { operation: id, node: node.code, by: standing.actor.id }, said);
    const body: Wire<"operation.report"> = { operation: id, ...said };
    for (const to of row.parties)
      if (to !== node.code)
        await tx.send({
          ...{ id: tx.newId(), to, kind: "operation.report" },
          body: { agency: standing.actor.agency, ...body },
        });
    tx.note("operation.reported", { id });
  });
  node.wake(`operation:${id}`);
  node.send();
}

/** The after-action paper in the reader's language; each number stands with what it counts. */
export async function paperOf(
  node: OperationsNode,
  standing: Standing,
  id: Id,
  words: Words,
): Promise<Uint8Array<ArrayBuffer>> {
  const view = await lookAt(node, standing, id);
  if (view.reports.length === 0) throw new OperationsError("NOT_IN_THIS_STATE");
  const about = { title: view.title, language: words.locale, at: node.clock.now() };
  return node.papers.pdf(about, linesOf(view, words, node.exercise));
}

type Line = Parameters<OperationsNode["papers"]["pdf"]>[1][number];

function linesOf(view: OperationView, words: Words, exercise: boolean): Line[] {
  const { say, state, time, number } = words;
  const sum = sumOf(view.reports);
  const missing = view.parties.filter((party) => !view.reports.some((one) => one.node === party));
  return [
    ...(exercise ? [{ text: say("web.exercise"), size: 9, bold: true }] : []),
    { text: say("operations.after"), size: 11, soft: true },
    { text: view.title, size: 16, bold: true },
    { text: view.aim, size: 10 },
    ...view.parties.map((party) => ({
      text: `${state(party)}: ${time(view.window.starts, stateZones[party])} – ${time(view.window.ends, stateZones[party])}`,
      size: 9,
      soft: true,
    })),
    ...(missing.length === 0
      ? []
      : [
          {
            text: say("operations.after.missing", { states: words.list(missing.map(state)) }),
            size: 10,
            bold: true,
          },
        ]),
    ...reportCounts.flatMap((one): Line[] => [
      { text: `${say(`operations.count.${one}`)}: ${number(sum[one])}`, size: 12, bold: true },
      {
        text: view.reports.map((each) => `${state(each.node)} ${number(each.counts[one])}`).join(" · "),
        size: 9,
        indent: 12,
      },
      { text: say(`operations.count.${one}.means`), size: 8, soft: true, indent: 12 },
    ]),
    {
      text: say("operations.definitions", { version: view.reports[0]?.definitions ?? 1 }),
      size: 8,
      soft: true,
    },
    ...view.reports
      .filter((one) => one.lessons !== "")
      .flatMap((one): Line[] => [
        { text: `${say("operations.lessons")}, ${state(one.node)}`, size: 11, bold: true },
        { text: one.lessons, size: 10 },
      ]),
  ];
}
