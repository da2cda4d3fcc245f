// Finding a person at the open desk however her name is spelt, in whatever script, with a date of any calendar. Nothing of it
// leaves the desk or outlives the book: what was worked out of a name hangs on the person in memory.
import { compareParts, partsOf } from "@simpul/match/names";
import type { Person } from "./contract.ts";
import { finds, readBirth, wordsOf } from "./rules.ts";

/** `exact`: every word stands in what is known of her. `alike`: her name may be written so; a caseworker looks. */
export type Found = "exact" | "alike";

interface Known {
  words: string;
  names: string[][] | null;
}
/** A person is folded anew when something about her changes, so that what is kept here is never old. */
const known = new WeakMap<Person, Known>();
function knownOf(person: Person): Known {
  const there = known.get(person) ?? { words: wordsOf(person), names: null };
  known.set(person, there);
  return there;
}
const namesOf = (person: Person): string[][] =>
  (knownOf(person).names ??= person.facts.names
    .map(({ text }) => partsOf(text))
    .filter((parts) => parts.length > 0));

const like = (a: string, b: string): boolean => compareParts([a], [b]).likeness !== "other";

/** Every asked part is like a part of its own; one name alone is found among several, on either side. */
function named(asked: readonly string[], name: readonly string[]): boolean {
  if (compareParts(asked, name).likeness !== "other") return true;
  if (name.length === 1) return asked.some((part) => like(part, name[0]!));
  const free = [...name];
  return asked.every((part) => {
    const at = free.findIndex((one) => like(part, one));
    if (at >= 0) free.splice(at, 1);
    return at >= 0;
  });
}

/** What is asked, read once for all people: words as they are, the parts of a name, a date of birth. */
export function finder(question: string, now: Date): (person: Person) => Found | null {
  const words = question.trim().split(/\s+/u);
  const dated = words.filter((word) => /^[\p{Nd}\p{P}]+$/u.test(word));
  const born = dated.length === 0 ? null : readBirth(dated.join(" "), now).read;
  const spelt = words.filter((word) => !dated.includes(word)).join(" ");
  const asked = partsOf(spelt);
  /** A year stands for any day in it, on both sides. */
  const bornThen = ({ facts }: Person): boolean => {
    const read = facts.born?.read ?? null;
    return born !== null && read !== null && (read.startsWith(born) || born.startsWith(read));
  };
  return (person) => {
    const exactly = (text: string): boolean => finds(knownOf(person).words, text);
    if (exactly(question)) return "exact";
    if (dated.length > 0 && !bornThen(person) && !exactly(dated.join(" "))) return null;
    if (spelt === "" || exactly(spelt)) return "exact";
    return asked.length > 0 && namesOf(person).some((name) => named(asked, name)) ? "alike" : null;
  };
}
