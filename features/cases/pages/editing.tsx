// Forms and fields of a case that open where they stand: adding, editing a text, choosing one of few.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode, SubmitEvent } from "react";
import { ChoiceField, LongTextField, Problem, TextField, useWords } from "@simpul/doors/web";

/** A form that opens where it is needed, says what was refused, and keeps what was typed. */
export function AddForm({
  label,
  may,
  open: first = false,
  quiet = false,
  onSend,
  children,
}: {
  label: string;
  may: boolean;
  open?: boolean;
  /** Beside a page's main act, or seldom needed. */
  quiet?: boolean;
  onSend: () => Promise<void>;
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  const [open, setOpen] = useState(first);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  if (!may) return null;
  if (!open)
    return (
      <Group className="s-noprint">
        <Button {...(quiet && { variant: "default", size: "xs" })} onClick={() => setOpen(true)}>
          {label}
        </Button>
      </Group>
    );
  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      await onSend();
      setOpen(false);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Card
      withBorder
      component="form"
      maw="44rem"
      className="s-noprint"
      onSubmit={(event: SubmitEvent) => void send(event)}
    >
      <Stack gap="sm">
        {children}
        {fault !== null && <Problem fault={fault} kept={say("cases.form.kept")} />}
        <Group className="s-acts">
          <Button type="submit" loading={busy}>
            {label}
          </Button>
          <Button variant="default" onClick={() => setOpen(false)}>
            {say("cases.form.cancel")}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

/** A value beside its label that is edited where it stands. */
export function EditableText({
  label,
  value,
  may,
  long = false,
  lang,
  onSave,
}: {
  label: string;
  value: string;
  may: boolean;
  long?: boolean;
  lang?: string;
  onSave: (value: string) => Promise<void>;
}): ReactNode {
  const { say } = useWords();
  const [draft, setDraft] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  if (draft === null)
    return (
      <Stands label={label} {...(may && { onEdit: () => setDraft(value) })}>
        <span lang={lang} style={{ whiteSpace: "pre-wrap" }}>
          {value === "" ? "–" : value}
        </span>
      </Stands>
    );
  const Field = long ? LongTextField : TextField;
  async function save(): Promise<void> {
    setFault(null);
    try {
      await onSave(draft ?? "");
      setDraft(null);
    } catch (no) {
      setFault(no);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="xs" maw="44rem">
        <Field
          label={label}
          value={draft}
          onChange={setDraft}
          autoFocus
          {...(lang === undefined ? {} : { lang })}
        />
        {fault !== null && <Problem fault={fault} kept={say("cases.form.kept")} />}
        <Group gap="xs">
          <Button size="compact-sm" type="submit">
            {say("cases.save")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setDraft(null)}>
            {say("cases.form.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A label above its value, and the way to change it. */
function Stands({
  label,
  onEdit,
  children,
}: {
  label: string;
  onEdit?: () => void;
  children: ReactNode;
}): ReactNode {
  const { say } = useWords();
  return (
    <div>
      <Group gap="xs">
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        {onEdit !== undefined && (
          <Button size="compact-xs" variant="subtle" className="s-noprint" onClick={onEdit}>
            {say("cases.edit")}
            <span className="s-hidden"> {label}</span>
          </Button>
        )}
      </Group>
      <Text size="sm" component="div">
        {children}
      </Text>
    </div>
  );
}

/** One of few, chosen where it stands; the choice is the act. */
export function EditableChoice({
  label,
  value,
  choices,
  may,
  onSave,
}: {
  label: string;
  value: string | null;
  choices: readonly { value: string; label: string }[];
  may: boolean;
  onSave: (value: string) => void;
}): ReactNode {
  const [open, setOpen] = useState(false);
  if (!may || !open)
    return (
      <Stands label={label} {...(may && { onEdit: () => setOpen(true) })}>
        {choices.find((one) => one.value === value)?.label ?? value ?? "–"}
      </Stands>
    );
  return (
    <ChoiceField
      label={label}
      required
      autoFocus
      value={value}
      choices={choices}
      onChange={(next) => {
        setOpen(false);
        if (next !== null && next !== value) onSave(next);
      }}
    />
  );
}
