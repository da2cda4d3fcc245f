// A report on paper and as CSV: its period, each number with what it counts and its definition, and the words of a named officer.
import type { Words } from "@simpul/doors/i18n";
import type { Papers } from "../../operations/contract.ts";
import { sayRow } from "../../picture/contract.ts";
import { reportTexts, type ReportFigure, type ReportVersion } from "../contract/reports.ts";
import type { ReportRow } from "./records.ts";

type Line = Parameters<Papers["pdf"]>[1][number];
export interface OnPaper {
  report: Pick<ReportRow, "template" | "period" | "of" | "dueOn">;
  version: Pick<ReportVersion, "version" | "figures" | "texts">;
  desk: string;
  officer: string;
  words: Words;
  exercise: boolean;
  at: Date;
}

export const titleOf = ({ say }: Words, { template, of }: OnPaper["report"]): string =>
  say("follow-up.report.title", { template: say(`follow-up.template.${template}`), of });

const countOf = (words: Words, count: number | null): string =>
  count === null ? words.say("follow-up.report.notKnown") : words.number(count);

export function linesOf(of: OnPaper): Line[] {
  const { words, version, report } = of;
  const { say } = words;
  return [
    ...(of.exercise ? [{ text: say("web.exercise"), size: 9, bold: true }] : []),
    { text: of.desk, size: 11, soft: true },
    { text: titleOf(words, report), size: 16, bold: true },
    { text: say("follow-up.report.foot", { version: version.version, officer: of.officer }), size: 9 },
    ...reportTexts
      .filter((one) => version.texts[one] !== "")
      .flatMap((one): Line[] => [
        { text: say(`follow-up.text.${one}`), size: 12, bold: true },
        { text: version.texts[one], size: 10 },
      ]),
    { text: say("follow-up.report.numbers"), size: 12, bold: true },
    ...version.figures.flatMap((figure): Line[] => [
      {
        text: `${say(`picture.figure.${figure.figure}`)}: ${wholeOf(words, figure)}`,
        size: 11,
        bold: true,
      },
      ...figure.rows
        .filter((one) => one.count !== null && one.count > 0)
        .map(({ row, count }) => ({
          text: `${sayRow(figure, row, words)}: ${countOf(words, count)}`,
          ...{ size: 9, indent: 12 },
        })),
      ...withheldLine(words, figure),
      {
        text: `${say(`picture.counted.${figure.figure}.${String(figure.definition)}`)} ${say("follow-up.definition", { version: figure.definition })}`,
        ...{ size: 8, soft: true, indent: 12 },
      },
      ...(figure.missing.length > 0 && figure.months.length > 0
        ? [
            {
              text: say("follow-up.report.missing", { months: words.list(figure.missing) }),
              ...{ size: 8, soft: true, indent: 12 },
            },
          ]
        : []),
    ]),
    { text: say("follow-up.report.nobody"), size: 8, soft: true },
  ];
}

/** Which rows are withheld says nothing; how many does. */
function withheldLine({ say }: Words, { rows }: ReportFigure): Line[] {
  const count = rows.filter((one) => one.count === null).length;
  return count === 0 ? [] : [{ text: say("follow-up.report.rowsWithheld", { count }), size: 9, indent: 12 }];
}

export function wholeOf(words: Words, figure: ReportFigure): string {
  return figure.months.length === 0
    ? words.say("follow-up.report.notReleased")
    : countOf(words, figure.whole);
}

/** Rows of cells, heads first; every cell as text. */
export function tableOf({
  words,
  version,
  report,
}: Pick<OnPaper, "words" | "version" | "report">): string[][] {
  const { say } = words;
  const heads = ["figure", "row", "count", "definition", "months"].map((one) => say(`follow-up.csv.${one}`));
  const cells = version.figures.flatMap((figure) => {
    const shared = [String(figure.definition), figure.months.join(" ")];
    const name = say(`picture.figure.${figure.figure}`);
    const number = (count: number | null): string => (count === null ? "" : String(count));
    return [
      [report.of, name, "", number(figure.whole), ...shared],
      ...figure.rows.map((one) => [
        ...[report.of, name, sayRow(figure, one.row, words), number(one.count)],
        ...shared,
      ]),
    ];
  });
  return [[say("follow-up.csv.of"), ...heads], ...cells];
}
