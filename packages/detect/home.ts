// Which country a place in a text speaks from: the language of its line, or of what stands around a short line.
import { language, type LanguageCode } from "./language/index.ts";

const countries: Partial<Record<LanguageCode, string>> = {
  th: "TH",
  km: "KH",
  lo: "LA",
  my: "MM",
  vi: "VN",
  id: "ID",
  ms: "MY",
  fil: "PH",
  tet: "TL",
  zh: "CN",
};

/** Looks up to 240 units to either side; answers are kept per line, so that asking often stays cheap. */
export function homeOf(text: string): (at: number) => string | null {
  const known = new Map<number, string | null>();
  return (at) => {
    const from = Math.max(text.lastIndexOf("\n", at - 1) + 1, at - 240, 0);
    const cut = text.indexOf("\n", at);
    const to = Math.min(cut < 0 ? text.length : cut, at + 240);
    const key = Math.floor(from / 60) * 4_000_000 + Math.floor(to / 60);
    const before = known.get(key);
    if (before !== undefined) return before;
    let spoken = language(text.slice(from, to));
    if (spoken.code === "und" || spoken.confidence < 0.3) spoken = language(text.slice(Math.max(0, at - 240), at + 240));
    // English, Tamil and Portuguese are at home in several states.
    const home = spoken.code === "und" ? null : (countries[spoken.code] ?? null);
    known.set(key, home);
    return home;
  };
}
