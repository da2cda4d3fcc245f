// Phone numbers: international, with the caller's region, or of the country whose language the text speaks.
import type { CountryCode } from "libphonenumber-js/max";
import { normalise, phoneRegions, platformNamed, readPhone, type Normalised } from "@simpul/match/profiles";
import { candidate, type Candidate, type Page } from "./candidate.ts";
import { moneyBefore, orderWords, phoneWords, unitAfter } from "./context.ts";
import { rows, type Group, type Row } from "./digits.ts";

const extension =
  /^(?:\s?(?:,\s?)?(?:ext|extn|extension|ต่อ|sambungan|máy lẻ)[.: ]{0,2}\d{1,6}|\s?x ?\d{2,6}|\s?#\d{2,6})(?!\d)/iu;
const date =
  /^(?:\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20|25)?\d{2}|(?:19|20|25)\d{2}[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12]\d|3[01]))(?:\D|$)/;
const thousands = /^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*$/;
/** 1000-7000, 200-300: from this to that. */
const span = /^(\d{3,6}) ?- ?(\d{3,6})$/;
const clock = /^\d{1,2}\.\d{2} ?- ?\d{1,2}\.\d{2}$/;

/** How a mobile number begins inside its own country: enough to look twice, never enough to say whose it is. */
const nationalLook = /^(?:0\d{7,11}|1[3-9]\d{9}|[689]\d{7}|[2-9]\d{7,9})$/;

/** States outside the region whose national numbers look like the region's own: they make a number doubtful. */
const others: readonly CountryCode[] = [
  "GB",
  "AU",
  "JP",
  "KR",
  "BD",
  "PK",
  "LK",
  "NP",
  "AE",
  "TR",
  "NG",
  "KE",
  "ZA",
  "DE",
  "FR",
  "IT",
];

/** The same number stands in many adverts; reading it once is enough. Emptied when full, so memory stays flat. */
function remembered<Value>(
  read: (digits: string, region: string) => Value,
): (digits: string, region?: string) => Value {
  const known = new Map<string, Value>();
  return (digits, region = "") => {
    const key = `${region}/${digits}`;
    let value = known.get(key);
    if (value === undefined) {
      if (known.size >= 20_000) known.clear();
      value = read(digits, region);
      known.set(key, value);
    }
    return value;
  };
}
const asPhone = remembered((digits, region) => normalise("phone", digits, region === "" ? {} : { region }));
const withoutPlus = remembered((digits) => {
  const number = readPhone(digits, {});
  return { number: number?.number ?? null, mobile: number?.getType() === "MOBILE" };
});
/** The states whose plan has this national number; at most two, for two already leave it open. */
const claims = remembered((digits) => {
  const claimed: { number: string; region: CountryCode }[] = [];
  for (const region of [...phoneRegions, ...others]) {
    const number = readPhone(digits, { region });
    if (number?.country === region) claimed.push({ number: number.number, region });
    if (claimed.length === 2) break;
  }
  return claimed;
});

interface Budget {
  /** Groupings still to be tried. */
  left: number;
  /** Numbers still to be asked of every state's plan. */
  guesses: number;
}

interface Reading extends Normalised {
  weight: 1 | 2 | 3;
}

function said(before: string): string | null {
  const word = /([\p{L}\p{M}]+(?: ?app)?)[\s:：.()/#=+-]{0,4}(?:id|no|number)?[\s:：.()/#=+-]{0,4}$/iu.exec(
    before,
  )?.[1];
  const platform = word === undefined ? null : platformNamed(word);
  return platform?.phones ? platform.id : null;
}

/** One row of groups, read as a phone; null when it is rather something else. */
function reading(page: Page, budget: Budget, text: string, at: Group, plus: boolean): Reading | null {
  const written = text.slice(at.start, at.end);
  const digits = written.replace(/\D/g, "");
  if (digits.length < 7 || digits.length > 17) return null;
  if (plus || (digits.startsWith("00") && digits.length > 10)) {
    const value = asPhone(plus ? `+${digits}` : digits);
    return value.valid ? { ...value, weight: 3 } : null;
  }
  // Extended readings below are for rows that could be numbers of the region at all.
  const before = text.slice(Math.max(0, at.start - 40), at.start);
  const named = phoneWords.test(before);
  const after = text.slice(at.end, at.end + 12);
  if (date.test(written + after.slice(0, 1)) || clock.test(written)) return null;
  const range = span.exec(written);
  if (
    range &&
    !written.startsWith("0") &&
    (Number(range[1]) % 100 === 0 || range[1]!.length !== range[2]!.length)
  )
    return null;
  if (
    !named &&
    (thousands.test(written) || moneyBefore.test(before) || unitAfter.test(after) || orderWords.test(before))
  )
    return null;
  // Two full stops inside a short number: a version, an address, a measure.
  if (!named && /^\d{1,3}\.\d{1,3}\.\d{1,3}(?:\.\d{1,3})?$/.test(written) && !written.startsWith("0"))
    return null;
  if (/^(\d)\1+$/.test(digits)) return null;
  if (page.region !== null) {
    const value = asPhone(digits, page.region);
    if (value.valid && (named || !/^\d{7,8}$/.test(written) || nationalLook.test(digits)))
      return { ...value, weight: named ? 3 : 2 };
  }
  return plusless(digits, named) ?? inferred(page, budget, at.start, digits, written, named, before);
}

/** 62812… and its like, without the plus: mobile numbers of the region only, unless the words around say phone. */
function plusless(digits: string, named: boolean): Reading | null {
  if (digits.startsWith("0") || digits.length < 10) return null;
  const { number, mobile } = withoutPlus(digits);
  if (number === null || !(named || (digits.length > 10 && mobile))) return null;
  return { ...asPhone(number), weight: named ? 3 : 1 };
}

function inferred(
  page: Page,
  budget: Budget,
  start: number,
  digits: string,
  written: string,
  named: boolean,
  before: string,
): Reading | null {
  if (!nationalLook.test(digits)) return null;
  const spoken = said(before) === "zalo" ? "VN" : page.home(start);
  // Only a trunk zero, a Chinese mobile or the word itself makes bare digits a number of the country spoken.
  const marked = digits.startsWith("0") || named || (spoken === "CN" && digits.length === 11);
  if (!marked) return null;
  if (spoken !== null) {
    const value = asPhone(digits, spoken);
    if (value.valid) return { ...value, reason: "REGION_INFERRED", weight: 2 };
  }
  if (!named && digits.length < 10 && !/\D/.test(written)) return null;
  if (budget.guesses-- <= 0) return null;
  const claimed = claims(digits);
  const [first] = claimed;
  // Whoever writes Burmese or Thai gives no German number without its country: a digit too many is a slip, and stays one.
  const strange = spoken !== null && first !== undefined && others.includes(first.region);
  if (claimed.length === 1 && !strange)
    return { ...asPhone(first!.number), reason: "REGION_INFERRED", weight: named ? 2 : 1 };
  if (!named) return null;
  return {
    ...asPhone(digits),
    valid: false,
    canonical: digits,
    reason: claimed.length > 1 ? "REGION_AMBIGUOUS" : "NO_REGION",
    weight: 1,
  };
}

/**
 * Nothing on either side that makes the row part of a longer thing: a code, a hash, a USSD string, a decimal. A comma
 * is no decimal sign beside what begins with a plus or a trunk zero: it is the next column of a table.
 */
function standsAlone(text: string, at: Group): boolean {
  const column = /^(?:\+|0\d)/.test(text.slice(at.start, at.start + 2)) && at.end - at.start >= 9;
  const before = text.slice(Math.max(0, at.start - 24), at.start);
  if (/[*#_$%&=~^@]$/.test(before) || (column ? /\d[.:]$/ : /\d[.,:]$/).test(before)) return false;
  if (/[a-z]$/i.test(before) && !phoneWords.test(before)) return false;
  const after = text.slice(at.end, at.end + 24);
  if (/^(?:[*#_%@^]|\+\d{0,3}$)/.test(after) || (column ? /^[.:]\d/ : /^[.,:]\d/).test(after)) return false;
  return !/^[a-z]/i.test(after) || /^(?:x\s?\d|ext)/i.test(after) || /^[a-z]{2,}(?![a-z]*\d)/i.test(after);
}

/** A number of so many digits is one number of some state: a part of it that a hyphen goes on from is not another's. */
const longestNational = 13;

function* inRow(page: Page, row: Row, size: number, budget: Budget): Generator<Candidate> {
  const { text } = page.folded;
  const goesOn = (last: number): boolean => {
    const next = row.groups[last + 1];
    return (
      next !== undefined &&
      size <= longestNational &&
      next.end - next.start >= 3 &&
      text.slice(row.groups[last]!.end, next.start) === "-"
    );
  };
  for (let first = 0; first < row.groups.length;) {
    const plus = first === 0 && row.plus !== null;
    let next = first + 1;
    for (let last = row.groups.length - 1; last >= first; last--) {
      const open = row.groups[first]!.start;
      const bracket =
        !plus && text[open - 1] === "(" && text.slice(open, row.groups[last]!.end).includes(")");
      const at = { start: plus ? row.plus! : bracket ? open - 1 : open, end: row.groups[last]!.end };
      // Twenty-four places hold any number of at most 17 digits that is not spelled out digit by digit.
      if (at.end - at.start > 44 || budget.left <= 0 || goesOn(last)) continue;
      const bare = { start: open, end: at.end };
      if (!standsAlone(text, { start: at.start, end: at.end })) continue;
      budget.left--;
      const read = reading(page, budget, text, bare, plus);
      if (!read) continue;
      const more = extension.exec(text.slice(at.end, at.end + 24))?.[0] ?? "";
      const platform = said(text.slice(Math.max(0, at.start - 24), at.start));
      const span = { start: at.start, end: at.end + more.length };
      yield candidate("phone", span, read, read.weight, platform === null ? {} : { platform });
      next = last + 1;
      break;
    }
    first = next;
  }
}

export function* phones(page: Page): Generator<Candidate> {
  const { text } = page.folded;
  // Each try costs microseconds; a text made of nothing but digits pays with findings, not with time.
  const budget = {
    left: 2_000 + Math.floor(text.length / 6),
    guesses: 1_000 + Math.floor(text.length / 200),
  };
  for (const row of rows(text)) {
    const size = row.groups.reduce((sum, group) => sum + group.end - group.start, 0);
    if (size >= 7) yield* inRow(page, row, size, budget);
  }
}
