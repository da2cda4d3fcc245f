// The language of a text that is being written: guessed as she writes, hers to correct.
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { ChoiceField, api, useWords } from "@simpul/doors/web";
import { useRequestCodes } from "./data.ts";

/** Long enough that words tell. */
const least = 24;
const pause = 900;

export function LanguageField({
  text,
  value,
  onChange,
}: {
  text: string;
  value: string;
  onChange: (language: string) => void;
}): ReactNode {
  const { say, language } = useWords();
  const codes = useRequestCodes();
  const first = useRef(text);
  // Once she chose, nothing is guessed over her.
  const chosen = useRef(false);
  const put = useRef(onChange);
  useEffect(() => {
    put.current = onChange;
  });
  useEffect(() => {
    if (chosen.current || text === first.current || text.trim().length < least) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.post<{ language: string | null }>("/api/requests/language", { text }, { signal: stop.signal }).then(
        (guess) => {
          if (guess.language !== null && guess.language !== value && !chosen.current)
            put.current(guess.language);
        },
        () => undefined,
      );
    }, pause);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, value]);
  const known = [...new Set([value, ...(codes.data?.languages ?? [])])];
  return (
    <ChoiceField
      label={say("requests.language")}
      value={value}
      choices={known.map((one) => ({ value: one, label: language(one) }))}
      onChange={(next) => {
        chosen.current = true;
        onChange(next ?? value);
      }}
    />
  );
}
