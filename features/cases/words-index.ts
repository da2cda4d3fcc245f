// The search index of cases: folding, segmenting, keeping it with each change, asking it.
import type { CaseNumber, Id } from "@simpul/model";
import type { Reader, Writer } from "@simpul/store";
import { sql, type RawBuilder } from "kysely";
import type { CaseRecord, Found, Name } from "./contract.ts";
import { limits, mainName } from "./rules.ts";

const segmenter = new Intl.Segmenter("und", { granularity: "word" });
const most = { token: 120, tokens: 400 };
/** So many digits from its end find a number. */
const ends = [4, 6, 8, 10] as const;

/** One form for finding: compatibility forms, case and Latin accents folded; marks of other scripts stay. */
export const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/(?<=[a-zA-Z])\p{M}+/gu, "")
    .normalize("NFKC")
    .toLowerCase();

/** The words of a text in any script, folded. */
export function wordsOf(text: string): string[] {
  const found = new Set<string>();
  for (const part of segmenter.segment(fold(text)))
    if (part.isWordLike === true) found.add(part.segment.slice(0, most.token));
  return [...found];
}

/** A value found as a whole, by its beginning, and by its digits from the end that people remember. */
function valueTokens(...values: string[]): string[] {
  const found = new Set<string>();
  for (const value of values) {
    const whole = fold(value).slice(0, most.token);
    found.add(whole);
    found.add(whole.replace(/^[^\p{L}\p{N}]+/u, ""));
    const digits = whole.replace(/\D/g, "");
    for (const length of ends) if (digits.length > length) found.add(digits.slice(-length));
    if (digits.length >= 4) found.add(digits);
    for (const word of wordsOf(value)) found.add(word);
  }
  found.delete("");
  return [...found];
}

const nameTokens = (names: readonly Name[]): string[] =>
  names.flatMap((name) => [
    fold(name.text).slice(0, most.token),
    ...wordsOf(name.text),
    ...wordsOf(name.romanised ?? ""),
  ]);

interface Entry {
  kind: Found["kind"];
  shown: string;
  type: string | null;
  tokens: string[];
}

const shownName = (names: readonly Name[], pseudonym?: string | null): string => {
  const name = mainName({ names, pseudonym: pseudonym ?? null });
  return name.romanised === undefined ? name.text : `${name.text} (${name.romanised})`;
};

export const caseEntry = (number: string, title: string): Entry => ({
  kind: "case",
  shown: title,
  type: null,
  // The serial alone is what people say on the phone.
  tokens: [...wordsOf(title), fold(number), number.slice(8), String(Number(number.slice(8)))],
});

export function recordEntry(
  record: CaseRecord<"subject"> | CaseRecord<"selector"> | CaseRecord<"place">,
): Entry {
  switch (record.record) {
    case "subject":
      return {
        kind: "subject",
        shown: shownName(record.names, record.pseudonym),
        type: record.role,
        tokens: [...nameTokens(record.names), ...valueTokens(record.pseudonym ?? "")],
      };
    case "selector":
      return {
        kind: "selector",
        shown: record.canonical,
        type: record.type,
        tokens: valueTokens(record.canonical, record.written),
      };
    case "place":
      return {
        kind: "place",
        shown: shownName(record.names),
        type: record.kind,
        tokens: [...nameTokens(record.names), ...wordsOf(record.province)],
      };
  }
}

/** Keeps what a record can be found by. */
export async function keepWords(tx: Writer, caseId: Id, record: Id, entry: Entry): Promise<void> {
  const tokens = [...new Set(entry.tokens)].filter((token) => token !== "").slice(0, most.tokens);
  await sql`insert into simpul.case_words (case_id, record_id, kind, shown, type, tokens, words)
    values (${caseId}, ${record}, ${entry.kind}, ${entry.shown}, ${entry.type}, ${tokens}::text[],
      array_to_tsvector(${tokens}::text[] || simpul.finders_of(${caseId})))
    on conflict (case_id, record_id) do update set kind = excluded.kind, shown = excluded.shown, type = excluded.type,
      tokens = excluded.tokens, words = excluded.words`.execute(tx.rows);
}

export async function dropWords(tx: Writer, caseId: Id, record: Id): Promise<void> {
  await sql`delete from simpul.case_words where case_id = ${caseId} and record_id = ${record}`.execute(
    tx.rows,
  );
}

/** After a case became covert or ordinary: who may find its words is written anew. */
export async function reopenWords(tx: Writer, caseId: Id): Promise<void> {
  await sql`update simpul.case_words set words = array_to_tsvector(tokens || simpul.finders_of(${caseId}))
    where case_id = ${caseId}`.execute(tx.rows);
}

const exact = (word: string): string => `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
const starting = (word: string): string => `${exact(word)}:*`;
const and = (terms: readonly string[]): string | null => (terms.length === 0 ? null : terms.join(" & "));

/** What is asked, each part as a tsquery but `beginning`, which is a text; as `simpul.find_cases` takes them. */
export interface Question {
  values: string;
  everyWord: string | null;
  wordsBefore: string | null;
  beginning: string | null;
  andBeginning: string | null;
  beginnings: string | null;
}

/** A few digits begin a large part of all numbers: they are looked for as written. */
const begins = (word: string): boolean => !/^\d{1,3}$/.test(word);

/** The question of a text: the whole as one value, its words, the last by its beginning; null when nothing is asked. */
export function questionOf(text: string): Question | null {
  const whole = fold(text.trim()).slice(0, most.token);
  if (whole === "") return null;
  const words = wordsOf(text).slice(0, 8);
  const digits = whole.replace(/[\s().-]/g, "");
  const values = [begins(whole) ? starting(whole) : exact(whole)];
  if (/^\+?\d{4,}$/.test(digits)) values.push(starting(digits), starting(digits.replace(/^\+/, "")));
  // As it is dialled at home: the trunk zero is in no international form, the end of the number is in all.
  const home = /^0(\d{7,13})$/.exec(digits)?.[1];
  if (home !== undefined) values.push(exact(home.slice(-ends.findLast((end) => end <= home.length)!)));
  const last = words.at(-1);
  const before = words.slice(0, -1);
  const grows = last !== undefined && begins(last);
  return {
    values: [...new Set(values)].join(" | "),
    everyWord: and(words.map(exact)),
    wordsBefore: and(before.map(exact)),
    beginning: grows ? last : null,
    andBeginning: grows ? and([...before.map(exact), starting(last)]) : null,
    beginnings: and(words.map((word) => (begins(word) ? starting(word) : exact(word)))),
  };
}

/** The rows that the acting officer finds, some of them twice; it looks no further once it has `enough`. */
export const foundBy = (asked: Question, enough: number): RawBuilder<unknown> =>
  sql`simpul.find_cases(${asked.values}, ${asked.everyWord}, ${asked.wordsBefore}, ${asked.beginning},
    ${asked.andBeginning}, ${asked.beginnings}, ${enough})`;

/** Finds cases, subjects, selectors and places that this officer sees; whole matches first. */
export async function search(db: Reader, text: string): Promise<Found[]> {
  const question = questionOf(text);
  const words = wordsOf(text);
  // HIT-1: what was asked is kept nowhere; that it was her own name, or that nothing was found, oversight reads.
  const own = (await isOwnName(db, words)) ? { own: true } : {};
  if (question === null) {
    db.noteRead("case.searched", { words: words.length, found: 0, ...own });
    return [];
  }
  const whole = fold(text.trim());
  const { rows } = await sql<{
    kind: Found["kind"];
    case_id: Id;
    number: CaseNumber;
    title: string;
    record_id: Id;
    shown: string;
    type: string | null;
  }>`select f.* from (
      select s.kind, s.case_id, c.number, c.title, s.record_id, s.shown, s.type, (lower(s.shown) = ${whole}) as whole,
        row_number() over (partition by s.kind order by (lower(s.shown) = ${whole}) desc, s.record_id desc) as place
      from (select distinct on (record_id) * from ${foundBy(question, limits.search)}) s
      join simpul.cases c on c.id = s.case_id) f
    -- Kinds in turn, so that twenty cases do not hide the one place.
    order by f.whole desc, f.place, f.kind limit ${limits.search}`.execute(db.rows);
  db.noteRead("case.searched", { words: words.length, found: rows.length, ...own });
  return rows.map((row) => ({
    kind: row.kind,
    case: row.case_id,
    number: row.number,
    caseTitle: row.title,
    record: row.record_id,
    text: row.shown,
    type: row.type,
  }));
}

/** Her own name or her family's: every word asked is a word of her name, and one is more than an initial. */
async function isOwnName(db: Reader, words: readonly string[]): Promise<boolean> {
  const { actor } = db.standing;
  if (actor.kind !== "officer" || words.length === 0) return false;
  const { rows } = await sql<{ name: string }>`select concat_ws(' ', name, name_latin) as name
    from simpul.officers where id = ${actor.id}`.execute(db.rows);
  const own = new Set(wordsOf(rows[0]?.name ?? ""));
  return words.every((one) => own.has(one)) && words.some((one) => one.length > 2);
}
