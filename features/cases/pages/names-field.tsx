// A name as it is asked for: in its own script first, its language, how it reads, how it was romanised.
import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { ChoiceField, TextField, useWords } from "@simpul/doors/web";
import { romanisations } from "../contract.ts";
import type { Name, Romanisation } from "../contract.ts";

export interface NewName {
  text: string;
  language: string | null;
  romanised: string;
  how: string | null;
}
export const noName: NewName = { text: "", language: null, romanised: "", how: null };

/** The languages of the region and its neighbours in which names are met. */
export const nameLanguages = [
  "id",
  "km",
  "fil",
  "en",
  "ms",
  "th",
  "vi",
  "lo",
  "my",
  "zh",
  "ta",
  "pt",
  "tet",
  "hi",
  "bn",
];

export function useLanguageChoices(): { value: string; label: string }[] {
  const { language } = useWords();
  return nameLanguages.map((code) => ({ value: code, label: language(code) }));
}

export const asName = (name: NewName): Name => ({
  text: name.text.trim(),
  language: name.language ?? "und",
  ...(name.romanised.trim() === "" ? {} : { romanised: name.romanised.trim() }),
  ...(name.how === null ? {} : { how: name.how as Romanisation }),
});

export function NameFields({
  value,
  onChange,
}: {
  value: NewName;
  onChange: (value: NewName) => void;
}): ReactNode {
  const { say } = useWords();
  const languages = useLanguageChoices();
  const latin = !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(value.text);
  return (
    <>
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <TextField
          label={say("cases.name")}
          hint={say("cases.name.hint")}
          required
          autoFocus
          maxLength={200}
          value={value.text}
          {...(value.language === null ? {} : { lang: value.language })}
          onChange={(text) => onChange({ ...value, text })}
        />
        <ChoiceField
          label={say("cases.name.language")}
          required
          value={value.language}
          choices={languages}
          onChange={(language) => onChange({ ...value, language })}
        />
      </Group>
      {!latin && (
        <Group grow align="flex-start" preventGrowOverflow={false}>
          <TextField
            label={say("cases.name.romanised")}
            value={value.romanised}
            onChange={(romanised) => onChange({ ...value, romanised })}
          />
          <ChoiceField
            label={say("cases.name.how")}
            value={value.how}
            choices={romanisations.map((one) => ({ value: one, label: say(`cases.how.${one}`) }))}
            onChange={(how) => onChange({ ...value, how })}
          />
        </Group>
      )}
    </>
  );
}
