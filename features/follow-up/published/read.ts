// A published table row by row: its columns found by their heads in the region's languages, every number kept as it was written.
import { NodeCode, regionStates } from "@simpul/model";
import { FollowUpError } from "../contract.ts";
import { publishedLimits, type Measure, type PublishedRow, type ReadTable } from "../contract/published.ts";
import { contradictoryPlaces } from "./compare.ts";

export interface Sheet {
  name: string;
  rows: string[][];
}
/** ISO 3166-1 alpha-2 of a state by whatever name a list gives it; null where it is not understood. */
export type StateOf = (text: string) => string | null;

const heads = {
  state: /^(state|country|country or area|iso3 ?code|iso|negara|រដ្ឋ|ប្រទេស|bansa|estado)$/,
  year: /^(year|time ?period|tahun|ឆ្នាំ|taon)$/,
  measure: /^(indicator|figure|measure|statistic|indikator|angka|តួលេខ|sukatan)$/,
  value: /^(value|txtvalue|txt value|count|number|obs ?value|nilai|jumlah|ចំនួន|bilang)$/,
  note: /^(note|notes|footnote|footnotes|comment|catatan|កំណត់ចំណាំ|tala)$/,
  part: /^(dimension|category|sex|age|form of exploitation|citizenship|breakdown|rincian|ផ្នែក|bahagi)$/,
} as const;
type Column = keyof typeof heads;

const measureOf: readonly (readonly [RegExp, Measure])[] = [
  [/convict|terpidana|dihukum|ពិរុទ្ធ|nahatulan/, "convicted"],
  [/prosecut|dituntut|penuntutan|ចោទប្រកាន់|inusig/, "prosecuted"],
  [/arrest|ditangkap|penangkapan|ចាប់ខ្លួន|inaresto/, "arrested"],
  [/suspect|tersangka|សង្ស័យ|suspek/, "suspects"],
  [/victim|korban|ជនរងគ្រោះ|biktima/, "victims"],
  [/case|offence|offense|investigation|kasus|perkara|ករណី|kaso/, "cases"],
];
/** Words that say "all of them": no part of its own. */
const all = /^(total|all|both|all ages|jumlah|semua|សរុប|lahat|kabuuan|by .*)$/;

/** ISO 3166-1 alpha-3, and names that reports give in full. */
const inFull: readonly (readonly [RegExp, string])[] = [
  [/^BRN$|^brunei\b/i, "bn"],
  [/^IDN$|^republic of indonesia$/i, "id"],
  [/^KHM$|^kingdom of cambodia$/i, "kh"],
  [/^LAO$|^lao(s|tian)?\b.*/i, "la"],
  [/^MMR$|^burma$|^(republic of the union of )?myanmar\b.*/i, "mm"],
  [/^MYS$/i, "my"],
  [/^PHL$|^(republic of )?the philippines$/i, "ph"],
  [/^SGP$|^republic of singapore$/i, "sg"],
  [/^THA$|^kingdom of thailand$/i, "th"],
  [/^TLS$|^(democratic republic of )?timor[- ]leste$|^east timor$/i, "tl"],
  [/^VNM$|^(socialist republic of )?viet ?nam$/i, "vn"],
];
/** Rows about more than one state stand in many tables; they are about none of the eleven. */
const wider =
  /^(world|total|asean|asia|africa|americas?|europe|oceania|.*\b(asia|region|countries|africa|europe))$/i;

const plain = (cell: string): string =>
  cell
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replaceAll(/[_\s]+/g, " ");

interface Columns {
  at: number;
  of: Partial<Record<Exclude<Column, "part" | "state">, number>>;
  /** A code and a name may stand beside each other. */
  states: number[];
  parts: number[];
  /** Columns whose head is a year. */
  years: { at: number; year: number }[];
}

/** The head of a sheet, among its first twenty rows; null when there is none. */
function columnsOf(rows: readonly string[][]): Columns | null {
  for (const [at, row] of rows.slice(0, 20).entries()) {
    const found: Columns = { at, of: {}, states: [], parts: [], years: [] };
    for (const [nth, cell] of row.entries()) {
      const head = plain(cell);
      if (heads.part.test(head)) found.parts.push(nth);
      else if (heads.state.test(head)) found.states.push(nth);
      else if (/^(19|20)\d\d$/.test(head)) found.years.push({ at: nth, year: Number(head) });
      else
        for (const name of ["year", "measure", "value", "note"] as const)
          if (found.of[name] === undefined && heads[name].test(head)) found.of[name] = nth;
    }
    if (found.states.length > 0 && (found.of.year !== undefined || found.years.length > 0)) return found;
  }
  return null;
}

const digits = (text: string): string =>
  text
    .replaceAll(/[០-៩]/g, (one) => String(one.charCodeAt(0) - 0x17e0))
    .replaceAll(/[๐-๙]/g, (one) => String(one.charCodeAt(0) - 0x0e50));

/**
 * A number as tables write them: grouped by comma, point or space, with a mark of a footnote behind it, or `<5`. An
 * empty cell, a dash or "n/a" is no number and no fault. Null when it cannot be one: below nought, parts of persons.
 */
export function readCount(written: string): { count: number | null; below: number | null } | null {
  const text = digits(written.normalize("NFKC")).trim();
  if (/^(|-|–|—|\.\.+|…|n\/?a|na|nd|null)$/i.test(text)) return { count: null, below: null };
  const [, less, number] =
    /^(<|less than |fewer than |under )?\s*(\d{1,3}(?:[,.\u00a0\u202f ]\d{3})+|\d+)\s*(?:[*†‡§]+|\[\w{1,3}\]|\(\w{1,3}\)|[a-z])?$/i.exec(
      text,
    ) ?? [];
  if (number === undefined) return null;
  const count = Number(number.replaceAll(/\D/g, ""));
  if (count > publishedLimits.largest) return null;
  return less === undefined ? { count, below: null } : { count: null, below: count };
}

/**
 * Every row about a state of the region. Throws `TABLE_COLUMNS` where no head is found, `TABLE_ROW` with the first row
 * that cannot be read, its column and what stands there, `TABLE_EMPTY`, `TABLE_TOO_LARGE`.
 */
export function readTable(sheets: readonly Sheet[], stateOf: StateOf): ReadTable {
  const rows: PublishedRow[] = [];
  let elsewhere = 0;
  let headed = false;
  for (const sheet of sheets) {
    const columns = columnsOf(sheet.rows);
    if (columns === null) continue;
    headed = true;
    for (const [nth, cells] of sheet.rows.entries()) {
      if (nth <= columns.at || cells.every((cell) => cell.trim() === "")) continue;
      const read = readRow(cells, columns, { row: nth + 1, sheet: sheet.name, stateOf });
      if (read === null) elsewhere += 1;
      else rows.push(...read);
      if (rows.length > publishedLimits.rows)
        throw new FollowUpError("TABLE_TOO_LARGE", { most: publishedLimits.rows });
    }
  }
  if (!headed) throw new FollowUpError("TABLE_COLUMNS");
  if (rows.length === 0) throw new FollowUpError("TABLE_EMPTY", { elsewhere });
  return { rows, elsewhere, ...contradictoryPlaces(rows) };
}

function readRow(
  cells: readonly string[],
  { of, states, parts, years }: Columns,
  { row, sheet, stateOf }: { row: number; sheet: string; stateOf: StateOf },
): PublishedRow[] | null {
  const cell = (column: keyof Columns["of"]): string => {
    const at = of[column];
    return at === undefined ? "" : (cells[at] ?? "").trim();
  };
  const refuse = (column: string, stands: string): never => {
    throw new FollowUpError("TABLE_ROW", { row, sheet, column, stands: stands.slice(0, 80) });
  };
  const names = states.map((at) => (cells[at] ?? "").trim());
  const codes = names.map(
    (one) => stateOf(one)?.toLowerCase() ?? inFull.find(([name]) => name.test(one))?.[1],
  );
  const code = codes.find((one) => one !== undefined);
  if (code === undefined)
    return names.some((one) => wider.test(one)) ? null : refuse("state", names.join(" "));
  if (!(regionStates as readonly string[]).includes(code)) return null;
  const measure =
    measureOf.find(([pattern]) => pattern.test(plain(cell("measure"))))?.[1] ??
    refuse("measure", cell("measure"));
  const part = parts
    .map((at) => (cells[at] ?? "").trim())
    .filter((one) => one !== "" && !all.test(plain(one)))
    .join(" · ")
    .slice(0, 300);
  const kept = {
    ...{ row, sheet: sheet.slice(0, 100), state: NodeCode.parse(code), measure, part },
    note: cell("note").slice(0, 1000),
  };
  const one = (year: number, written: string): PublishedRow => {
    const read = readCount(written) ?? refuse("value", written);
    return { ...kept, year, written: written.slice(0, 60), ...read };
  };
  if (of.year === undefined) {
    // A year that is left blank was not published.
    return years.flatMap(({ at, year }) => {
      const written = (cells[at] ?? "").trim();
      return written === "" ? [] : [one(year, written)];
    });
  }
  const year = Number(/^\d{4}$/.test(digits(cell("year"))) ? digits(cell("year")) : NaN);
  if (!(year >= 1990 && year <= 2100)) return refuse("year", cell("year"));
  return [one(year, cell("value"))];
}
