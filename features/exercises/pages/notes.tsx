// Notes of those who played, under their roles and without their names, and the field for one more.
import { Button, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  ChoiceField,
  LongTextField,
  Problem,
  useDraft,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { directorRole, runLimits, type HotWashView } from "../contract.ts";
import { useTold } from "./data.tsx";

export function Notes({ view }: { view: HotWashView }): ReactNode {
  const { say, state, time } = useWords();
  const told = useTold();
  const titleOf = (id: string): string => {
    const role = view.roles.find((one) => one.id === id);
    return role === undefined ? say("exercises.director") : told(role.title);
  };
  return (
    <Stack gap="sm" component="section" maw="40rem">
      <Title order={2} size="h4">
        {say("exercises.notes")}
      </Title>
      {view.notes.length === 0 && <Text c="dimmed">{say("exercises.notes.none")}</Text>}
      {view.notes.map((one) => (
        <div key={one.id}>
          <Text size="sm" c="dimmed">
            {titleOf(one.role)}
            {one.state === null ? "" : ` (${state(one.state)})`}, {time(one.at)}
          </Text>
          <Text style={{ whiteSpace: "pre-line" }}>{one.text}</Text>
        </div>
      ))}
      {view.writes.length > 0 && <Write view={view} titleOf={titleOf} />}
    </Stack>
  );
}

function Write({ view, titleOf }: { view: HotWashView; titleOf: (id: string) => string }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const first = view.writes.at(-1) ?? directorRole;
  const draft = useDraft(`exercises.note.${view.head.id}`, { text: "", role: first, note: "" });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const { text, role } = draft.value;
  async function write(): Promise<void> {
    setBusy(true);
    setFault(null);
    // The same note sent twice is one note.
    const note = draft.value.note === "" ? crypto.randomUUID() : draft.value.note;
    draft.set((before) => ({ ...before, note }));
    try {
      await api.post(`/api/exercises/${view.head.id}/notes`, { note, role, text });
      draft.clear();
      await queries.invalidateQueries({ queryKey: ["exercise"] });
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      className="s-noprint"
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <Stack gap="sm">
        {view.writes.length > 1 && (
          <ChoiceField
            label={say("exercises.note.as")}
            value={role}
            choices={view.writes.map((one) => ({ value: one, label: titleOf(one) }))}
            onChange={(to) => {
              if (to !== null) draft.set((before) => ({ ...before, role: to }));
            }}
          />
        )}
        <LongTextField
          label={say("exercises.note")}
          hint={say("exercises.note.hint")}
          rows={3}
          maxLength={runLimits.note}
          value={text}
          onChange={(to) => draft.set((before) => ({ ...before, text: to }))}
        />
        {fault !== null && <Problem fault={fault} kept={say("exercises.kept")} />}
        <div>
          <Button type="submit" variant="default" loading={busy} disabled={text.trim() === ""}>
            {say("exercises.note.write")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
