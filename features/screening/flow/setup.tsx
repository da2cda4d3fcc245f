// Before the first question: in which language, with which interpreter, which wristband. She can point at her language.
import { Button, Checkbox, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { localeFacts } from "@simpul/doors/i18n";
import { useWords } from "@simpul/doors/web";
import { screeningLanguages } from "../contract/set.ts";
import type { ScreeningLanguage } from "../contract/set.ts";
import type { Setup } from "../contract/told.ts";
import "./flow.css";

export function SetupPage({
  setup,
  markHint,
  onBegin,
}: {
  /** As it was left, or as is known of her already. */
  setup: Partial<Setup>;
  /** False where the host knows her by another way, e.g. a scanned wristband. */
  markHint: boolean;
  onBegin: (setup: Setup) => void;
}): ReactNode {
  const { say, locale } = useWords();
  const [hers, setHers] = useState<ScreeningLanguage | null>(setup.hers ?? null);
  const [helped, setHelped] = useState((setup.interpreter ?? null) !== null);
  const [name, setName] = useState(setup.interpreter?.name ?? "");
  const [contact, setContact] = useState(setup.interpreter?.contact ?? "");
  const [mark, setMark] = useState(setup.mark ?? "");
  const [missing, setMissing] = useState(false);
  return (
    <form
      className="sc"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (hers === null) {
          setMissing(true);
          return;
        }
        onBegin({
          ...{ hers, officers: locale, mark: mark.trim() },
          interpreter: helped ? { name: name.trim(), contact: contact.trim() } : null,
        });
      }}
    >
      <h2 className="sc-title" id="sc-language">
        {say("screening.setup.language")}
      </h2>
      <div className="sc-languages" role="group" aria-labelledby="sc-language">
        {screeningLanguages.map((one) => (
          <UnstyledButton
            key={one}
            type="button"
            className="sc-answer"
            lang={one}
            aria-pressed={hers === one}
            onClick={() => {
              setHers(one);
              setMissing(false);
            }}
          >
            {localeFacts[one].name}
          </UnstyledButton>
        ))}
      </div>
      {missing && (
        <p role="alert" className="s-error">
          {say("screening.setup.languageNeeded")}
        </p>
      )}
      <Checkbox
        label={say("screening.setup.interpreter")}
        checked={helped}
        onChange={(event) => setHelped(event.currentTarget.checked)}
      />
      {helped && (
        <>
          <TextInput
            label={say("screening.setup.interpreterName")}
            value={name}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={say("screening.setup.interpreterContact")}
            value={contact}
            maxLength={200}
            inputMode="tel"
            autoComplete="off"
            onChange={(event) => setContact(event.currentTarget.value)}
          />
        </>
      )}
      {markHint && (
        <TextInput
          label={say("screening.setup.mark")}
          description={say("screening.setup.markHint")}
          value={mark}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => setMark(event.currentTarget.value)}
        />
      )}
      <aside className="sc-guide">{say("screening.setup.guide")}</aside>
      <div className="sc-acts">
        <Button type="submit">{say("screening.setup.begin")}</Button>
      </div>
    </form>
  );
}
