// Words on paper for two courts: in the language of ours, and after a stroke in that of the other.
import type { Words } from "@simpul/doors/i18n";
import type { NodeCode } from "@simpul/model";
import { lawOf } from "../offences/contract.ts";
import type { ChargeView } from "./contract.ts";
import type { ChargesNode } from "./node.ts";

/** Words of our own court, and of that of the other state; each the first that its courts speak. */
export function wordsOfCourts(
  node: Pick<ChargesNode, "code" | "law">,
  ask: { with?: NodeCode | undefined; language: string; wordsIn: (language: string) => Words },
): { words: Words; other: Words } {
  const languageOf = (state: NodeCode): string => lawOf(node.law, state)?.court.languages[0] ?? ask.language;
  const words = ask.wordsIn(languageOf(node.code));
  return { words, other: ask.with === undefined ? words : ask.wordsIn(languageOf(ask.with)) };
}

type Values = Record<string, string | number>;
/** Values that read otherwise in each language, such as the name of a state, are made from its words. */
export type Both = (key: string, values?: Values | ((words: Words) => Values)) => string;
/** In one language, and after a stroke in the other, where the two differ. */
export const bothOf =
  (words: Words, other: Words): Both =>
  (key, values = {}) => {
    const [one, two] = [words, other].map((each) =>
      each.say(key, typeof values === "function" ? values(each) : values),
    ) as [string, string];
    return one === two ? one : `${one} / ${two}`;
  };

/** A state, or a language, by its name in both. */
export function inBoth(words: Words, other: Words, name: (words: Words) => string): string {
  const [one, two] = [name(words), name(other)];
  return one === two ? one : `${one} / ${two}`;
}

export const nameOf = ({ name }: ChargeView): string =>
  name.romanised === undefined || name.romanised === name.text
    ? name.text
    : `${name.text} · ${name.romanised}`;
