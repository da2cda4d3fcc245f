// The languages of the pages, each loaded when it is chosen.
import { createWords, pickLocale } from "@simpul/doors/i18n";
import type { Catalogue, Locale, Words } from "@simpul/doors/i18n";

type Files = Readonly<Record<Locale, () => Promise<{ default: Catalogue }>>>;
const atTheDoor: Files = {
  en: () => import("virtual:words/en"),
  id: () => import("virtual:words/id"),
  km: () => import("virtual:words/km"),
  fil: () => import("virtual:words/fil"),
};
const inside: Files = {
  en: () => import("virtual:words-inside/en"),
  id: () => import("virtual:words-inside/id"),
  km: () => import("virtual:words-inside/km"),
  fil: () => import("virtual:words-inside/fil"),
};
const key = "simpul.language";

/** What this device was last used in, else what the browser asks for. */
export function firstLocale(): Locale {
  return pickLocale([localStorage.getItem(key), ...navigator.languages]);
}

/** Loads a language and makes it that of the document; `whole`: with what is said behind the door. */
export async function loadWords(locale: Locale, whole: boolean): Promise<Words> {
  const files = whole ? [atTheDoor, inside] : [atTheDoor];
  const loaded = await Promise.all(files.map((one) => one[locale]()));
  const words = createWords(
    locale,
    loaded.map((one) => one.default),
  );
  document.documentElement.lang = locale;
  document.documentElement.dir = words.direction;
  localStorage.setItem(key, locale);
  return words;
}
