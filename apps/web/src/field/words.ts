// The words of the field app, one small file for each language that officers read.
import { createWords, pickLocale } from "@simpul/doors/i18n";
import type { Catalogue, Locale, Words } from "@simpul/doors/i18n";

const files: Readonly<Record<Locale, () => Promise<{ default: Catalogue }>>> = {
  en: () => import("virtual:words-field/en"),
  id: () => import("virtual:words-field/id"),
  km: () => import("virtual:words-field/km"),
  fil: () => import("virtual:words-field/fil"),
};
const key = "simpul.language";

/** What this phone was last used in, else what the browser asks for. */
export const firstLocale = (): Locale => pickLocale([localStorage.getItem(key), ...navigator.languages]);

export async function loadFieldWords(locale: Locale): Promise<Words> {
  const words = createWords(locale, [(await files[locale]()).default]);
  document.documentElement.lang = locale;
  document.documentElement.dir = words.direction;
  localStorage.setItem(key, locale);
  return words;
}
