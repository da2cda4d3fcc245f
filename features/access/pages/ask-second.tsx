// Whom she asks for her word, where this state wants a second person; sent, and the act is done again when it was given.
import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, LongTextField, Problem, tell, useSession, useWords } from "@simpul/doors/web";
import { useColleagues } from "./data.ts";

export function AskSecond(given: { act: string; record: string; onDone: () => void }): ReactNode {
  const { act, record, onDone } = given;
  const { say } = useWords();
  const { officer } = useSession();
  const [of, setOf] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const { data } = useColleagues();
  const others = (data ?? []).filter((one) => one.id !== officer.id);
  async function send(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const page = location.pathname + location.search;
      await api.post("/api/access/seconds", { act, record, page, reason: reason.trim(), of });
      tell(say("access.second.sent", { name: others.find((one) => one.id === of)?.name ?? "" }));
      onDone();
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
        void send();
      }}
    >
      <Stack gap="md">
        <Text size="sm">{say("access.second.text")}</Text>
        <Select
          label={say("access.second.whom")}
          placeholder={say("web.choose")}
          searchable
          value={of}
          data={others.map((one) => ({ value: one.id, label: `${one.name} · ${one.number}` }))}
          nothingFoundMessage={say("web.nothingFound")}
          comboboxProps={{ zIndex: 600 }}
          onChange={setOf}
        />
        <LongTextField
          label={say("access.second.why")}
          hint={say("access.second.why.hint")}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Button type="submit" loading={busy} disabled={of === null || reason.trim().length < 3}>
            {say("access.second.ask")}
          </Button>
          <Button variant="subtle" onClick={onDone}>
            {say("web.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
