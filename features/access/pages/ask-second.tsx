// Whom she asks for her word, where this state wants a second person; sent, and the act is done again when it was given.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { api, LongTextField, Problem, tell, useActing, useSession, useWords } from "@simpul/doors/web";
import { ColleagueField } from "./colleague-field.tsx";

export function AskSecond(given: { act: string; record: string; onDone: () => void }): ReactNode {
  const { act, record, onDone } = given;
  const { say } = useWords();
  const { officer } = useSession();
  const [of, setOf] = useState({ id: null as string | null, name: "" });
  const [reason, setReason] = useState("");
  const { busy, fault, run } = useActing("access.seconds");
  async function send(): Promise<void> {
    const page = location.pathname + location.search;
    const ask = { act, record, page, reason: reason.trim(), of: of.id };
    if (!(await run(() => api.post("/api/access/seconds", ask)))) return;
    tell(say("access.second.sent", { name: of.name }));
    onDone();
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
        <ColleagueField
          label={say("access.second.whom")}
          value={of.id}
          but={officer.id}
          onChange={(id, name) => setOf({ id, name })}
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
          <Button type="submit" loading={busy} disabled={of.id === null || reason.trim().length < 3}>
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
