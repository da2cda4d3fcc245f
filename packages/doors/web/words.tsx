// The words of the page's language.
import { createContext, useContext } from "react";
import type { ReactNode } from "react";
import type { Words } from "@simpul/doors/i18n";

const WordsContext = createContext<Words | null>(null);

export function WordsProvider({ words, children }: { words: Words; children: ReactNode }): ReactNode {
  return <WordsContext value={words}>{children}</WordsContext>;
}

/**
 * The words of the page: `const { say } = useWords(); say("cases.open.title")`, with times, numbers and sizes in the
 * same language (`time`, `date`, `ago`, `bytes`, `number`, `state`).
 */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error("a page without words");
  return words;
}
