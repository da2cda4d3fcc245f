// Which state a list means: by code, by its name in the region's languages, or as people are called after it.
import { readFileSync } from "node:fs";
import { worldStates } from "@simpul/model";
import { z } from "zod";

const Shape = z.object({
  version: z.string(),
  source: z.string(),
  stateless: z.array(z.string()),
  called: z.record(z.string().regex(/^[A-Z]{2}$/), z.array(z.string())),
});

const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .replace(/\p{Script=Latin}\p{M}+/gu, (one) => one[0]!)
    .trim();

export interface StateReader {
  /** ISO 3166-1 alpha-2; `stateless` where the list says so; null where it is not understood. */
  read(cell: string): string | null;
}

/** Built once; names in English, Indonesian, Malay, Thai, Vietnamese, Khmer, Lao, Burmese, Chinese, Filipino and Portuguese. */
export function stateReader(file = new URL("called.json", import.meta.url)): StateReader {
  const { called, stateless } = Shape.parse(JSON.parse(readFileSync(file, "utf8")));
  const known = new Map<string, string>();
  for (const code of worldStates) {
    known.set(code.toLowerCase(), code);
    for (const locale of ["en", "id", "ms", "th", "vi", "km", "lo", "my", "zh", "fil", "pt", "ta"]) {
      const name = new Intl.DisplayNames([locale], { type: "region" }).of(code);
      if (name === undefined) continue;
      known.set(plain(name), code);
      // "Myanmar (Burma)" is Myanmar on a list.
      const short = plain(name.replace(/\s*[(（].*$/, ""));
      if (!known.has(short)) known.set(short, code);
    }
  }
  for (const [code, names] of Object.entries(called)) for (const name of names) known.set(plain(name), code);
  for (const name of stateless) known.set(plain(name), "stateless");
  return {
    read(cell) {
      const text = plain(cell.slice(0, 120));
      return text === ""
        ? null
        : (known.get(text) ?? known.get(text.replace(/^(the|republic of|kingdom of) /, "")) ?? null);
    },
  };
}
