// The page's words in four languages; they lie in the page itself, because it loads nothing.
import en from "../words/en.json";
import fil from "../words/fil.json";
import id from "../words/id.json";
import km from "../words/km.json";

const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = { en, id, km, fil };
export const languages = { en: "English", id: "Bahasa Indonesia", km: "ភាសាខ្មែរ", fil: "Filipino" } as const;

let current = "en";
export const setLanguage = (code: string): string => (current = code);

/** The first language that a browser asks for and the page has; `tl` is what older systems say for Filipino. */
export function pick(asked: readonly string[]): string {
  for (const tag of asked) {
    const code = tag.toLowerCase().split("-")[0]!;
    const named = code === "tl" ? "fil" : code;
    if (named in catalogues) return named;
  }
  return "en";
}

export const say = (key: string): string => catalogues[current]?.[key] ?? catalogues["en"]![key] ?? key;
