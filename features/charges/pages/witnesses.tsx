// The witness plan: under which word each is known, how she is heard, what protects her; nobody's name stands here (VIC-1).
import { Card, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { ChoiceField, LongTextField, TextField, useSession, useWords } from "@simpul/doors/web";
import { witnessKinds, witnessWays } from "../contract.ts";
import { ActForm, post, states, type Shown } from "./parts.tsx";

const languages = ["en", "id", "km", "fil", "lo", "ms", "my", "pt", "tet", "th", "vi", "zh", "ta", "hi"];

export function Witnesses({ view }: { view: Shown }): ReactNode {
  const { say, state, language } = useWords();
  return (
    <Stack gap="sm" pt="md">
      {view.witnesses.length === 0 && (
        <Text size="sm" c="dimmed">
          {say("charges.witnesses.none")}
        </Text>
      )}
      {view.witnesses.map((one) => (
        <Card withBorder padding="sm" key={one.id}>
          <Text fw={600}>{one.label}</Text>
          <Text size="sm">
            {[
              say(`charges.witness.${one.kind}`),
              say(`charges.way.${one.way}`),
              language(one.language),
              one.state === null ? "" : state(one.state),
            ]
              .filter((each) => each !== "")
              .join(" · ")}
          </Text>
          {one.proves !== "" && <Text size="sm">{one.proves}</Text>}
          {one.protection !== "" && (
            <Text size="sm">
              <b>{say("charges.protection")}:</b> {one.protection}
            </Text>
          )}
        </Card>
      ))}
      {view.may.includes("work") && <Add view={view} />}
    </Stack>
  );
}

const blank = {
  label: "",
  kind: "witness",
  way: "live",
  state: "",
  language: "en",
  protection: "",
  proves: "",
};

function Add({ view }: { view: Shown }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { node } = useSession();
  const [value, setValue] = useState({ ...blank, state: node.code });
  const set = (to: Partial<typeof blank>): void => setValue((before) => ({ ...before, ...to }));
  const needed = value.kind === "victim";
  return (
    <ActForm
      label={say("charges.witness.add")}
      whole={value.label.trim() !== "" && (!needed || value.protection.trim().length >= 3)}
      send={() =>
        post(view.id, "witnesses", {
          ...value,
          state: needed || value.state === "" ? null : value.state,
          ...{ label: value.label.trim(), protection: value.protection.trim(), proves: value.proves.trim() },
        })
      }
    >
      <TextField
        label={say("charges.witness.label")}
        hint={say("charges.witness.label.hint")}
        required
        maxLength={100}
        value={value.label}
        onChange={(label) => set({ label })}
      />
      <ChoiceField
        label={say("charges.witness.kind")}
        required
        value={value.kind}
        choices={witnessKinds.map((one) => ({ value: one, label: say(`charges.witness.${one}`) }))}
        onChange={(kind) => set({ kind: kind ?? "witness" })}
      />
      <ChoiceField
        label={say("charges.way")}
        required
        value={value.way}
        choices={witnessWays.map((one) => ({ value: one, label: say(`charges.way.${one}`) }))}
        onChange={(way) => set({ way: way ?? "live" })}
      />
      {!needed && (
        <ChoiceField
          label={say("charges.witness.state")}
          value={value.state === "" ? null : value.state}
          choices={states.map((one) => ({ value: one, label: words.state(one) }))}
          onChange={(state) => set({ state: state ?? "" })}
        />
      )}
      <ChoiceField
        label={say("charges.witness.language")}
        required
        value={value.language}
        choices={languages.map((one) => ({ value: one, label: words.language(one) }))}
        onChange={(language) => set({ language: language ?? "en" })}
      />
      <TextField
        label={say("charges.witness.proves")}
        maxLength={1000}
        value={value.proves}
        onChange={(proves) => set({ proves })}
      />
      <LongTextField
        label={say("charges.protection")}
        {...(needed ? { hint: say("charges.protection.hint") } : {})}
        required={needed}
        rows={2}
        maxLength={1000}
        value={value.protection}
        onChange={(protection) => set({ protection })}
      />
    </ActForm>
  );
}
