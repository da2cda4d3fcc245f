// What is known of a person, as a form: what she needs first, then who she is; nothing in it decides whether she is helped.
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  ChoiceField,
  ChoicesField,
  Guided,
  LongTextField,
  Problem,
  RadioField,
  StatesField,
  TextField,
  TextsField,
  useWords,
} from "@simpul/doors/web";
import { localeFacts } from "@simpul/doors/i18n";
import { needs, risks } from "../contract.ts";
import type { Age, AskFacts, Facts } from "../contract.ts";
import { readBirth } from "../rules.ts";

/** Kept in this page only: what is written about a possible victim does not stay in a browser. */
export interface Draft {
  names: string[];
  born: string;
  ageSaid: Age;
  sex: Facts["sex"];
  nationalities: string[];
  languages: string[];
  needs: string[];
  risks: string[];
  phones: string[];
  place: string;
  heldAt: string;
  note: string;
}
export const blank: Draft = {
  ...{ names: [], born: "", ageSaid: "not-said", sex: "not-said", nationalities: [], languages: [] },
  ...{ needs: [], risks: [], phones: [], place: "", heldAt: "", note: "" },
};

export const draftOf = (facts: Facts): Draft => ({
  names: facts.names.map(({ text }) => text),
  born: facts.born?.written ?? "",
  ageSaid: facts.ageSaid,
  sex: facts.sex,
  nationalities: facts.nationalities,
  languages: facts.languages,
  needs: facts.needs,
  risks: facts.risks,
  phones: facts.contacts.map(({ text }) => text),
  place: facts.place,
  heldAt: facts.heldAt,
  note: facts.note,
});

/** Only what was changed: what somebody else wrote meanwhile is not overwritten by what stood here before. */
export function changes(before: Draft, after: Draft, facts: Facts | null): AskFacts {
  const changed: Record<string, unknown> = {};
  for (const key of Object.keys(after) as (keyof Draft)[])
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) changed[key] = after[key];
  if ("names" in changed)
    changed["names"] = after.names.map(
      (text) => facts?.names.find((one) => one.text === text) ?? { text, use: "own" },
    );
  if ("phones" in changed) {
    changed["contacts"] = after.phones.map(
      (text) => facts?.contacts.find((one) => one.text === text) ?? { how: "phone", text, safe: true },
    );
    delete changed["phones"];
  }
  return changed;
}

export function FactsForm({
  first,
  act,
  save,
}: {
  first: Draft;
  act: string;
  save: (draft: Draft) => Promise<void>;
}): ReactNode {
  const { say } = useWords();
  const [value, setValue] = useState(first);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const set = (to: Partial<Draft>): void => setValue((before) => ({ ...before, ...to }));
  async function send(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await save(value);
    } catch (no) {
      setFault(no);
      setBusy(false);
    }
  }
  const codes = (kind: string, all: readonly string[]) =>
    all.map((code) => ({ value: code, label: say(`victims.${kind}.${code}`) }));
  return (
    <Guided by="victims.guide.person">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack gap="md" maw="40rem">
          <ChoicesField
            label={say("victims.needs")}
            value={value.needs}
            choices={codes("need", needs)}
            onChange={(next) => set({ needs: next })}
          />
          <ChoicesField
            label={say("victims.risks")}
            value={value.risks}
            choices={codes("risk", risks)}
            onChange={(next) => set({ risks: next })}
          />
          <TextsField
            label={say("victims.names")}
            hint={say("victims.names.hint")}
            value={value.names}
            onChange={(names) => set({ names })}
          />
          <RadioField
            label={say("victims.ageSaid")}
            value={value.ageSaid}
            choices={codes("age", ["child", "doubt", "adult", "not-said"])}
            onChange={(next) => set({ ageSaid: next as Age })}
          />
          <TextField
            label={say("victims.born")}
            hint={<Born written={value.born} />}
            maxLength={60}
            value={value.born}
            onChange={(born) => set({ born })}
          />
          <ChoicesField
            label={say("victims.language")}
            value={value.languages}
            choices={Object.entries(localeFacts).map(([code, { name }]) => ({ value: code, label: name }))}
            onChange={(languages) => set({ languages })}
          />
          <StatesField
            label={say("victims.nationality")}
            value={value.nationalities}
            onChange={(nationalities) => set({ nationalities })}
          />
          <ChoiceField
            label={say("victims.sex")}
            required
            value={value.sex}
            choices={codes("sex", ["female", "male", "other", "not-said"])}
            onChange={(next) => set({ sex: (next ?? "not-said") as Facts["sex"] })}
          />
          <TextsField
            label={say("victims.field.contacts")}
            hint={say("victims.contacts.hint")}
            value={value.phones}
            onChange={(phones) => set({ phones })}
          />
          <TextField
            label={say("victims.field.place")}
            maxLength={500}
            value={value.place}
            onChange={(place) => set({ place })}
          />
          <TextField
            label={say("victims.field.heldAt")}
            maxLength={500}
            value={value.heldAt}
            onChange={(heldAt) => set({ heldAt })}
          />
          <LongTextField
            label={say("victims.field.note")}
            rows={2}
            maxLength={4000}
            value={value.note}
            onChange={(note) => set({ note })}
          />
          {fault !== null && <Problem fault={fault} />}
          <Group className="s-acts">
            <Button type="submit" loading={busy}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Guided>
  );
}

/** How the date was understood, before it is kept: a Buddhist year, a day that is none. */
function Born({ written }: { written: string }): ReactNode {
  const { say } = useWords();
  if (written.trim() === "") return say("victims.born.hint");
  const born = readBirth(written, new Date());
  if (born.read === null) return say("victims.born.unclear");
  return born.calendar === "buddhist"
    ? say("victims.born.buddhist", { read: born.read })
    : say("victims.born.read", { read: born.read });
}
