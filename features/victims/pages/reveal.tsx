// Shows what stands masked, for a reason that stays on her page.
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Problem, TextField, api, useWords } from "@simpul/doors/web";
import type { Facts, PersonView } from "../contract.ts";

export function Reveal({
  id,
  fields,
  onShown,
}: {
  id: string;
  fields: PersonView["masked"];
  onShown: (shown: Partial<Facts>) => void;
}): ReactNode {
  const { say } = useWords();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  async function show(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      onShown(await api.post<Partial<Facts>>(`/api/victims/people/${id}/reveal`, { fields, reason }));
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void show();
      }}
    >
      <Stack gap="xs">
        <TextField
          label={say("victims.reveal.why")}
          hint={say("victims.reveal.hint")}
          required
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Button type="submit" variant="default" loading={busy} disabled={reason.trim().length < 3}>
            {say("victims.reveal")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
