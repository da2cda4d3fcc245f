// Catalogues as files, for the server and the CLI.
import { readFileSync } from "node:fs";
import { createWords } from "./words.ts";
import type { Catalogue, Words } from "./words.ts";
import type { Locale } from "./locales.ts";

/** The folder of the words that all rooms share: codes, roles, purposes, refusals. */
export const sharedWords = new URL("./words/", import.meta.url);

/** Reads `<folder>/<locale>.json` of each folder; throws when one is missing or is no flat map of texts. */
export function readCatalogues(locale: Locale, folders: readonly URL[]): Catalogue[] {
  return folders.map((folder) => {
    const file = new URL(`${locale}.json`, folder);
    const read: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (
      typeof read !== "object" ||
      read === null ||
      Object.values(read).some((text) => typeof text !== "string")
    )
      throw new TypeError(`${file.pathname} is no flat catalogue of texts`);
    return read as Catalogue;
  });
}

/** The words of `locale` from folders of catalogues, the shared ones first. */
export const wordsFromFiles = (
  locale: Locale,
  folders: readonly URL[],
  options: { timeZone?: string } = {},
): Words => createWords(locale, readCatalogues(locale, [sharedWords, ...folders]), options);
