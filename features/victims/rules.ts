// At the desk's door: dates of birth as people write them, names for finding, what is masked, who may be the same person.
import type { Facts } from "./kinds.ts";
import type { Person } from "./contract.ts";

export { testimonyPart } from "./people.ts";

const digitsOf = /[\u0660-\u0669\u06f0-\u06f9\u0e50-\u0e59\u0ed0-\u0ed9\u1040-\u1049\u17e0-\u17e9]/g;
const zeros = [0x0660, 0x06f0, 0x0e50, 0x0ed0, 0x1040, 0x17e0];
/** Thai, Lao, Burmese and Khmer digits as ours. */
const plainDigits = (text: string): string =>
  text.normalize("NFKC").replace(digitsOf, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - zeros.findLast((one) => one <= code)!);
  });

type Born = NonNullable<Facts["born"]>;

/** Years at most that somebody may have lived. */
const longestLife = 120;

/**
 * A date of birth as it was written: a year, a month, a day, day first where there is no other sign. A year that lies
 * in the Buddhist era (2400 and later) is read as one. `read` is null for what is no date, or none of a living person:
 * it is kept as it was said, and counts for nothing.
 */
export function readBirth(written: string, now: Date): Born {
  const plain = plainDigits(written)
    .replaceAll(/[^0-9]+/g, " ")
    .trim();
  const parts = plain === "" ? [] : plain.split(" ").map(Number);
  const unread: Born = { written, read: null, calendar: "unclear" };
  const yearAt = parts.findIndex((one) => one >= 1000);
  if (yearAt < 0 || parts.length > 3 || parts.filter((one) => one >= 1000).length > 1) return unread;
  const said = parts[yearAt]!;
  const buddhist = said >= 2400;
  const year = buddhist ? said - 543 : said;
  const thisYear = now.getUTCFullYear();
  if (year > thisYear || year < thisYear - longestLife) return unread;
  const rest = parts.filter((_, nth) => nth !== yearAt);
  const [month, day] = yearAt === 0 ? rest : rest.toReversed();
  const calendar = buddhist ? ("buddhist" as const) : ("common" as const);
  const two = (value: number): string => String(value).padStart(2, "0");
  if (month === undefined) return { written, read: String(year), calendar };
  if (month < 1 || month > 12) return unread;
  if (day === undefined) return { written, read: `${year}-${two(month)}`, calendar };
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || date > now) return unread;
  return { written, read: `${year}-${two(month)}-${two(day)}`, calendar };
}

/** Small letters, no accents on Latin ones, no marks that are not seen; other scripts keep every sign. */
export const folded = (text: string): string =>
  text
    .normalize("NFKD")
    .replaceAll(/(?<=[\p{Script=Latin}])\p{M}+/gu, "")
    .normalize("NFKC")
    .replaceAll(/[\u200b-\u200d\u2060\ufeff]/g, "")
    .toLowerCase()
    .replaceAll(/\s+/g, " ")
    .trim();

/** Fields that stand masked until somebody asks for them with a reason. */
export const maskedFields = ["contacts", "documents", "place", "heldAt", "note"] as const;
export type MaskedField = (typeof maskedFields)[number];

/** All by which she is found: names in every script, her reference, papers, ways to reach her. */
export const wordsOf = ({ facts, pseudonym }: Person): string =>
  folded(
    [
      ...facts.names.map(({ text }) => text),
      ...[pseudonym, pseudonym.replaceAll("-", "")],
      ...facts.documents.map(({ number }) => number),
      ...facts.contacts.map(({ text }) => text),
    ].join("\n"),
  );

/** Every word of the question stands somewhere in what is known of her. */
export const finds = (words: string, question: string): boolean =>
  folded(question)
    .split(" ")
    .every((word) => words.includes(word));

export type Alike = "document" | "contact" | "name";

/** People who share a paper, a way to reach them, or a whole name; no score, and a person decides. */
export function alike(people: Iterable<Person>): { one: Person; other: Person; by: Alike }[] {
  const signs = new Map<string, { by: Alike; people: Person[] }>();
  const sign = (by: Alike, text: string, person: Person): void => {
    const key = `${by} ${folded(text).replaceAll(by === "name" ? /\s/g : /[^\p{L}\p{N}]/gu, "")}`;
    if (key.length < by.length + 4) return;
    const there = signs.get(key) ?? { by, people: [] };
    if (!there.people.includes(person)) there.people.push(person);
    signs.set(key, there);
  };
  for (const person of people) {
    for (const { number } of person.facts.documents) sign("document", number, person);
    for (const { text } of person.facts.contacts) sign("contact", text, person);
    for (const { text } of person.facts.names) sign("name", text, person);
  }
  const pairs = new Map<string, { one: Person; other: Person; by: Alike }>();
  for (const { by, people: some } of signs.values()) {
    // A name that very many bear says nothing.
    if (some.length > 20) continue;
    for (const [nth, one] of some.entries())
      for (const other of some.slice(nth + 1)) {
        if (by === "name" && !fitsBirth(one, other)) continue;
        const key = [one.id, other.id].sort().join(" ");
        if (!pairs.has(key)) pairs.set(key, { one, other, by });
      }
  }
  return [...pairs.values()];
}

const fitsBirth = (one: Person, other: Person): boolean => {
  const a = one.facts.born?.read?.slice(0, 4);
  const b = other.facts.born?.read?.slice(0, 4);
  return a === undefined || b === undefined || Math.abs(Number(a) - Number(b)) <= 1;
};
