// A state out of all by its name in the reader's language: those of the region first, the others in the order of that language.
import type { ReactNode } from "react";
import { regionStates, worldStates } from "@simpul/model";
import { ChoiceField, ChoicesField, type Choice, type FieldProps } from "./fields.tsx";
import { useWords } from "./words.tsx";

const near = regionStates.map((code) => code.toUpperCase());

function useStateChoices(): Choice[] {
  const { locale, state } = useWords();
  const named = (codes: readonly string[]): Choice[] =>
    codes
      .map((value) => ({ value, label: state(value) }))
      .toSorted((a, b) => a.label.localeCompare(b.label, locale));
  return [...named(near), ...named(worldStates.filter((code) => !near.includes(code)))];
}

/** One state, by its ISO 3166-1 code in capitals; null while none is chosen. */
export function StateField(
  props: FieldProps & { value: string | null; onChange: (value: string | null) => void },
): ReactNode {
  return <ChoiceField {...props} choices={useStateChoices()} />;
}

/** Several states, e.g. somebody's nationalities. */
export function StatesField(
  props: FieldProps & { value: readonly string[]; onChange: (value: string[]) => void },
): ReactNode {
  return <ChoicesField {...props} choices={useStateChoices()} />;
}
