// Points stand by figures alone; published tables are read as they are written, and what contradicts is said, never averaged.
import { NodeCode, type Id } from "@simpul/model";
import { expect, test } from "vitest";
import { definitionIn, type Release } from "../picture/contract.ts";
import { stateReader } from "../surge/reading/states.ts";
import type { FollowUpError } from "./contract.ts";
import type { PublishedRow, Said } from "./contract/published.ts";
import { readDeclaration } from "./declaration.ts";
import { gapLines } from "./gaps.ts";
import { canBothBe, sideBySide } from "./published/compare.ts";
import { ownRows } from "./published/own.ts";
import { readCount, readTable } from "./published/read.ts";
import { changesBetween, dueOn, figuresOf, isPeriod, lastPeriod, monthsOf } from "./reports/rules.ts";
import { readTemplates } from "./reports/templates.ts";
import { mustNameNobody } from "./reports/write.ts";
import { boardOf, figureMonth, lastMonth, monthsBefore } from "./rules.ts";

const declaration = readDeclaration();
const [id, kh] = [NodeCode.parse("id"), NodeCode.parse("kh")];
const released = (state: NodeCode, month: string, whole: number | null, more: Partial<Release> = {}) =>
  figureMonth({
    ...{ state, figure: "operations-held", definition: 1, month, rows: ["all"], columns: ["all"] },
    cells: [
      [whole, whole],
      [whole, whole],
    ],
    protection: { threshold: 10, base: 5, epsilon: null },
    ...{ id: "x" as Id, number: 1, at: `${month}-28T00:00:00.000Z`, endedAt: null, reason: "" },
    ...more,
  });
const months = monthsBefore("2031-04", 12);
const pointFour = (given: ReturnType<typeof released>[], states = [id, kh]) =>
  boardOf(declaration, given, { states, months }).points[3]!;

test("fifteen points stand in order, three of them without a text, and every figure is one of the picture's", () => {
  const { points, workPlan } = boardOf(declaration, [], { states: [id], months });
  expect(points.map((one) => one.key)).toEqual(Array.from({ length: 15 }, (_, at) => String(at + 1)));
  expect(points.filter((one) => one.state === "no-text").map((one) => one.key)).toEqual(["13", "14", "15"]);
  expect(points.slice(0, 12).every((one) => one.state === "none")).toBe(true);
  for (const { code } of [...points, ...workPlan].flatMap((one) => one.figures))
    expect(definitionIn(code, "2031-04"), code).not.toBeNull();
});

test("a point is whole only when every state gave every figure of it; a withheld figure is said", () => {
  expect(pointFour([released(id, "2031-04", 20)])).toMatchObject({ state: "some", last: "2031-04" });
  expect(pointFour([released(id, "2031-04", 20)]).figures[0]).toMatchObject({
    gave: ["id"],
    missing: ["kh"],
  });
  expect(pointFour([released(id, "2031-04", 20), released(kh, "2031-03", 30)]).state).toBe("whole");
  const hidden = pointFour([released(id, "2031-04", 20), released(kh, "2031-04", null)]);
  expect(hidden.figures[0]).toMatchObject({ gave: ["id"], withheld: ["kh"], missing: [] });
  expect(hidden.state).toBe("whole");
});

test("a change within what figures may be off is no change, and a month that a state left out is no fall", () => {
  const line = (...counts: (number | null)[]) =>
    pointFour(
      counts.map((count, at) => released(id, months[months.length - counts.length + at]!, count)),
      [id],
    ).figures[0]!.trend;
  expect(line(20)).toBe("unclear");
  expect(line(20, 25)).toBe("level");
  expect(line(20, 60)).toBe("up");
  expect(line(60, 20)).toBe("down");
  const both = [released(id, "2031-02", 100), released(kh, "2031-02", 100)];
  expect(pointFour([...both, released(id, "2031-03", 100)]).figures[0]!.trend).toBe("unclear");
  const noisy = { protection: { threshold: 10, base: 5, epsilon: { of: 1, outOf: 2 } } };
  expect(released(id, "2031-04", 20, noisy).within).toBeGreaterThan(released(id, "2031-04", 20).within);
});

test("what was counted by another definition is not put on the same line", () => {
  const other = released(id, "2031-04", 500, { definition: 2 });
  expect(pointFour([released(id, "2031-03", 20), other], [id]).figures[0]).toMatchObject({
    ...{ trend: "unclear", last: { month: "2031-03" } },
  });
  expect(lastMonth(new Date("2031-01-03T00:00:00Z"))).toBe("2030-12");
});

test.each([
  ["1,233", 1233, null],
  ["1 598", 1598, null],
  ["1.914 (a)", 1914, null],
  ["295*", 295, null],
  ["<5", null, 5],
  ["fewer than 10", null, 10],
  ["១២៣", 123, null],
  ["๒๙๕", 295, null],
  ["–", null, null],
  ["", null, null],
])("a number written %j", (written, count, below) => {
  expect(readCount(written)).toEqual({ count, below });
});
test.each(["-5", "3.5", "12,34", "about 40", "1e9", "9999999999"])("%j is no count of persons", (written) => {
  expect(readCount(written)).toBeNull();
});

const reader = stateReader();
const read = (...rows: string[][]) => readTable([{ name: "", rows }], (text) => reader.read(text));
const glotip = ["Iso3_code", "Country", "Indicator", "Dimension", "Sex", "Year", "VALUE"];

test("a table keeps every row, also where it contradicts itself, and leaves other states out", () => {
  const table = read(
    glotip,
    ["THA", "Thailand", "Detected trafficking victims", "Total", "Total", "2022", "295"],
    ["THA", "Thailand", "Detected trafficking victims", "Total", "Total", "2022", "301"],
    ["KHM", "Cambodia", "Persons convicted", "by sex", "Female", "2020", "<5"],
    ["FRA", "France", "Detected trafficking victims", "Total", "Total", "2022", "900"],
  );
  expect(table).toMatchObject({ elsewhere: 1, twice: 1, contradictory: 1 });
  expect(table.rows.map((one) => [one.state, one.measure, one.part, one.written, one.count])).toEqual([
    ["th", "victims", "", "295", 295],
    ["th", "victims", "", "301", 301],
    ["kh", "convicted", "Female", "<5", null],
  ]);
});

test("years may stand as columns, under heads in the reader's language", () => {
  const { rows } = read(
    ["Contoh", "", "", ""],
    ["Negara", "Indikator", "2021", "2022"],
    ["Indonesia", "Korban", "60", ""],
    ["Filipina", "Korban", "1,914", "–"],
  );
  expect(rows.map((one) => [one.state, one.year, one.count])).toEqual([
    ["id", 2021, 60],
    ["ph", 2021, 1914],
    ["ph", 2022, null],
  ]);
});

test.each([
  ["TABLE_COLUMNS", {}, [["a", "b"]]],
  [
    "TABLE_EMPTY",
    { elsewhere: 1 },
    [
      ["Country", "Year", "Indicator", "Value"],
      ["France", "2022", "Victims", "1"],
    ],
  ],
  [
    "TABLE_ROW",
    { row: 2, column: "state" },
    [
      ["Country", "Year", "Indicator", "Value"],
      ["Atlantis", "2022", "Victims", "1"],
    ],
  ],
  [
    "TABLE_ROW",
    { row: 2, column: "year" },
    [
      ["Country", "Year", "Indicator", "Value"],
      ["Thailand", "22", "Victims", "1"],
    ],
  ],
  [
    "TABLE_ROW",
    { row: 2, column: "measure" },
    [
      ["Country", "Year", "Indicator", "Value"],
      ["Thailand", "2022", "Ships", "1"],
    ],
  ],
  [
    "TABLE_ROW",
    { row: 3, column: "value", stands: "-4" },
    [
      ["Country", "Year", "Indicator", "Value"],
      ["Laos", "2022", "Victims", "3"],
      ["Thailand", "2022", "Victims", "-4"],
    ],
  ],
])("a bad table is refused by name, with the row: %s %o", (code, facts, rows) => {
  let refused: FollowUpError | null = null;
  try {
    read(...rows);
  } catch (fault) {
    refused = fault as FollowUpError;
  }
  expect(refused).toMatchObject({ code, facts });
});

const row = (publisher: string, written: string, more: Partial<PublishedRow> = {}): PublishedRow & Said => ({
  ...{ state: NodeCode.parse("th"), year: 2022, measure: "victims", part: "", row: 1, sheet: "", note: "" },
  ...{ table: publisher as Id, publisher, publishedOn: null, written, ...readCount(written)!, ...more },
});

test("sources stand side by side with what is between them in a word, and nothing is averaged", () => {
  const compared = (...rows: (PublishedRow & Said)[]) => sideBySide(rows)[0]!;
  expect(compared(row("UNODC", "295"), row("US report", "444"))).toMatchObject({
    ...{ comparison: "differ", from: 295, to: 444 },
    said: [
      { publisher: "UNODC", count: 295 },
      { publisher: "US report", count: 444 },
    ],
  });
  expect(compared(row("UNODC", "295"), row("UNODC", "301", { row: 2 })).comparison).toBe("itself");
  expect(compared(row("UNODC", "<5"), row("National", "3")).comparison).toBe("agree");
  expect(compared(row("UNODC", "<5"), row("National", "7")).comparison).toBe("differ");
  expect(compared(row("UNODC", "–"), row("National", "7")).comparison).toBe("one");
  expect(canBothBe({ count: null, below: 5 }, { count: null, below: 10 })).toBe(true);
  expect(sideBySide([row("UNODC", "1"), row("National", "1", { year: 2021 })])).toHaveLength(2);
});

test("a state's own released year stands beside what others published, and contradicts it only beyond its noise", () => {
  const epsilon = { of: 1, outOf: 2 };
  const year = (months: number): Release[] =>
    Array.from({ length: months }, (_, nth) => ({
      ...{
        state: NodeCode.parse("th"),
        figure: "victims-identified",
        definition: 1,
        month: `2022-${String(nth + 1).padStart(2, "0")}`,
      },
      ...{ rows: ["sexual"], columns: ["woman"], protection: { threshold: 10, base: 5, epsilon } },
      ...{
        cells: [
          [25, 25],
          [25, 25],
        ],
        id: "x" as Id,
        number: 1,
        at: "",
        endedAt: null,
        reason: "",
      },
    }));
  const whole = ownRows(year(12), "victims");
  // Two standard deviations of twelve draws and twelve roundings: 2 x sqrt(12 x (7.84 + 6.25)) = 26.01.
  expect(whole).toMatchObject([{ year: 2022, count: 300, released: { months: 12, off: 27 } }]);
  expect(sideBySide([row("National", "320"), ...whole])[0]!.comparison).toBe("agree");
  expect(sideBySide([row("National", "444"), ...whole])[0]!.comparison).toBe("differ");
  const part = ownRows(year(9), "victims");
  expect(part).toMatchObject([{ count: null, released: { months: 9 } }]);
  expect(sideBySide([row("National", "444"), ...part])[0]!.comparison).toBe("one");
  expect(ownRows(year(12), "arrested")).toEqual([]);
});

const now = new Date("2031-05-04T03:00:00Z");
test("every kind of desk has a monthly and a yearly report, due days after its period", () => {
  const { templates } = readTemplates();
  expect(templates.map((one) => one.code)).toHaveLength(10);
  expect(lastPeriod("month", now)).toBe("2031-04");
  expect(lastPeriod("year", now)).toBe("2030");
  expect(dueOn({ dueDays: 10 }, "2031-04")).toBe("2031-05-10");
  expect(dueOn({ dueDays: 31 }, "2030")).toBe("2031-01-31");
  expect(isPeriod("month", "2031-04", now)).toBe(true);
  expect(["2031-05", "2031-13", "2031", "1999-01"].some((of) => isPeriod("month", of, now))).toBe(false);
  expect(monthsOf("2030")).toHaveLength(12);
});

test("a year's number is the sum of its months, and not known when one of them was withheld", () => {
  const table = (month: string, cells: (number | null)[][], more: Partial<Release> = {}): Release => ({
    ...{ state: id, figure: "cases-opened", definition: 1, month, rows: ["online-fraud", "laundering"] },
    ...{ columns: ["all"], cells, protection: { threshold: 10, base: 5, epsilon: null } },
    ...{ id: month as Id, number: 1, at: `${month}-28T00:00:00.000Z`, endedAt: null, reason: "" },
    ...more,
  });
  const of = { figures: [{ figure: "cases-opened", definition: 1 }], months: monthsOf("2030") };
  const january = table("2030-01", [
    [20, 20],
    [10, 10],
    [30, 30],
  ]);
  const hiding = table("2030-02", [
    [null, null],
    [null, null],
    [40, 40],
  ]);
  const other = table(
    "2030-03",
    [
      [900, 900],
      [0, 0],
      [900, 900],
    ],
    { definition: 2 },
  );
  const [year] = figuresOf([january, hiding, other], of);
  expect(year).toMatchObject({ whole: 70, months: ["2030-01", "2030-02"] });
  expect(year!.missing).toHaveLength(10);
  expect(year!.rows).toEqual([
    { row: "online-fraud", count: null },
    { row: "laundering", count: null },
  ]);
  expect(figuresOf([], of)[0]).toMatchObject({ whole: null, months: [], rows: [] });

  const texts = { summary: "a", difficulties: "", next: "" };
  const changes = changesBetween(
    { figures: figuresOf([january], of), texts },
    { figures: figuresOf([january, hiding], of), texts: { ...texts, summary: "b" } },
  );
  expect(changes).toEqual([
    { kind: "text", of: "summary", before: "a", after: "b" },
    { kind: "figure", of: "cases-opened", before: 30, after: 70 },
    { kind: "row", of: "cases-opened", row: "online-fraud", before: 20, after: null },
    { kind: "row", of: "cases-opened", row: "laundering", before: 10, after: null },
  ]);
});

test("a text with somebody's number in it is no text of a report", () => {
  const texts = {
    summary: "EXERCISE: 40 cases, two offices of ours were moved.",
    difficulties: "",
    next: "",
  };
  const names = ["An", "Siti Rahma", "សុខ ដារា", ""];
  expect(() => mustNameNobody(texts, names)).not.toThrow();
  const said = (next: string): string => {
    try {
      mustNameNobody({ ...texts, next }, names);
      return "";
    } catch (no) {
      return (no as Error).message;
    }
  };
  expect(said("EXERCISE: SITI  RAHMA is home.")).toBe("REPORT_NAMES_SOMEBODY: next name SITI RAHMA");
  expect(said("EXERCISE: ជួយសុខ ដារាហើយ")).toBe("REPORT_NAMES_SOMEBODY: next name សុខ ដារា");
  expect(said("EXERCISE: an office in Rahmania, Siti too")).toBe("");
  expect(said("EXERCISE: An is home")).toBe("REPORT_NAMES_SOMEBODY: next name An");
  expect(() => mustNameNobody({ ...texts, next: "call +62 854-0000-1777" }, [])).toThrow(
    "REPORT_NAMES_SOMEBODY",
  );
  expect(() => mustNameNobody({ ...texts, next: "budi@example.com" }, [])).toThrow("REPORT_NAMES_SOMEBODY");
});

test("gaps of the law stand by state, kind and month, the most frequent first; older ones are left out", () => {
  const met = (state: NodeCode, month: string, count: number) => ({
    state,
    kind: "no-video" as const,
    month,
    count,
  });
  const lines = gapLines(
    [met(kh, "2031-04", 1), met(id, "2031-03", 2), met(id, "2031-04", 3), met(id, "2019-01", 9)],
    months,
  );
  expect(lines.map((one) => [one.state, one.count])).toEqual([
    ["id", 5],
    ["kh", 1],
  ]);
  expect(lines[0]!.months).toHaveLength(12);
  expect(lines[0]!.months.slice(-2)).toEqual([
    { month: "2031-03", count: 2 },
    { month: "2031-04", count: 3 },
  ]);
});
