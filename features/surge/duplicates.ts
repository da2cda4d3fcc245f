// Who may be one person twice: by document, date of birth and name across scripts. Reasons are shown; an officer decides.
import { compareParts, nameKeys, partsOf, skeleton, type Likeness } from "@simpul/match/names";
import type { Id } from "@simpul/model";
import { entriesOf, type AtDesk, type Person } from "../victims/contract.ts";
import { SurgeError } from "./contract.ts";
import { apartKind, listedKind } from "./kinds.ts";
import { open, type SurgeNode } from "./node.ts";

export const reasons = [
  "same-document",
  "same-name",
  "alike-name",
  "turned-name",
  "one-name-only",
  "same-born",
  "near-born",
  "turned-born",
  "same-list-row",
  "other-born",
  "other-document",
  "other-nationality",
  "other-sex",
] as const;
export type Reason = (typeof reasons)[number];

export interface Pair {
  a: Id;
  b: Id;
  /** For and against; no number. */
  reasons: Reason[];
}

interface Looked {
  id: Id;
  names: string[][];
  born: string | null;
  documents: string[];
  nationality: string | null;
  sex: string;
  /** Under which her names meet others, and those of a name alone. */
  keys: string[];
  single: string[];
}
const mostInOne = 400;
export const mostPairs = 2000;

const documentKey = (number: string): string => number.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");

type Bone = (word: string) => string;

/** Thousands share their parts of names; each is worked out once. */
function remembering(): Bone {
  const known = new Map<string, string>();
  return (word) => {
    let bone = known.get(word);
    if (bone === undefined) known.set(word, (bone = skeleton(word)));
    return bone;
  };
}

/** Folded anew when something about her changes, so that what is kept here is never old, and goes when the desk closes. */
const looked = new WeakMap<Person, Looked>();

function look(person: Person, bone: Bone): Looked {
  const there = looked.get(person);
  if (there !== undefined) return there;
  const { facts } = person;
  const names = facts.names.map((one) => partsOf(one.text)).filter((parts) => parts.length > 0);
  const keysOf = (some: string[][]): string[] => [...new Set(some.flatMap((parts) => nameKeys(parts, bone)))];
  const made: Looked = {
    id: person.id,
    names,
    keys: keysOf(names),
    single: keysOf(names.filter((parts) => parts.length === 1)),
    born: facts.born?.read ?? null,
    documents: facts.documents.map((one) => documentKey(one.number)).filter((one) => one.length >= 5),
    nationality: facts.nationalities[0] ?? null,
    sex: facts.sex,
  };
  looked.set(person, made);
  return made;
}

/** Pairs that may be one, the strongest first; those decided apart are left out. */
export function possiblyOne(people: Iterable<Person>): Pair[] {
  const all: Looked[] = [];
  const apart = new Set<string>();
  const bone = remembering();
  for (const person of people) {
    all.push(look(person, bone));
    for (const { data } of entriesOf(person, apartKind)) apart.add(key(person.id, data.other));
  }
  const buckets = new Map<string, Looked[]>();
  const put = (name: string, one: Looked): void => {
    const there = buckets.get(name);
    if (there === undefined) buckets.set(name, [one]);
    else if (there.length < mostInOne) there.push(one);
  };
  const single = new Set(all.flatMap((one) => one.single));
  for (const one of all) {
    for (const document of one.documents) put(`d ${document}`, one);
    // One part of a name is shared by hundreds: it leads on only to whoever has no other, and with the year of birth.
    for (const name of one.keys) {
      if (name.includes("+") || name.length >= 5) put(`n ${name}`, one);
      if (one.born !== null && single.has(name)) put(`y ${one.born.slice(0, 4)} ${name}`, one);
    }
    if (one.born !== null && one.born.length === 10) put(`b ${turnedBorn(one.born)}`, one);
  }
  const pairs = new Map<string, { pair: Pair; weight: number }>();
  for (const bucket of buckets.values())
    for (let i = 0; i < bucket.length; i++)
      for (let j = i + 1; j < bucket.length; j++) {
        const [a, b] = [bucket[i]!, bucket[j]!];
        const name = key(a.id, b.id);
        if (a === b || apart.has(name) || pairs.has(name)) continue;
        const found = weigh(a, b, bone);
        if (found !== null) pairs.set(name, found);
      }
  return [...pairs.values()]
    .sort((x, y) => y.weight - x.weight || (x.pair.a + x.pair.b < y.pair.a + y.pair.b ? -1 : 1))
    .slice(0, mostPairs)
    .map(({ pair }) => pair);
}

const key = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
/** The same for a date and its twin with day and month exchanged. */
const turnedBorn = (born: string): string => {
  const [year, x, y] = born.split("-") as [string, string, string];
  return x < y ? `${year} ${x} ${y}` : `${year} ${y} ${x}`;
};

/** Whether it is shown, and before which others; the weight orders and is never shown. */
function weigh(a: Looked, b: Looked, bone: Bone): { pair: Pair; weight: number } | null {
  const said: Reason[] = [];
  const document = a.documents.some((one) => b.documents.includes(one));
  let likeness: Likeness = "other";
  let mononym = false;
  let turned = false;
  let closeness = 0;
  for (const x of a.names)
    for (const y of b.names) {
      const match = compareParts(x, y, bone);
      if (match.closeness <= closeness) continue;
      ({ likeness, mononym, turned, closeness } = match);
    }
  const born = bornOf(a.born, b.born);
  if (document) said.push("same-document");
  if (likeness !== "other") said.push(likeness === "same" ? "same-name" : "alike-name");
  if (likeness !== "other" && turned) said.push("turned-name");
  if (likeness !== "other" && mononym) said.push("one-name-only");
  if (born !== "unknown") said.push(born);
  const nationality = a.nationality !== null && b.nationality !== null && a.nationality !== b.nationality;
  const sex = a.sex !== "not-said" && b.sex !== "not-said" && a.sex !== b.sex;
  const papers = a.documents.length > 0 && b.documents.length > 0 && !document;
  if (papers) said.push("other-document");
  if (nationality) said.push("other-nationality");
  if (sex) said.push("other-sex");
  const near = born === "same-born" || born === "near-born" || born === "turned-born";
  const shown =
    document ||
    (likeness === "same" && !mononym && born !== "other-born" && !(nationality && sex)) ||
    (likeness === "alike" && (near || (born === "unknown" && !mononym && !nationality && !papers)) && !sex);
  if (!shown) return null;
  const weight =
    (document ? 8 : 0) +
    (likeness === "same" ? 4 : likeness === "alike" ? 2 : 0) +
    (born === "same-born" ? 4 : near ? 2 : 0) -
    (nationality ? 2 : 0) -
    (sex ? 3 : 0) -
    (papers ? 2 : 0) +
    closeness;
  return { pair: { a: a.id, b: b.id, reasons: said }, weight };
}

function bornOf(
  a: string | null,
  b: string | null,
): "same-born" | "near-born" | "turned-born" | "other-born" | "unknown" {
  if (a === null || b === null) return "unknown";
  if (a === b) return "same-born";
  // One of the two says less: a year alone within the other.
  if (a.startsWith(b) || b.startsWith(a)) return "near-born";
  if (a.length === 10 && b.length === 10 && turnedBorn(a) === turnedBorn(b)) return "turned-born";
  const [x, y] = [a.split("-"), b.split("-")];
  const differ = x.filter((part, i) => part !== y[i]).length;
  return differ === 1 && Math.abs(Number(x[0]) - Number(y[0])) <= 1 ? "near-born" : "other-born";
}

export interface PairSide {
  id: Id;
  pseudonym: string;
  names: string[];
  born: string | null;
  bornWritten: string | null;
  sex: string;
  nationality: string | null;
  documents: string[];
  entries: number;
  lists: number;
}
export interface PairView {
  reasons: Reason[];
  sides: [PairSide, PairSide];
}

/** Up to `most`, as an officer compares them side by side. */
export async function listPairs(
  node: SurgeNode,
  who: AtDesk,
  most: number,
): Promise<{ pairs: PairView[]; total: number }> {
  const desk = await open(node, who);
  const pairs = possiblyOne(desk.people());
  const side = (id: Id): PairSide => {
    const { facts, pseudonym, entries, ...person } = desk.person(id)!;
    return {
      ...{ id, pseudonym, names: facts.names.map((one) => one.text), sex: facts.sex },
      born: facts.born?.read ?? null,
      bornWritten: facts.born?.written ?? null,
      nationality: facts.nationalities[0] ?? (facts.stateless ? "stateless" : null),
      documents: facts.documents.map((one) => one.number),
      entries: entries.length,
      lists: entriesOf({ entries, ...person }, listedKind).length,
    };
  };
  return {
    total: pairs.length,
    pairs: pairs
      .slice(0, most)
      .map((pair) => ({ reasons: pair.reasons, sides: [side(pair.a), side(pair.b)] })),
  };
}

/** An officer's decision: one person, or two. `keep` goes on; nothing of the other is lost. */
export async function decidePair(
  node: SurgeNode,
  who: AtDesk,
  ask: { keep: Id; other: Id; one: boolean; reason: string },
): Promise<void> {
  const desk = await open(node, who);
  const [keep, other] = [desk.person(ask.keep), desk.person(ask.other)];
  if (keep === null || other === null) throw new SurgeError("NOT_FOUND");
  if (keep.id === other.id) throw new SurgeError("ALREADY_DECIDED");
  await desk.act(async (tx) => {
    if (ask.one) await tx.merge(keep.id, other.id, ask.reason);
    else {
      await tx.append(keep.id, apartKind, { other: other.id });
      await tx.append(other.id, apartKind, { other: keep.id });
    }
  });
}
