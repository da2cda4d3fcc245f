// What the signs of an offer come to, for somebody who asks whether to go: from values alone, and never a verdict.

/** The signs as `packages/detect` names them. */
export interface Sign {
  flag: string;
  start: number;
  end: number;
}

export type Advice =
  /** No known sign; which is not "safe". */
  { kind: "none" } | { kind: "some"; signs: string[] } | { kind: "many"; signs: string[] };

/** Signs by which people lose the freedom to leave: two of them, or four of any kind, are many. */
const grave = new Set(["papers", "debt", "border", "hotspot", "disguise"]);

export function advise(signs: readonly Sign[]): Advice {
  const seen = [...new Set(signs.map(({ flag }) => flag))];
  if (seen.length === 0) return { kind: "none" };
  const heavy = seen.filter((flag) => grave.has(flag)).length;
  // The gravest first: what she reads first is what she remembers.
  const ordered = [...seen].sort((a, b) => Number(grave.has(b)) - Number(grave.has(a)));
  // The kind of work shows only beside other signs, and adds nothing to them.
  const counted = seen.filter((flag) => flag !== "role").length;
  return { kind: counted >= 4 || heavy >= 2 ? "many" : "some", signs: ordered };
}

/** The text cut where signs begin and end, for marking; where two overlap the earlier one is marked. */
export function marked(text: string, signs: readonly Sign[]): { text: string; flag: string | null }[] {
  const parts: { text: string; flag: string | null }[] = [];
  let at = 0;
  for (const { flag, start, end } of [...signs].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    if (start > at) parts.push({ text: text.slice(at, start), flag: null });
    parts.push({ text: text.slice(start, end), flag });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), flag: null });
  return parts;
}

/** The first language of the page that a browser asks for; English when it asks for none of them. */
export function firstLanguage<T extends string>(asked: readonly string[], known: readonly T[]): T {
  for (const one of asked) {
    const base = one.toLowerCase().split("-")[0] ?? "";
    const same = base === "tl" ? "fil" : base;
    const found = known.find((code) => code === same);
    if (found !== undefined) return found;
  }
  return known[0]!;
}
