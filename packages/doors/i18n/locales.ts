// The languages of the region: what they call themselves, how they are written, which fonts draw them.

/** Complete catalogues, compared key by key in CI. */
export const locales = ["en", "id", "km", "fil"] as const;
export type Locale = (typeof locales)[number];

/** Ready for a catalogue: fonts, direction and formats are in place, the words are not. */
export const preparedLocales = ["ms", "th", "vi", "lo", "my", "zh", "ta", "pt"] as const;
export type PreparedLocale = (typeof preparedLocales)[number];

export type Script = "latin" | "khmer" | "thai" | "lao" | "myanmar" | "tamil" | "sc";

export interface LocaleFacts {
  /** In its own words, so that a lost reader finds the way back. */
  name: string;
  direction: "ltr" | "rtl";
  script: Script;
}

export const localeFacts: Readonly<Record<Locale | PreparedLocale, LocaleFacts>> = {
  en: { name: "English", direction: "ltr", script: "latin" },
  id: { name: "Bahasa Indonesia", direction: "ltr", script: "latin" },
  km: { name: "ភាសាខ្មែរ", direction: "ltr", script: "khmer" },
  fil: { name: "Filipino", direction: "ltr", script: "latin" },
  ms: { name: "Bahasa Melayu", direction: "ltr", script: "latin" },
  th: { name: "ไทย", direction: "ltr", script: "thai" },
  vi: { name: "Tiếng Việt", direction: "ltr", script: "latin" },
  lo: { name: "ລາວ", direction: "ltr", script: "lao" },
  my: { name: "မြန်မာ", direction: "ltr", script: "myanmar" },
  zh: { name: "简体中文", direction: "ltr", script: "sc" },
  ta: { name: "தமிழ்", direction: "ltr", script: "tamil" },
  pt: { name: "Português", direction: "ltr", script: "latin" },
};

/** The font family that draws a script. */
export const scriptFonts: Readonly<Record<Script, string>> = {
  latin: "Noto Sans",
  khmer: "Noto Sans Khmer",
  thai: "Noto Sans Thai",
  lao: "Noto Sans Lao",
  myanmar: "Noto Sans Myanmar",
  tamil: "Noto Sans Tamil",
  sc: "Noto Sans SC",
};

const scriptMarks: readonly (readonly [Script, RegExp])[] = [
  ["khmer", /\p{Script=Khmer}/u],
  ["thai", /\p{Script=Thai}/u],
  ["lao", /\p{Script=Lao}/u],
  ["myanmar", /\p{Script=Myanmar}/u],
  ["tamil", /\p{Script=Tamil}/u],
  ["sc", /\p{Script=Han}/u],
];

/** Every script of the region that occurs in `text`; empty for plain Latin. */
export function scriptsIn(text: string): Script[] {
  return scriptMarks.filter(([, mark]) => mark.test(text)).map(([script]) => script);
}

const known = (text: string): text is Locale => (locales as readonly string[]).includes(text);

/**
 * The first complete language among those asked for (BCP 47, e.g. `id-ID`, best first); English when none is.
 * `tl` is what older systems say for Filipino, `in` for Indonesian.
 */
export function pickLocale(asked: readonly (string | null | undefined)[]): Locale {
  for (const tag of asked) {
    const language = (tag ?? "").toLowerCase().split("-")[0]!;
    const named = language === "tl" ? "fil" : language === "in" ? "id" : language;
    if (known(named)) return named;
  }
  return "en";
}
