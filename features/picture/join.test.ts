import { NodeCode } from "@simpul/model";
import { expect, test } from "vitest";
import type { Published } from "./contract.ts";
import { join } from "./join.ts";
import { PublishedShape } from "./shapes.ts";

const protection = { threshold: 10, base: 5, epsilon: { of: 1, outOf: 2 } };
const table = (state: string, given: Partial<Published> = {}): Published => ({
  ...{ state: NodeCode.parse(state), figure: "targets-by-outcome", definition: 1, month: "2031-04" },
  rows: ["recruiter", "transporter"],
  columns: ["arrested", "convicted"],
  cells: [
    [40, 15, 55],
    [20, 30, 50],
    [60, 45, 105],
  ],
  protection,
  ...given,
});

test("what three states published is added up, and a cell says whose part is missing", () => {
  const hiding = table("kh", {
    cells: [
      [null, null, 30],
      [null, null, 25],
      [25, 30, 55],
    ],
  });
  const [region, ...none] = join([table("id"), hiding, table("ph", { rows: ["recruiter", "guard"] })]);
  expect(none).toEqual([]);
  expect(region!.rows).toEqual(["recruiter", "transporter", "guard"]);
  expect(region!.cells[0]![0]).toEqual({ known: 80, withheld: ["kh"] });
  expect(region!.cells[2]![1]).toEqual({ known: 30, withheld: [] });
  expect(region!.cells[3]![2]).toEqual({ known: 265, withheld: [] });
});

test("of a sum that is withheld its published parts are known, and that there is more", () => {
  const cells = [
    [140, null, null],
    [60, null, null],
    [null, null, null],
  ];
  const [region] = join([table("id", { cells })]);
  const known = region!.cells.map((line) => line.map((cell) => cell.known));
  expect(known).toEqual([
    [140, 0, 140],
    [60, 0, 60],
    [200, 0, 200],
  ]);
  expect(region!.cells[2]![2]!.withheld).toEqual(["id"]);
});

test("a definition that changed midway is another figure beside the first, never a sum with it", () => {
  const joined = join([table("id"), table("id", { month: "2031-05", definition: 2 }), table("kh")]);
  expect(joined.map((one) => [one.definition, one.states, one.months])).toEqual([
    [1, ["id", "kh"], ["2031-04"]],
    [2, ["id"], ["2031-05"]],
  ]);
});

test("a month that comes again counts once", () => {
  expect(join([table("id"), table("id")])[0]!.cells[2]![2]!.known).toBe(105);
});

test.each([
  [
    "negative",
    {
      cells: [
        [-5, 60, 55],
        [20, 30, 50],
        [15, 90, 105],
      ],
    },
  ],
  [
    "SUM",
    {
      cells: [
        [40, 15, 60],
        [20, 30, 50],
        [60, 45, 110],
      ],
    },
  ],
  [
    "SUM",
    {
      cells: [
        [null, 15, 10],
        [20, 30, 50],
        [60, 45, 105],
      ],
    },
  ],
  [
    "UNDER_THRESHOLD",
    {
      cells: [
        [5, 15, 20],
        [20, 30, 50],
        [25, 45, 70],
      ],
    },
  ],
  [
    "NOT_ROUNDED",
    {
      cells: [
        [41, 15, 56],
        [20, 30, 50],
        [61, 45, 106],
      ],
    },
  ],
  ["SIZE", { cells: [[40, 15, 55]] }],
  ["TWICE", { rows: ["recruiter", "recruiter"] }],
  ["a month", { month: "2031-13" }],
])("a state that sends what cannot be is refused: %s", (_, wrong) => {
  expect(PublishedShape.safeParse(table("id")).success).toBe(true);
  const read = PublishedShape.safeParse(table("id", wrong));
  expect(read.success).toBe(false);
  if (/^[A-Z]/.test(_)) expect(read.error!.issues.map((one) => one.message)).toContain(_);
});
