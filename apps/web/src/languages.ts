// The languages of the pages, each loaded when it is chosen.
import { createWords, pickLocale } from "@simpul/doors/i18n";
import type { Catalogue, Locale, Words } from "@simpul/doors/i18n";

const files: Readonly<Record<Locale, () => Promise<{ default: Catalogue }>>> = {
  en: () => import("virtual:words/en"),
  id: () => import("virtual:words/id"),
  km: () => import("virtual:words/km"),
  fil: () => import("virtual:words/fil"),
};
const key = "simpul.language";

/** What this device was last used in, else what the browser asks for. */
export function firstLocale(): Locale {
  return pickLocale([localStorage.getItem(key), ...navigator.languages]);
}

/** Loads a language and makes it that of the document. */
export async function loadWords(locale: Locale): Promise<Words> {
  const { default: catalogue } = await files[locale]();
  const words = createWords(locale, [catalogue]);
  document.documentElement.lang = locale;
  document.documentElement.dir = words.direction;
  localStorage.setItem(key, locale);
  return words;
}
