// An act of the room with its own little form: what is chosen, a note, one button; what was refused stands there.
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { LongTextField, Problem, RadioField, useQueryClient, useWords } from "@simpul/doors/web";

export function ActForm<Choice extends string>({
  label,
  choices,
  note,
  needsNote,
  button,
  act,
}: {
  label: string;
  choices: readonly { value: Choice; label: string }[];
  /** What the note is called. */
  note: string;
  needsNote: (choice: Choice | null) => boolean;
  button: string;
  act: (choice: Choice, note: string) => Promise<unknown>;
}): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [choice, setChoice] = useState<Choice | null>(
    choices.length === 1 ? (choices[0]?.value ?? null) : null,
  );
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function run(): Promise<void> {
    if (choice === null) return;
    setBusy(true);
    setFault(null);
    try {
      await act(choice, text.trim());
      setText("");
      await queries.invalidateQueries({ queryKey: ["oversight"] });
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
        void run();
      }}
    >
      <Stack gap="xs" maw="36rem">
        {choices.length > 1 && (
          <RadioField
            label={label}
            value={choice}
            choices={choices}
            onChange={(value) => setChoice(value as Choice)}
          />
        )}
        <LongTextField
          label={note}
          rows={2}
          maxLength={2000}
          value={text}
          required={needsNote(choice)}
          onChange={setText}
        />
        {fault !== null && <Problem fault={fault} kept={say("oversight.kept")} />}
        <Group>
          <Button
            type="submit"
            variant="default"
            loading={busy}
            disabled={choice === null || (needsNote(choice) && text.trim().length < 3)}
          >
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
