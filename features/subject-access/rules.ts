// Whether a name is hers, script by script; pure, and slow to say no: a person decides about each.

/** Marks that only shape letters, and whatever separates words. */
const hidden = /[\u200b-\u200d\u2060\ufeff]/gu;
const latin = /^[\p{Script=Latin}\p{M}\p{P}\s]+$/u;

/** One form for comparing: compatibility forms and case folded, Latin without accents, other scripts with their marks. */
export function foldName(name: string): string {
  const plain = name.normalize("NFKC").replaceAll(hidden, "").toLowerCase().trim();
  return latin.test(plain)
    ? plain
        .normalize("NFD")
        .replaceAll(/\p{M}/gu, "")
        .replaceAll(/[\p{P}]+/gu, " ")
        .replaceAll(/\s+/gu, " ")
        .trim()
    : plain;
}

/**
 * Latin names: the words in any order, and one may lack words that the other has as long as two agree (patronymics,
 * middle names). Scripts that write without spaces: the same letters, spaces aside.
 */
export function sameName(a: string, b: string): boolean {
  const [one, two] = [foldName(a), foldName(b)];
  if (one === "" || two === "") return false;
  if (one.replaceAll(" ", "") === two.replaceAll(" ", "")) return true;
  if (!latin.test(one) || !latin.test(two)) return false;
  const [few, many] = [new Set(one.split(" ")), new Set(two.split(" "))].sort((x, y) => x.size - y.size) as [
    Set<string>,
    Set<string>,
  ];
  return few.size >= 2 && [...few].every((word) => many.has(word));
}

/** Whether two days of birth, each as far as it is known (`1990`, `1990-04`), can be one; null when one is unknown. */
export function birthFits(a: string | null, b: string | null): boolean | null {
  if (a === null || b === null || a === "" || b === "") return null;
  const length = Math.min(a.length, b.length);
  return a.slice(0, length) === b.slice(0, length);
}

/** By which a search narrows down before names are compared: the longest word of a name, or all of one without spaces. */
export const needle = (name: string): string =>
  name
    .normalize("NFC")
    .trim()
    .split(/\s+/)
    .reduce((best, word) => (word.length > best.length ? word : best), "");

/** `SA-2031-1a2b3c4d`: year of the asking, end of the id. */
export const referenceOf = (id: string, askedOn: string): string =>
  `SA-${askedOn.slice(0, 4)}-${id.slice(-8)}`;
