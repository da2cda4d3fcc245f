// The words of one language: flat ICU messages, joined from the catalogues of many folders.
import { createIntl, createIntlCache } from "react-intl/server";
import { localeFacts } from "./locales.ts";
import type { Locale } from "./locales.ts";
import { timeFormats } from "./times.ts";
import type { TimeFormats } from "./times.ts";

/** Flat: `{ "cases.open.title": "Open a case" }`. */
export type Catalogue = Readonly<Record<string, string>>;
/** What stands in the braces of a message. */
export type WordValues = Readonly<Record<string, string | number | boolean | Date | null | undefined>>;

export interface Words extends TimeFormats {
  locale: Locale;
  direction: "ltr" | "rtl";
  /** The message of `key`; the key itself when it is missing, so that a gap is seen and nothing breaks. */
  say(key: string, values?: WordValues): string;
  /** The first of `keys` that has a message; null when none has. */
  sayOne(keys: readonly string[], values?: WordValues): string | null;
  has(key: string): boolean;
  number(value: number): string;
  /** A size in the reader's notation, e.g. `12.4 MB`. */
  bytes(value: number): string;
  list(values: readonly string[]): string;
  /** A state's name in the reader's language, from its ISO 3166 code. */
  state(code: string): string;
  /** A language's name in the reader's language, from its BCP 47 code. */
  language(code: string): string;
}

/** Joins catalogues; where two give the same key, which CI forbids, the later stands. */
export const joinCatalogues = (catalogues: readonly Catalogue[]): Catalogue =>
  Object.assign({}, ...catalogues) as Catalogue;

const cache = createIntlCache();
const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** The words of `locale`, for a page, a server or a command. */
export function createWords(
  locale: Locale,
  catalogues: readonly Catalogue[],
  options: {
    timeZone?: string;
    missing?: (key: string) => void;
    /** Whether Intl has data of this locale; found out when left out. */
    known?: boolean;
  } = {},
): Words {
  const messages = joinCatalogues(catalogues);
  // Node and some browsers have no data of their own for Filipino dates; they fall back by themselves.
  const intl = createIntl({ locale, messages: { ...messages }, onError: () => undefined }, cache);
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  // Where Intl has no data of the locale, it would join with an English "and".
  const lists = options.known ?? Intl.ListFormat.supportedLocalesOf([locale]).length > 0;
  const has = (key: string): boolean => Object.hasOwn(messages, key);

  function say(key: string, values?: WordValues): string {
    if (!has(key)) {
      options.missing?.(key);
      return key;
    }
    return intl.formatMessage({ id: key }, values as Record<string, string | number>);
  }

  /** By the catalogue, which the browser cannot lack; what stands in no catalogue by Intl, else as it came. */
  function named(type: "region" | "language", code: string): string {
    const key = `${type}.${code}`;
    if (has(key)) return say(key);
    try {
      return new Intl.DisplayNames([locale, "en"], { type }).of(code) ?? code;
    } catch {
      return code;
    }
  }

  return {
    locale,
    direction: localeFacts[locale].direction,
    say,
    has,
    sayOne(keys, values) {
      const key = keys.find(has);
      return key === undefined ? null : say(key, values);
    },
    number: (value) => new Intl.NumberFormat(locale).format(value),
    bytes(value) {
      const step = value < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
      const amount = value / 1000 ** step;
      return new Intl.NumberFormat(locale, {
        style: "unit",
        unit: units[step]!,
        unitDisplay: "short",
        maximumFractionDigits: amount < 10 && step > 0 ? 1 : 0,
      }).format(amount);
    },
    list(values) {
      const last = values.at(-1);
      if (lists || last === undefined || values.length === 1) return list.format(values);
      return say("list.last", { before: values.slice(0, -1).join(", "), last });
    },
    state: (code) => named("region", code.toUpperCase()),
    language: (code) => named("language", code),
    ...timeFormats(locale, say, options),
  };
}
