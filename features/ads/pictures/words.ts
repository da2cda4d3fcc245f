// The text that tesseract gives, as people type it, with the places of words that it did not read surely.
import { pictureLimits, type PictureRead } from "../contract/pictures.ts";

export type Recognised = Omit<PictureRead, "languages">;

/** Vowels that come in two signs, as people type them in one: Thai and Lao "am". */
const typed = (text: string): string =>
  text.normalize("NFC").replaceAll("\u0e4d\u0e32", "\u0e33").replaceAll("\u0ecd\u0eb2", "\u0eb3");

/** Tesseract parts every Chinese character from the next; people do not. */
const joined = (text: string): string =>
  text.replace(
    /(?<=[\p{Script=Han}\u3000-\u303f\uff00-\uffef]) (?=[\p{Script=Han}\u3000-\u303f\uff00-\uffef])/gu,
    "",
  );

/** Columns of the table: level (5 is a word), …, how sure (11th), text (12th). */
function* wordsOf(table: string): Generator<{ text: string; sure: number }> {
  for (const row of table.split("\n")) {
    const cells = row.split("\t");
    const text = (cells[11] ?? "").trim();
    if (cells[0] === "5" && text !== "") yield { text, sure: Number(cells[10]) };
  }
}

/** `text`: whole, with its lines; `table`: its words (TSV), which alone would not say where scripts without spaces join them. */
export function readingOf(text: string, table: string): Recognised {
  const whole = joined(text.trim());
  const unsure: PictureRead["unsure"] = [];
  let at = 0;
  let weight = 0;
  let sum = 0;
  for (const word of wordsOf(table)) {
    weight += word.text.length;
    sum += word.sure * word.text.length;
    const start = whole.indexOf(word.text, at);
    if (start < 0) continue;
    at = start + word.text.length;
    if (word.sure < pictureLimits.sure && unsure.length < 2000)
      unsure.push({ start: typed(whole.slice(0, start)).length, end: typed(whole.slice(0, at)).length, sure: Math.round(word.sure) }); // prettier-ignore
  }
  const end = pictureLimits.text;
  return {
    text: typed(whole).slice(0, end),
    sure: weight === 0 ? 0 : Math.round(sum / weight),
    unsure: unsure.filter((one) => one.end <= end),
  };
}
