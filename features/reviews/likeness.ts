// Whether two may be one person: documents, phones, names across scripts and spellings, days of birth. Reasons, never a score.
import type { ReviewedPerson, Why } from "./contract.ts";

const hidden = /[\u200b-\u200d\u2060\ufeff]/gu;
const latin = /^[\p{Script=Latin}\p{M}\p{P}\p{N}\s]+$/u;

/** Case, accents, points and spaces away; other scripts keep their marks, which are their vowels. */
export function fold(name: string): string {
  const plain = name.normalize("NFKC").replaceAll(hidden, "").toLowerCase().trim();
  const text = latin.test(plain) ? plain.normalize("NFD").replaceAll(/\p{M}/gu, "") : plain;
  return text.replaceAll(/[\p{P}\s]+/gu, " ").trim();
}

/** Spellings that passports and own hands vary in the region: doubled letters, aspirates, y/i, w/v, k/c/q, z/j … */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/ph|pf/g, "f"],
  [/([bcdgjkpt])h/g, "$1"],
  [/[cq]/g, "k"],
  [/[jz]/g, "s"],
  [/[wb]/g, "v"],
  [/y/g, "i"],
  [/ou|oo|oe/g, "u"],
  [/ae|ee|ea/g, "e"],
  [/(.)\1+/g, "$1"],
];
const word = (text: string): string => spellings.reduce((all, [from, to]) => all.replaceAll(from, to), text);

/** What of a word stays when its vowels are heard differently. */
const bones = (text: string): string => {
  const one = word(text);
  return (one[0] ?? "") + one.slice(1).replaceAll(/[aeiou]/g, "");
};

/** One form per way a name can be found by: words in any order, spelled alike. A single name is a whole name. */
export function nameKeys(name: string): string[] {
  const folded = fold(name);
  if (folded === "") return [];
  if (!latin.test(folded)) return [`o:${folded.replaceAll(" ", "")}`];
  const words = folded.split(" ").filter((one) => one !== "");
  const keys = new Set([`o:${words.toSorted().join(" ")}`, `s:${words.map(bones).toSorted().join(" ")}`]);
  // Patronymics and middle names are left out at one desk and written at the other: two words of it are enough to look.
  for (let i = 0; i < Math.min(words.length, 5); i++)
    for (let j = i + 1; j < Math.min(words.length, 5); j++)
      keys.add(`p:${[bones(words[i]!), bones(words[j]!)].toSorted().join(" ")}`);
  return [...keys];
}

const writtenNames = (person: Pick<ReviewedPerson, "names">): string[] =>
  person.names.flatMap(({ text, romanised }) => (romanised === undefined ? [text] : [text, romanised]));

/**
 * The numbers of documents, whatever kind of paper and whoever issued it: who wrote one down did not always know. Where there is
 * no number in it nothing is alike.
 */
const numbersOf = ({ documents }: ReviewedPerson): string[] =>
  documents.map((one) => one.split(":").at(-1)!).filter((one) => /^(?=.*\d).{5,}$/.test(one));

/** Everything by which a person can be found, for an index: `document:…`, `phone:…`, `name:…`. */
export function findKeys(person: ReviewedPerson): string[] {
  return [
    ...numbersOf(person).map((one) => `document:${one}`),
    ...person.phones.map((one) => `phone:${one}`),
    ...new Set(
      writtenNames(person)
        .flatMap(nameKeys)
        .map((one) => `name:${one}`),
    ),
  ];
}

function nameLike(a: ReviewedPerson, b: ReviewedPerson): "name-same" | "name-near" | null {
  const [ours, theirs] = [writtenNames(a).flatMap(nameKeys), new Set(writtenNames(b).flatMap(nameKeys))];
  const shared = ours.filter((one) => theirs.has(one));
  if (shared.some((one) => one.startsWith("o:"))) return "name-same";
  return shared.length > 0 ? "name-near" : null;
}

/** Days as far as both know them; `near`: day and month changed places, a year beside, or counted from the Buddha. */
export function birthLike(a: string | null, b: string | null): "same" | "near" | "unknown" | "differs" {
  if (a === null || b === null || a === "" || b === "") return "unknown";
  const [one, two] = [a.split("-"), b.split("-")];
  const known = Math.min(one.length, two.length);
  const alike = (x: readonly string[], y: readonly string[]): boolean =>
    x.slice(0, known).join("-") === y.slice(0, known).join("-");
  if (alike(one, two)) return "same";
  return nearDays(one).some((each) => alike(each, two)) || nearDays(two).some((each) => alike(each, one))
    ? "near"
    : "differs";
}

function nearDays([year, ...rest]: readonly string[]): string[][] {
  const beside = [1, -1, 543, -543].map((to) => [String(Number(year) + to), ...rest]);
  return rest.length === 2 ? [[year!, rest[1]!, rest[0]!], ...beside] : beside;
}

/**
 * Why a caseworker should look at these two side by side, what speaks against it among the reasons; empty when nothing
 * calls for a look. A name alone never does where the day of birth or every nationality differs.
 */
export function likeness(a: ReviewedPerson, b: ReviewedPerson): Why[] {
  const why: Why[] = [];
  const shares = (x: readonly string[], y: readonly string[]): boolean => x.some((one) => y.includes(one));
  if (shares(numbersOf(a), numbersOf(b))) why.push("document-same");
  if (shares(a.phones, b.phones)) why.push("phone-same");
  const strong = why.length > 0;
  const birth = birthLike(a.birth, b.birth);
  // Names last: most who share a word of a name are born on other days.
  if (!strong && birth === "differs") return [];
  const name = nameLike(a, b);
  if (name !== null) why.push(name);
  why.push(`birth-${birth}`);
  const both = a.nationalities.length > 0 && b.nationalities.length > 0;
  const nation = !both ? null : shares(a.nationalities, b.nationalities) ? "same" : "differs";
  if (nation !== null) why.push(`nationality-${nation}`);
  if (strong) return why;
  if (name === null) return [];
  if (name === "name-near") return birth === "same" || (birth === "near" && nation === "same") ? why : [];
  return birth === "unknown" && nation === "differs" ? [] : why;
}
