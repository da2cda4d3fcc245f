// The words of the page for a held person: twelve languages, read once, each from its own file.
import { readFileSync } from "node:fs";
import { pageLanguages, type PageLanguage } from "./contract.ts";

export type PageWords = Readonly<Record<string, string>>;
const read = new Map<PageLanguage, PageWords>();

/** The texts of one language as they stand in `page-words/<language>.json`. */
export function pageWords(language: PageLanguage): PageWords {
  const known = read.get(language);
  if (known !== undefined) return known;
  const file = new URL(`page-words/${language}.json`, import.meta.url);
  const { words } = JSON.parse(readFileSync(file, "utf8")) as { words: PageWords };
  read.set(language, words);
  return words;
}

export const isPageLanguage = (text: string | null | undefined): text is PageLanguage =>
  (pageLanguages as readonly (string | null | undefined)[]).includes(text);
