// Cuts a text into words of any script of the region, folded so that spelling variants meet.

const segmenter = new Intl.Segmenter("und", { granularity: "word" });

/** The most that is read of one text; the start of a document finds it well enough. */
export const mostCharacters = 200_000;
const mostWords = 16_000;
/** PostgreSQL takes lexemes up to 2,046 bytes; nobody types more than this. */
const longestWord = 100;

/**
 * One spelling for all: compatibility forms and case folded, Latin letters without their marks (`Nguyễn` is found by
 * `nguyen`), digits of every script as 0 to 9. Marks of other scripts are letters there and stay.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("đ", "d")
    .normalize("NFD")
    .replaceAll(/(?<=\p{Script=Latin}\p{M}*)\p{M}/gu, "")
    .normalize("NFC")
    .replaceAll(/\p{Nd}/gu, asciiDigit)
    .replaceAll(/[\u200b-\u200f\u2060\ufeff]/gu, "");
}

/** Digits of a script stand in a row of ten that starts at zero. */
function asciiDigit(digit: string): string {
  if (digit >= "0" && digit <= "9") return digit;
  let code = digit.codePointAt(0)!;
  let value = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - 1)) && value < 9) {
    code -= 1;
    value += 1;
  }
  return String(value);
}

/** The words of a text in order, folded. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const part of segmenter.segment(fold(text.slice(0, mostCharacters)))) {
    if (!part.isWordLike) continue;
    // A segment may hold a point or an apostrophe (`pt.com`): its pieces are words as well.
    const pieces = part.segment.split(/[^\p{L}\p{M}\p{N}]+/u).filter((piece) => piece !== "");
    for (const piece of pieces) words.push(piece.slice(0, longestWord));
    if (words.length >= mostWords) break;
  }
  return words;
}

/** Numbers as people write them, in groups: `0812-3456 789` is also found as 08123456789. */
export function numbersOf(text: string): string[] {
  const found = fold(text.slice(0, mostCharacters)).matchAll(/\d(?:[ .()/-]{0,2}\d){5,24}/g);
  return [...found].map((match) => match[0].replaceAll(/\D/g, "")).slice(0, 2_000);
}

const quoted = (word: string): string => `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/** A tsvector in PostgreSQL's own notation; words of the title weigh more. */
export function vectorOf(title: string, text: string): string {
  const heavy = [...wordsOf(title), ...numbersOf(title)];
  const light = [...wordsOf(text), ...numbersOf(text)];
  const places = [...heavy, ...light].slice(0, mostWords);
  return places.map((word, i) => `${quoted(word)}:${i + 1}${i < heavy.length ? "A" : ""}`).join(" ");
}

/** The tsquery that wants every word, the last one as a beginning; null when the text holds no word. */
export function queryOf(text: string): string | null {
  const [only, ...more] = numbersOf(text);
  const isNumber = only !== undefined && more.length === 0 && /^[\d\s.()/+-]+$/.test(fold(text));
  const words = isNumber ? [only] : wordsOf(text).slice(0, 20);
  if (words.length === 0) return null;
  // Scripts without spaces are cut by dictionary, in a longer text perhaps elsewhere: each piece counts as a beginning.
  return words
    .map((word, i) => quoted(word) + (i === words.length - 1 || unspaced.test(word) ? ":*" : ""))
    .join(" & ");
}

const unspaced = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}]/u;

/** The LIKE pattern for a part of a word; null when it is too short for the trigram index to help. */
export function partOf(text: string): string | null {
  const folded = fold(text).trim().replaceAll(/\s+/g, " ").slice(0, 200);
  const number = numbersOf(text);
  const wanted =
    number.length === 1 && /^[\d\s.()/+-]+$/.test(folded) ? number[0]!.replace(/^0+/, "") : folded;
  if (!/[\p{L}\p{N}]{3}/u.test(wanted) || wanted.length < 4) return null;
  return `%${wanted.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
