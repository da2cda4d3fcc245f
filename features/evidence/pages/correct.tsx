// What a value really is: its type and form, normalised here by the published profiles before anything is sent.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { ChoiceField, TextField, useSession, useWords } from "@simpul/doors/web";
import { normalise } from "@simpul/match/profiles";
import { holderRoles, selectorTypes, type HolderRole, type SelectorType } from "@simpul/model";
import type { AskDecide, FindingGroup } from "../contract.ts";

export function Correct({
  of,
  onSend,
  onCancel,
}: {
  of: FindingGroup;
  onSend: (correction: NonNullable<AskDecide["correction"]>, role: HolderRole) => Promise<void>;
  onCancel: () => void;
}): ReactNode {
  const { say } = useWords();
  const { node } = useSession();
  const [type, setType] = useState<SelectorType>(of.type);
  const [value, setValue] = useState(of.written);
  const [role, setRole] = useState<string | null>(of.roles[0] ?? null);
  const [busy, setBusy] = useState(false);
  const made = normalise(type, value, { region: node.code.toUpperCase() });
  const ready = made.valid && role !== null;

  async function send(): Promise<void> {
    if (!ready) return;
    setBusy(true);
    await onSend({ type, value }, role as HolderRole);
    setBusy(false);
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="xs">
        <ChoiceField
          label={say("evidence.correct.type")}
          required
          value={type}
          choices={selectorTypes.map((one) => ({ value: one, label: say(`selector.${one}`) }))}
          onChange={(next) => next !== null && setType(next as SelectorType)}
        />
        <TextField
          label={say("evidence.correct.value")}
          required
          autoFocus
          maxLength={2_048}
          value={value}
          onChange={setValue}
        />
        <Text size="sm" role="status">
          {made.valid ? (
            <>
              {say("evidence.correct.becomes")} <bdi>{made.canonical}</bdi>
            </>
          ) : (
            say(`evidence.doubt.${made.reason ?? "BAD_SHAPE"}.long`)
          )}
        </Text>
        <ChoiceField
          label={say("evidence.whose")}
          required
          value={role}
          choices={holderRoles.map((one) => ({ value: one, label: say(`holder.${one}`) }))}
          onChange={setRole}
        />
        <Group gap="xs">
          <Button type="submit" size="compact-sm" disabled={!ready} loading={busy}>
            {say("evidence.correct.send")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            {say("web.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
