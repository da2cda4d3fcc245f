// Makes the letters by which states publish figures anew, valid and invalid: `npx tsx conformance/make-picture.ts`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { axes } from "../features/picture/contract.ts";

const folder = fileURLToPath(new URL("./protocol/picture/", import.meta.url));
function keep(name: string, vector: object): void {
  const file = path.join(folder, `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(vector, null, 2)}\n`);
}

const release = "018f0000-0000-4000-8000-0000000000a1";
const agency = "018f0000-0000-4000-8000-0000000000a2";
const at = "2031-05-04T02:00:00.000Z";
const given = { kind: "picture", from: "id", now: "2031-05-04T02:00:01.000Z" };
const judged: (number | null)[][] = axes.offence.map(
  (_, nth) => [null, null, null, null, [25, 15, 40], [20, 10, 30]][nth] ?? [null, null, null],
);
const table = {
  ...{ figure: "persons-judged", definition: 1, month: "2031-04" },
  ...{ rows: [...axes.offence], columns: [...axes.verdict] },
  cells: [...judged, [65, 35, 100]],
  protection: { threshold: 10, base: 5, epsilon: { of: 1, outOf: 2 } },
};
const held = {
  ...{ figure: "operations-held", definition: 1, month: "2031-04" },
  ...{ rows: [...axes.parties], columns: [...axes.operation] },
  cells: [
    [0, 0, 0],
    [2, 1, 3],
    [1, 0, 1],
    [0, 0, 0],
    [3, 1, 4],
  ],
  protection: { threshold: 0, base: 1, epsilon: null },
};
const letter = { agency, release, number: 1, at, reason: "", table };
const back = {
  ...{ agency, release, number: 1, at, reason: "EXERCISE: counted twice" },
  ...{ figure: "persons-judged", definition: 1, month: "2031-04" },
};

rmSync(folder, { recursive: true, force: true });
const valid: Record<string, [string, object]> = {
  released: ["picture.released", letter],
  "released-acts": ["picture.released", { ...letter, table: held }],
  corrected: ["picture.released", { ...letter, number: 2, reason: "EXERCISE: late files" }],
  "called-back": ["picture.called-back", back],
  refused: ["picture.refused", { release, because: "COUNTS_IMPOSSIBLE" }],
};
for (const [name, [type, body]] of Object.entries(valid)) keep(`valid/${name}`, { ...given, type, body });

const wrong = (name: string, refused: string, type: string, body: object): void =>
  keep(`invalid/${name}`, { ...given, refused, type, body });
const withTable = (more: object): object => ({ ...letter, table: { ...table, ...more } });
const acts = (cells: unknown[][]): object => ({ ...letter, table: { ...held, cells } });
wrong(
  "negative",
  "COUNTS_IMPOSSIBLE",
  "picture.released",
  acts([
    [0, 0, 0],
    [-2, 1, -1],
    [1, 0, 1],
    [0, 0, 0],
    [-1, 1, 0],
  ]),
);
wrong(
  "sum",
  "COUNTS_IMPOSSIBLE",
  "picture.released",
  acts([
    [0, 0, 0],
    [2, 1, 3],
    [1, 0, 1],
    [0, 0, 0],
    [3, 1, 5],
  ]),
);
wrong("short", "COUNTS_IMPOSSIBLE", "picture.released", acts([[0, 0, 0]]));
wrong(
  "not-rounded",
  "COUNTS_IMPOSSIBLE",
  "picture.released",
  withTable({ cells: [...judged, [66, 35, 101]] }),
);
wrong(
  "under-threshold",
  "COUNTS_IMPOSSIBLE",
  "picture.released",
  withTable({ cells: [[5, null, null], ...judged.slice(1), [65, 35, 100]] }),
);
wrong("unknown-figure", "UNKNOWN_DEFINITION", "picture.released", withTable({ figure: "officers-tired" }));
wrong("unknown-version", "UNKNOWN_DEFINITION", "picture.released", withTable({ definition: 7 }));
wrong(
  "other-rows",
  "UNKNOWN_DEFINITION",
  "picture.released",
  withTable({ rows: [...axes.offence].reverse() }),
);
wrong(
  "without-noise",
  "UNKNOWN_DEFINITION",
  "picture.released",
  withTable({ protection: { threshold: 10, base: 5, epsilon: null } }),
);
wrong("month-not-over", "MONTH_NOT_OVER", "picture.released", withTable({ month: "2031-05" }));
wrong("no-month", "BAD_BODY", "picture.released", withTable({ month: "2031-13" }));
wrong("with-a-name", "BAD_BODY", "picture.released", { ...letter, officer: "EXERCISE" });
wrong(
  "fraction",
  "BAD_BODY",
  "picture.released",
  acts([
    [0.5, 0, 0],
    [2, 1, 3],
    [1, 0, 1],
    [0, 0, 0],
    [3, 1, 4],
  ]),
);
wrong("number-nought", "BAD_BODY", "picture.released", { ...letter, number: 0 });
wrong("called-back-without-a-word", "BAD_BODY", "picture.called-back", { ...back, reason: "" });
wrong("refused-by-no-code", "BAD_BODY", "picture.refused", { release, because: "I do not like it" });
