// The kill switch of one line, and its milder sister that lets it rest: what ends and what stays, a typed reason, a proof.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  LongTextField,
  PageHead,
  Problem,
  useGo,
  useParam,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import { topic } from "./parts.tsx";

export function Page(): ReactNode {
  return <End how="stop" />;
}

export function End({ how }: { how: "stop" | "suspend" }): ReactNode {
  const code = useParam("code");
  const { say, state } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  async function stop(): Promise<void> {
    setFault(null);
    setBusy(true);
    try {
      await api.post(`/api/peers/${code}/${how}`, { reason });
      await queries.invalidateQueries({ queryKey: [topic] });
      go(`/peers/${code}`);
    } catch (no) {
      setFault(no);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <PageHead
        title={say(`peers.${how}.title`, { state: state(code) })}
        back={{ to: `/peers/${code}`, label: state(code) }}
      />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void stop();
        }}
      >
        <Stack gap="md" maw="44rem">
          <Text>{say(`peers.${how}.text`, { state: state(code) })}</Text>
          {fault !== null && <Problem fault={fault} />}
          <LongTextField
            label={say("peers.stop.reason")}
            hint={say("peers.stop.hint")}
            required
            rows={3}
            maxLength={500}
            value={reason}
            onChange={setReason}
          />
          <Group className="s-acts">
            <Button type="submit" loading={busy} disabled={reason.trim().length < 3}>
              {say(`peers.${how}.do`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}
