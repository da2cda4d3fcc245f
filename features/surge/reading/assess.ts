// A table becomes a list of people: each row read, what is doubtful said beside it, and stated totals held against the rows.
import { partsOf } from "@simpul/match/names";
import { SurgeError, type RowIssue, type Total, type Zawgyi } from "../contract.ts";
import { columnsOf, headingRow, type Field } from "./columns.ts";
import { readBorn, type Born } from "./dates.ts";
import type { StateReader } from "./states.ts";

export interface Row {
  /** The row of its sheet, counted from 1 as people see it. */
  row: number;
  sheet: string;
  /** As in the list, by heading; nothing is thrown away. */
  written: Record<string, string>;
  name: string;
  /** Latin letters beside it, where the list has both. */
  born: Born | null;
  age: number | null;
  sex: "female" | "male" | "other" | "not-said";
  /** ISO code, `stateless`, or null. */
  nationality: string | null;
  language: string;
  document: string;
  phone: string;
  issues: RowIssue[];
}

export interface Assessed {
  rows: Row[];
  totals: Total[];
  statesAddUpTo: number | null;
  columns: Record<string, string>;
}

export const mostRows = 20_000;

interface Sheet {
  name: string;
  rows: string[][];
}
export interface Reading {
  states: StateReader;
  zawgyi: Zawgyi;
  now: Date;
}

/** Throws `NOT_A_LIST` where no heading row is found, `NO_NAMES_IN_IT`, `LIST_TOO_LONG`. */
export function assess(sheets: readonly Sheet[], reading: Reading): Assessed {
  const rows: Row[] = [];
  const loose: { text: string[]; at: string }[] = [];
  const columns: Record<string, string> = {};
  let found = false;
  for (const sheet of sheets) {
    const head = headingRow(sheet.rows);
    const at = (i: number): string => `${sheet.name === "" ? "" : `${sheet.name} `}${i + 1}`;
    if (head === null) {
      // A sheet of totals alone, or a title page.
      sheet.rows.forEach((text, i) => loose.push({ text, at: at(i) }));
      continue;
    }
    found = true;
    const headings = sheet.rows[head]!;
    const fields = columnsOf(headings);
    for (const [field, column] of fields) columns[field] ??= headings[column]!;
    sheet.rows.forEach((cells, i) => {
      if (i === head) return;
      if (i < head || isTotal(cells, fields, reading)) loose.push({ text: cells, at: at(i) });
      else if (cells.some((cell) => cell !== ""))
        rows.push(readRow(cells, { headings, fields, row: i + 1, sheet: sheet.name }, reading));
    });
  }
  if (!found) throw new SurgeError("NOT_A_LIST");
  if (rows.every((row) => row.name === "")) throw new SurgeError("NO_NAMES_IN_IT");
  if (rows.length > mostRows) throw new SurgeError("LIST_TOO_LONG", String(rows.length));
  const totals = totalsIn(loose, rows, reading);
  const states = totals.filter((one) => /^[A-Z]{2}$|^stateless$/.test(one.of));
  const sum = states.reduce((all, one) => all + one.stated, 0);
  const whole = totals.find((one) => one.of === "all")?.stated ?? rows.length;
  return { rows, totals, statesAddUpTo: states.length > 1 && sum !== whole ? sum : null, columns };
}

const totalWord =
  /^(grand |sub ?)?totals?\b|^jumlah\b|^total |^sum\b|รวม|សរុប|tổng|ລວມ|စုစုပေါင်း|合计|总计|共计|மொத்தம்|^kabuuan/i;

/** A row that states a number of people, and is none itself. */
function isTotal(cells: readonly string[], fields: ReadonlyMap<Field, number>, { states }: Reading): boolean {
  const said = cells.filter((cell) => cell !== "");
  if (said.length === 0 || !said.some((cell) => countIn(cell) !== null)) return false;
  if (said.some((cell) => totalWord.test(cell))) return true;
  // "Viet Nam | 572" under the people, in whatever columns.
  const name = cells[fields.get("name") ?? -1] ?? "";
  return (
    said.length === 2 &&
    countIn(said[1]!) !== null &&
    states.read(said[0]!) !== null &&
    countIn(name) === null
  );
}

function countIn(cell: string): number | null {
  const found =
    /^(?:.*?[:=]\s*)?(\d{1,3}(?:[,.]\d{3})+|\d{1,6})(?:\s*(?:people|persons?|orang|คน|នាក់|người|ຄົນ|ဦး|人|pax|pessoas|tao))?\.?$/i.exec(
      cell.trim(),
    );
  return found === null ? null : Number(found[1]!.replace(/[,.]/g, ""));
}

const sexes: readonly (readonly [RegExp, Row["sex"]])[] = [
  [
    /^(f|fem|female|woman|women|girl|p|perempuan|wanita|หญิง|ญ|ស្រី|nữ|ຍິງ|မ|အမျိုးသမီး|女|பெண்|feminino|babae)$/i,
    "female",
  ],
  [
    /^(m|male|man|men|boy|l|lk|laki-laki|laki|lelaki|pria|ชาย|ช|ប្រុស|nam|ຊາຍ|ကျား|အမျိုးသား|男|ஆண்|masculino|lalaki)$/i,
    "male",
  ],
  [/^(o|x|other|lainnya|lain|อื่น|อื่นๆ|ផ្សេង|khác|ອື່ນ|其他|outro|iba)$/i, "other"],
];
const sexOf = (cell: string): Row["sex"] =>
  sexes.find(([words]) => words.test(cell.trim()))?.[1] ?? "not-said";

function totalsIn(
  loose: readonly { text: string[]; at: string }[],
  rows: readonly Row[],
  { states }: Reading,
): Total[] {
  const totals: Total[] = [];
  const put = (of: string, stated: number, at: string): void => {
    if (totals.some((one) => one.of === of)) return;
    const counted =
      of === "all"
        ? rows.length
        : rows.filter((row) => (of === "female" || of === "male" ? row.sex === of : row.nationality === of))
            .length;
    totals.push({ of, stated, counted, at });
  };
  for (const { text, at } of loose) {
    const said = text.filter((cell) => cell !== "");
    // "Total: 312 people (6,716 M, 425 F)" in one cell, or a word beside its number.
    const line = said.join(" ");
    for (const [, count, letter] of line.matchAll(
      /([\d,.]*\d)\s*(male|female|m|f|l|p|ชาย|หญิง|nam|nữ|男|女)\b/giu,
    ))
      put(sexOf(letter!) === "female" ? "female" : "male", Number(count!.replace(/[,.]/g, "")), at);
    const count = said.map(countIn).find((one) => one !== null) ?? numberAfter(line);
    if (count === null) continue;
    const state = said
      .map((cell) => states.read(cell.replace(/[:=]?\s*[\d,.]+.*$/, "")))
      .find((one) => one !== null);
    if (state !== undefined) put(state, count, at);
    else if (said.some((cell) => totalWord.test(cell.trim()))) put("all", count, at);
  }
  return totals;
}

const numberAfter = (line: string): number | null => {
  if (!totalWord.test(line.trim())) return null;
  const found = /(\d{1,3}(?:[,.]\d{3})+|\d{1,6})/.exec(line);
  return found === null ? null : Number(found[1]!.replace(/[,.]/g, ""));
};

function readRow(
  cells: readonly string[],
  at: { headings: readonly string[]; fields: ReadonlyMap<Field, number>; row: number; sheet: string },
  reading: Reading,
): Row {
  const issues = new Set<RowIssue>();
  const cell = (field: Field): string => {
    const text = cells[at.fields.get(field) ?? -1] ?? "";
    if (reading.zawgyi.likelihood(text) < 0.95) return text.normalize("NFC");
    issues.add("zawgyi");
    return reading.zawgyi.toUnicode(text).normalize("NFC");
  };
  const name = (cell("name") || [cell("given"), cell("family")].filter((one) => one !== "").join(" ")).slice(
    0,
    200,
  );
  if (name === "") issues.add("no-name");
  else if (partsOf(name).length === 1) issues.add("mononym");
  const born = readBorn(cell("born"), reading.now);
  for (const issue of born?.issues ?? []) issues.add(issue);
  const said = cell("nationality");
  const nationality = reading.states.read(said);
  if (said === "") issues.add("no-nationality");
  else if (nationality === null) issues.add("nationality-unread");
  const document = cell("document");
  if (document !== "" && !/[\dA-Za-z]{5,}/.test(document.replace(/[\s./-]/g, "")))
    issues.add("document-unread");
  const age = ageIn(cell("age"));
  for (const issue of ageIssues(born?.born ?? null, age, cells, reading.now)) issues.add(issue);
  const written = Object.fromEntries(
    at.headings
      .map((heading, i) => [heading === "" ? `#${i + 1}` : heading.slice(0, 100), cells[i] ?? ""] as const)
      .filter(([, text]) => text !== ""),
  );
  return {
    ...{ row: at.row, sheet: at.sheet, written, name, age, nationality, document },
    born: born?.born ?? null,
    sex: sexOf(cell("sex")),
    language: cell("language"),
    phone: cell("phone"),
    issues: [...issues],
  };
}

const ageIn = (cell: string): number | null => {
  const found = /^(\d{1,3})\b/.exec(cell.trim());
  const age = found === null ? null : Number(found[1]);
  return age !== null && age <= 120 ? age : null;
};

/** Years since then, the youngest she can be; null where the date was not read. */
export function youngest(born: Born | null, now: Date): number | null {
  if (born === null || born.read === null) return null;
  const [year, month = 12, day = 28] = born.read.split("-").map(Number) as [number, number?, number?];
  const had = now.getUTCMonth() + 1 > month || (now.getUTCMonth() + 1 === month && now.getUTCDate() >= day);
  return now.getUTCFullYear() - year - (had ? 0 : 1);
}

const adultWord = /\b(adult|dewasa)\b|ผู้ใหญ่|មនុស្សពេញវ័យ|người lớn|ຜູ້ໃຫຍ່|成年|\bmay sapat na gulang\b/i;

/** Doubt counts as child; a child whom the list calls an adult is shown first. */
function ageIssues(born: Born | null, age: number | null, cells: readonly string[], now: Date): RowIssue[] {
  const byDate = youngest(born, now);
  const child = (byDate !== null && byDate < 18) || (age !== null && age < 18);
  const calledAdult =
    (age !== null && age >= 18) || cells.some((cell) => cell.length < 40 && adultWord.test(cell));
  const issues: RowIssue[] = [];
  if (child) issues.push(calledAdult ? "child-as-adult" : "child");
  if (byDate !== null && age !== null && Math.abs(byDate - age) > 1) issues.push("age-differs");
  return issues;
}
