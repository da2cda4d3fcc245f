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

/** Looks some hundred units to either side; answers are kept per line, so that asking often stays cheap. */
export function homeOf(text: string): (at: number) => string | null {
  const known = new Map<number, string | null>();
  return (at) => {
    // A line longer than the window is looked at in steps of 240; nothing is searched past the window.
    const first = Math.max(0, at - 240);
    const lead = text.slice(first, at).lastIndexOf("\n");
    const from = lead >= 0 ? first + lead + 1 : Math.floor(first / 240) * 240;
    const rest = text.slice(at, from + 480).indexOf("\n");
    const to = rest >= 0 ? at + rest : Math.min(text.length, from + 480);
    const before = known.get(from);
    if (before !== undefined) return before;
    let spoken = language(text.slice(from, to));
    if (spoken.code === "und" || spoken.confidence < 0.3)
      spoken = language(text.slice(Math.max(0, from - 240), to + 240));
    // English, Tamil and Portuguese are at home in several states.
    const home = spoken.code === "und" ? null : (countries[spoken.code] ?? null);
    known.set(from, home);
    return home;
  };
}
