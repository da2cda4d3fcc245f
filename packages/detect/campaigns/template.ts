// What a campaign says ever again, and the slots in which its adverts differ: the advert in the middle, word by word beside
// the others.

export type TemplatePart =
  | { kind: "fixed"; text: string }
  /** What members write here instead, commonest first; "" where some write nothing. */
  | { kind: "slot"; values: { text: string; count: number }[] };

export interface Template {
  parts: TemplatePart[];
  /** How many adverts it was made from. */
  members: number;
}

const tokens = 600;
const compared = 24;
const shown = 8;
/** A word that so many of the members share at its place is fixed. */
const fixed = 0.6;

/** Words with the signs and gaps before them, so that the text reads as it was written. */
function words(text: string): string[] {
  const cut = new Intl.Segmenter(undefined, { granularity: "word" });
  const found: string[] = [];
  let lead = "";
  for (const { segment, isWordLike } of cut.segment(text.slice(0, tokens * 20))) {
    if (isWordLike === true) {
      found.push(lead + segment);
      lead = "";
    } else lead += segment;
    if (found.length === tokens) break;
  }
  if (lead !== "" && found.length > 0) found.push(`${found.pop() ?? ""}${lead}`);
  return found;
}
const plain = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "");

/** For each word of the first, which of the second stands for it, or -1 (longest common subsequence). */
function beside(first: readonly string[], second: readonly string[]): Int32Array {
  const width = second.length + 1;
  const best = new Uint16Array((first.length + 1) * width);
  for (let i = first.length - 1; i >= 0; i--)
    for (let j = second.length - 1; j >= 0; j--)
      best[i * width + j] =
        first[i] === second[j]
          ? best[(i + 1) * width + j + 1]! + 1
          : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
  const at = new Int32Array(first.length).fill(-1);
  for (let i = 0, j = 0; i < first.length && j < second.length;) {
    if (first[i] === second[j]) at[i++] = j++;
    else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) i++;
    else j++;
  }
  return at;
}

/**
 * `medoid` is the advert that agrees best with its campaign's middle; `others` further members (24 are looked at, 600
 * words of each). Costs the square of the length: for one campaign on a screen, not for a stream.
 */
export function template(medoid: string, others: readonly string[]): Template {
  const first = words(medoid);
  const rest = others.slice(0, compared).map(words);
  const keys = first.map(plain);
  const pairs = rest.map((one) => beside(keys, one.map(plain)));
  const kept = keys.map(
    (_, i) => (1 + pairs.filter((at) => at[i]! >= 0).length) / (1 + rest.length) >= fixed,
  );
  const parts: TemplatePart[] = [];
  for (let from = 0; from < first.length;) {
    let to = from;
    while (to < first.length && kept[to] === kept[from]) to++;
    const said = first.slice(from, to).join("");
    parts.push(
      kept[from] === true
        ? { kind: "fixed", text: said }
        : { kind: "slot", values: variants(said, rest, pairs, from, to) },
    );
    from = to;
  }
  return { parts, members: 1 + rest.length };
}

/** What the members write between the fixed word before the slot and the one behind it. */
function variants(
  own: string,
  rest: readonly string[][],
  pairs: readonly Int32Array[],
  from: number,
  to: number,
): { text: string; count: number }[] {
  const counts = new Map<string, number>([[own.trim(), 1]]);
  for (const [nth, at] of pairs.entries()) {
    const before = from === 0 ? -1 : at[from - 1]!;
    const behind = to === at.length ? rest[nth]!.length : at[to]!;
    // A member that lacks the neighbours says nothing about what stands between them.
    if ((from > 0 && before < 0) || behind < 0) continue;
    const text = rest[nth]!.slice(before + 1, behind).join("").trim(); // prettier-ignore
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, shown)
    .map(([text, count]) => ({ text, count }));
}
