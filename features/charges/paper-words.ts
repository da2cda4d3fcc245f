// Words of the two courts for which a paper is written, and the name of the accused on it.
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

export const nameOf = ({ name }: ChargeView): string =>
  name.romanised === undefined || name.romanised === name.text
    ? name.text
    : `${name.text} · ${name.romanised}`;
