// One person as a form asks for her: who, by what she is found, how sure it is, until when, and what to do when met.
import { Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { ChoiceField, LongTextField, RadioField, TextField, useWords } from "@simpul/doors/web";
import { informationGrades, sourceGrades } from "@simpul/model";
import { listedRoles, whatToDos, type ListedRole, type WatchEntry, type WhatToDo } from "../contract.ts";

/** As it is typed; grades apart, so that nobody takes one from the other (EV-3). */
export interface Typed {
  role: string;
  name: string;
  birth: string;
  document: string;
  source: string;
  information: string;
  legalBasis: string;
  review: string;
  whatToDo: string;
  note: string;
}
export const nobody: Typed = {
  ...{ role: "", name: "", birth: "", document: "", source: "", information: "", legalBasis: "" },
  ...{ review: "", whatToDo: "ask-aside", note: "" },
};

export const typedOf = (entry: WatchEntry): Typed => ({
  ...entry,
  birth: entry.birth ?? "",
  document: entry.document ?? "",
  source: entry.evaluation[0] ?? "",
  information: entry.evaluation[1] ?? "",
});

/** Null while something that it needs is missing. */
export function entryOf(typed: Typed): WatchEntry | null {
  const { role, name, birth, document, source, information, legalBasis, review, whatToDo, note } = typed;
  const found = document.trim() !== "" || birth !== "";
  if ([role, name.trim(), source, information, review].includes("") || !found || legalBasis.trim().length < 3)
    return null;
  return {
    ...{ role: role as ListedRole, name: name.trim(), birth: birth === "" ? null : birth },
    ...{ document: document.trim() === "" ? null : document.trim(), evaluation: source + information },
    ...{ legalBasis: legalBasis.trim(), review, whatToDo: whatToDo as WhatToDo, note: note.trim() },
  };
}

export function EntryFields({ value, set }: { value: Typed; set: (to: Partial<Typed>) => void }): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="md">
      <RadioField
        label={say("watch-lists.role")}
        hint={say("watch-lists.role.hint")}
        value={value.role === "" ? null : value.role}
        choices={listedRoles.map((one) => ({ value: one, label: say(`watch-lists.role.${one}`) }))}
        onChange={(role) => set({ role })}
      />
      <TextField
        label={say("watch-lists.name")}
        required
        maxLength={120}
        value={value.name}
        onChange={(name) => set({ name })}
      />
      <TextField
        label={say("watch-lists.document")}
        hint={say("watch-lists.document.hint")}
        maxLength={80}
        value={value.document}
        onChange={(document) => set({ document })}
      />
      <TextField
        label={say("watch-lists.birth")}
        hint={say("watch-lists.birth.hint")}
        kind="date"
        value={value.birth}
        onChange={(birth) => set({ birth })}
      />
      <Group grow align="flex-start">
        <ChoiceField
          label={say("watch-lists.source")}
          required
          value={value.source === "" ? null : value.source}
          choices={sourceGrades.map((one) => ({
            value: one,
            label: `${one}: ${say(`evaluation.source.${one}`)}`,
          }))}
          onChange={(source) => set({ source: source ?? "" })}
        />
        <ChoiceField
          label={say("watch-lists.information")}
          required
          value={value.information === "" ? null : value.information}
          choices={informationGrades.map((one) => ({
            value: one,
            label: `${one}: ${say(`evaluation.information.${one}`)}`,
          }))}
          onChange={(information) => set({ information: information ?? "" })}
        />
      </Group>
      <RadioField
        label={say("watch-lists.whatToDo")}
        value={value.whatToDo}
        choices={whatToDos.map((one) => ({ value: one, label: say(`watch-lists.do.${one}`) }))}
        onChange={(whatToDo) => set({ whatToDo })}
      />
      <LongTextField
        label={say("watch-lists.note")}
        rows={2}
        maxLength={300}
        value={value.note}
        onChange={(note) => set({ note })}
      />
      <TextField
        label={say("watch-lists.entryBasis")}
        required
        maxLength={200}
        value={value.legalBasis}
        onChange={(legalBasis) => set({ legalBasis })}
      />
      <TextField
        label={say("watch-lists.review")}
        hint={say("watch-lists.review.hint")}
        kind="date"
        required
        value={value.review}
        onChange={(review) => set({ review })}
      />
    </Stack>
  );
}
