// Bank accounts: digits beside a bank's name or the word for account, IBANs, UnionPay cards.
import { banksNamed, ibanCountries, luhn, normalise } from "@simpul/match/profiles";
import { candidate, type Candidate, type Page } from "./candidate.ts";
import { accountWords, bankWords, phoneWords } from "./context.ts";
import { rows, type Group } from "./digits.ts";

const iban = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g;

/** How far before the digits the last such word ends, or null. */
function since(before: string, words: RegExp): number | null {
  let far: number | null = null;
  for (const hit of before.matchAll(words)) far = before.length - hit.index - hit[0].length;
  return far;
}

/** Names that are also ordinary words count only beside the word for account or when the digits touch them. */
const ordinary =
  /^(?:dana|maya|wing|mega|neo|jago|ovo|aba|cb|mb|bay|abc|boc|alliance|prince|aya|base|tng|maybank|acb|vib|stb|momo|bni|bri)$/i;

function* beside(page: Page, at: Group): Generator<Candidate> {
  const { text } = page.folded;
  const written = text.slice(at.start, at.end);
  const digits = written.replace(/\D/g, "");
  // Names are looked for on the same line: sixty places before, forty behind.
  const before = text
    .slice(Math.max(0, at.start - 60), at.start)
    .split("\n")
    .at(-1)!;
  const after = text.slice(at.end, at.end + 40).split("\n")[0]!;
  const word = since(before, accountWords);
  const talk = word ?? since(before, bankWords);
  const left = banksNamed(before).map((one) => ({
    bank: one.bank,
    far: before.length - one.end,
    name: one.name,
  }));
  const right = banksNamed(after).map((one) => ({ bank: one.bank, far: one.start, name: one.name }));
  const here = page.region ?? page.home(at.start);
  const near = [...left, ...right]
    .filter((one) => talk !== null || one.far <= (ordinary.test(one.name) ? 3 : 25))
    .sort((a, b) => Number(b.bank.country === here) - Number(a.bank.country === here) || a.far - b.far);
  // "Call 09…", "โทร 02…": a phone of the bank, unless the account is a phone number itself.
  const called = phoneWords.test(before) && !(word !== null && word < 6);
  for (const { bank } of near) {
    const value = normalise("account", `${bank.country}:${bank.id}:${written}`);
    if (!value.valid || (called && !bank.phone)) continue;
    yield candidate("account", at, value, word !== null ? 3 : 2);
    return;
  }
  if (called) return;
  if (/^62\d{14,17}$/.test(digits) && luhn(digits) && (word !== null || /卡|card/i.test(before))) {
    yield candidate("account", at, normalise("account", digits), 3);
    return;
  }
  // The word for account stands right before it, but which bank's it is remains open.
  const between = word === null ? "" : before.slice(before.length - word);
  if (
    word === null ||
    word > 24 ||
    /\d/.test(between) ||
    /statement|for|with|hold|balance/i.test(between) ||
    digits.length < 8
  )
    return;
  const bank = near[0]?.bank;
  const hints = here === null ? {} : { region: here };
  const value = bank
    ? normalise("account", `${bank.country}:${bank.id}:${written}`)
    : normalise("account", digits, hints);
  yield candidate("account", at, value, 2);
}

export function* accounts(page: Page): Generator<Candidate> {
  const { text } = page.folded;
  for (const hit of text.matchAll(iban)) {
    const value = normalise("account", hit[0]);
    const span = { start: hit.index, end: hit.index + hit[0].length };
    if (value.valid) yield candidate("account", span, value, 3);
    else if (
      ibanCountries.includes(hit[0].slice(0, 2)) &&
      /iban/i.test(text.slice(Math.max(0, hit.index - 12), hit.index))
    )
      yield candidate("account", span, value, 2);
  }
  for (const row of rows(text)) {
    // Account numbers are written in one piece or with single hyphens, dots or spaces.
    const from = row.groups[0]!.start;
    const to = row.groups.at(-1)!.end;
    if (
      row.plus !== null ||
      to - from > 40 ||
      /[A-Za-z0-9*#_]$/.test(text.slice(Math.max(0, from - 1), from))
    )
      continue;
    const size = row.groups.reduce((sum, group) => sum + group.end - group.start, 0);
    if (size >= 6 && size <= 20 && /^[\d .-]+$/.test(text.slice(from, to)))
      yield* beside(page, { start: from, end: to });
  }
}
