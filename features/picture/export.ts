// The picture carried away: a line per published cell as CSV, what its columns mean as CSVW, the same as SDMX-CSV 2.0, and
// on paper. A definition goes with every file.
import type { Words } from "@simpul/doors/i18n";
import {
  definitionOf,
  offOf,
  sayLabel,
  type Definition,
  type Release,
  type RegionFigure,
} from "./contract.ts";
import type { PaperLine } from "./node.ts";
import { join } from "./join.ts";

const total = "_T";

interface Observation {
  release: Release;
  definition: Definition;
  row: string;
  column: string;
  value: number | null;
}

/** Sums among them, as `_T` (SDMX: total). */
function observations(releases: readonly Release[]): Observation[] {
  return releases.flatMap((release) => {
    const definition = definitionOf(release.figure, release.definition);
    if (definition === null) return [];
    return release.cells.flatMap((line, row) =>
      line.map((value, column) => ({
        ...{ release, definition, value },
        row: release.rows[row] ?? total,
        column: release.columns[column] ?? total,
      })),
    );
  });
}

const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows
    .map((row) =>
      row
        .map((cell) => (/[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell))
        .join(","),
    )
    .join("\r\n") + "\r\n";

/** Columns of the CSV, with what each means; `picture.column.<name>` says it in words. */
const columns = [
  ["state", "string"],
  ["figure", "string"],
  ["definition", "integer"],
  ["unit", "string"],
  ["month", "gYearMonth"],
  ["number", "integer"],
  ["released", "dateTime"],
  ["row", "string"],
  ["column", "string"],
  ["count", "integer"],
  ["withheld", "boolean"],
  ["threshold", "integer"],
  ["rounding", "integer"],
  ["epsilon", "decimal"],
] as const;

/** A line per cell, RFC 4180; a withheld count is empty and says so. `mark` names an exercise, null in earnest. */
export const toCsv = (releases: readonly Release[], mark: string | null): string =>
  csv([
    [...columns.map(([name]) => name), ...(mark === null ? [] : ["exercise"])],
    ...observations(releases).map(({ release, definition, row, column, value }) => [
      ...[release.state, release.figure, release.definition, definition.unit, release.month, release.number],
      ...[release.at, row, column, value ?? "", String(value === null), release.protection.threshold],
      ...[release.protection.base, epsilonOf(release), ...(mark === null ? [] : [mark])],
    ]),
  ]);

const epsilonOf = ({ protection: { epsilon } }: Release): string =>
  epsilon === null ? "" : String(epsilon.of / epsilon.outOf);

/** What the columns mean (W3C, Metadata Vocabulary for Tabular Data, 2015), to lie beside the file as `<url>-metadata.json`. */
export function toCsvw(
  url: string,
  definitions: readonly Definition[],
  words: Words,
  exercise: boolean,
): object {
  return {
    "@context": ["http://www.w3.org/ns/csvw", { "@language": words.locale }],
    url,
    "dc:title": [...new Set(definitions.map((one) => words.say(`picture.figure.${one.figure}`)))].join(", "),
    "dc:description": definitions.map((one) => definitionText(one, words)).join(" "),
    tableSchema: {
      columns: [
        ...columns.map(([name, datatype]) => ({
          ...{ name, titles: name, datatype, "dc:description": words.say(`picture.column.${name}`) },
          required: name !== "count" && name !== "epsilon",
        })),
        ...(exercise ? [{ name: "exercise", titles: "exercise", datatype: "string" }] : []),
      ],
      primaryKey: ["state", "figure", "definition", "month", "number", "row", "column"],
    },
  };
}

/**
 * SDMX-CSV 2.0 (sdmx-twg/sdmx-csv, data message): dimensions by id, `_T` where a dimension is summed; `OBS_STATUS` of code
 * list CL_OBS_STATUS 2.2, where `Q` is a value that is suppressed.
 */
export const toSdmx = (releases: readonly Release[], exercise: boolean): string =>
  csv([
    [
      ...["STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "INDICATOR", "DEFINITION", "CATEGORY"],
      ...["BREAKDOWN", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MEASURE", "TEST"],
    ],
    ...observations(releases).map(({ release, definition, row, column, value }) => [
      ...["dataflow", "SIMPUL:PICTURE(1.0.0)", "I", "M", release.state.toUpperCase()],
      ...[sdmxId(release.figure), release.definition, sdmxId(row), sdmxId(column), release.month],
      ...[value ?? "", value === null ? "Q" : "A", sdmxId(definition.unit), exercise ? "T" : "F"],
    ]),
  ]);

/** SDMX ids hold no hyphen in code lists of ours. */
const sdmxId = (code: string): string => code.toUpperCase().replaceAll("-", "_");

export const definitionText = (one: Definition, words: Words): string =>
  `${words.say(`picture.figure.${one.figure}`)}, ${words.say("picture.version", { version: one.version })}: ${words.say(
    `picture.counted.${one.figure}.${String(one.version)}`,
  )}`;

/** The joined picture on paper: each definition apart, every number with who withheld, rows that are nothing left out. */
export function paperLines(
  releases: readonly Release[],
  words: Words,
  about: { exercise: boolean; from: string; until: string },
): PaperLine[] {
  const joined = join(releases);
  return [
    ...(about.exercise ? [{ text: words.say("web.exercise"), size: 9, bold: true }] : []),
    {
      text: words.say("picture.paper.months", { from: about.from, until: about.until }),
      size: 10,
      soft: true,
    },
    ...joined.flatMap((one) => figureLines(one, releases, words)),
    ...(joined.length === 0 ? [{ text: words.say("picture.empty"), size: 10 }] : []),
    { text: words.say("picture.sure.text"), size: 9, soft: true },
  ];
}

function figureLines(one: RegionFigure, releases: readonly Release[], words: Words): PaperLine[] {
  const definition = definitionOf(one.figure, one.definition);
  if (definition === null) return [];
  const say = ({ known, withheld }: RegionFigure["cells"][number][number]): string =>
    withheld.length === 0
      ? words.number(known)
      : words.say("picture.atLeast", {
          known,
          states: words.list(withheld.map((state) => words.state(state))),
        });
  const lines = one.rows.flatMap((row, nth): PaperLine[] => {
    const cells = one.cells[nth]!;
    const sum = cells.at(-1)!;
    if (sum.known === 0 && cells.every((cell) => cell.known === 0)) return [];
    const parts = one.columns
      .map((column, at) => ({ column, cell: cells[at]! }))
      .filter(({ cell }) => cell.known > 0 && one.columns.length > 1)
      .map(({ column, cell }) => `${sayLabel(definition.columns, column, words)}: ${say(cell)}`);
    return [
      { text: `${sayLabel(definition.rows, row, words)}: ${say(sum)}`, size: 10, indent: 12 },
      ...(parts.length === 0 ? [] : [{ text: parts.join(" · "), size: 9, soft: true, indent: 24 }]),
    ];
  });
  const tables = releases.filter((each) => each.figure === one.figure && each.definition === one.definition);
  const [first] = tables;
  const most = offOf(tables, one.rows.length * one.columns.length);
  const off = most === 0 ? "" : ` ${words.say("picture.off", { off: words.number(most) })}`;
  return [
    { text: words.say(`picture.figure.${one.figure}`), size: 14, bold: true },
    { text: definitionText(definition, words), size: 9, soft: true },
    { text: words.list(one.states.map((state) => words.state(state))), size: 10 },
    { text: `${words.say("picture.whole")}: ${say(one.cells.at(-1)!.at(-1)!)}${off}`, size: 11, bold: true },
    ...lines,
    ...(first === undefined ? [] : [{ text: sureText(first, words), size: 9, soft: true }]),
  ];
}

/** What was done to the counts before they left. */
export const sureText = ({ protection: { threshold, base, epsilon } }: Release, words: Words): string =>
  epsilon === null
    ? words.say("picture.sure.asTheyAre")
    : words.say("picture.sure.protected", { threshold, base, epsilon: epsilon.of / epsilon.outOf });
