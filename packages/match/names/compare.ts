// Whether two written names may be one person's: in words (same, alike, other), with the reason; never a verdict.
import { partsOf, skeleton } from "./romanise.ts";

export type Likeness = "same" | "alike" | "other";
export interface NameMatch {
  likeness: Likeness;
  /** 0 to 1, for ordering alone. */
  closeness: number;
  /** One side has one name only; it was found among the other's parts. */
  mononym: boolean;
  /** The parts are the same in another order. */
  turned: boolean;
}

/** Jaro-Winkler (Winkler 1990), over UTF-16 units of Latin text. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  const inA: string[] = [];
  for (let i = 0; i < a.length; i++)
    for (let j = Math.max(0, i - reach); j < Math.min(b.length, i + reach + 1); j++)
      if (taken[j] === 0 && a[i] === b[j]) {
        taken[j] = 1;
        inA.push(a[i]!);
        break;
      }
  const inB = Array.from(b).filter((_, j) => taken[j] === 1);
  const m = inA.length;
  if (m === 0) return 0;
  const turned = inA.filter((sign, i) => sign !== inB[i]).length / 2;
  const jaro = (m / a.length + m / b.length + (m - turned) / m) / 3;
  let prefix = 0;
  while (prefix < 4 && a[prefix] !== undefined && a[prefix] === b[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** Two parts: by their letters, and by the skeleton of their sounds where there is enough of it. */
function part(a: string, b: string, bone: (word: string) => string): number {
  if (a === b) return 1;
  const letters = jaroWinkler(a, b);
  const [x, y] = [bone(a), bone(b)];
  const sound =
    x === y ? (x.length >= 2 ? 0.95 : 0.8) : x.length >= 3 && y.length >= 3 ? jaroWinkler(x, y) * 0.92 : 0;
  return Math.max(letters, sound);
}

/** Compares names as they are written, in any of the region's scripts. Two empty names are `other`. */
export function compareNames(left: string, right: string): NameMatch {
  return compareParts(partsOf(left), partsOf(right));
}

/** The same for names taken apart before, where many are compared; `bone` may then remember each word's {@link skeleton}. */
export function compareParts(a: readonly string[], b: readonly string[], bone = skeleton): NameMatch {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  if (few.length === 0) return { likeness: "other", closeness: 0, mononym: false, turned: false };
  const free = new Set(many.keys());
  let sum = 0;
  let weakest = 1;
  const places = few.map((one, i) => {
    let best = -1;
    let at = -1;
    for (const j of free) {
      // In its own place before another that is as close.
      const close = part(one, many[j]!, bone) + (i === j ? 0.001 : 0);
      if (close > best) [best, at] = [close, j];
    }
    free.delete(at);
    sum += Math.min(1, best);
    weakest = Math.min(weakest, best);
    return at;
  });
  const turned = places.some((at, i) => at !== i);
  const mononym = few.length === 1 && many.length > 1;
  // Written together on one list and apart on the other: Sok Dara, Sokdara.
  const joined = part(few.join(""), many.join(""), bone);
  const apart = (sum / few.length) * (1 - 0.06 * (many.length - few.length));
  const closeness = Math.max(apart, joined);
  const likeness =
    closeness >= 0.93 && !mononym
      ? "same"
      : closeness >= 0.86 && (weakest >= 0.78 || joined >= 0.9)
        ? "alike"
        : "other";
  return { likeness, closeness, mononym, turned: turned && apart >= joined };
}

/** Keys under which names that may be one stand together: each part's skeleton, and all of them sorted. */
export function nameKeys(parts: readonly string[], bone = skeleton): string[] {
  const bones = parts.map((one) => bone(one)).filter((one) => one.length >= 2);
  return [...new Set([...bones, bone(parts.join("")), [...bones].sort().join("+")])].filter(
    (one) => one !== "",
  );
}
