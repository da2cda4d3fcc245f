// Words on paper for two readers: in the language of the one, and after a stroke in that of the other.
import type { Words } from "./words.ts";

type Values = Record<string, string | number>;
/** Values that read otherwise in each language, such as the name of a state, are made from its words. */
export type Both = (key: string, values?: Values | ((words: Words) => Values)) => string;
/** In one language, and after a stroke in the other, where the two differ. */
export const bothOf =
  (words: Words, other: Words): Both =>
  (key, values = {}) =>
    inBoth(words, other, (each) => each.say(key, typeof values === "function" ? values(each) : values));

/** A state, or a language, by its name in both. */
export function inBoth(words: Words, other: Words, name: (words: Words) => string): string {
  const [one, two] = [name(words), name(other)];
  return one === two ? one : `${one} / ${two}`;
}
