// The second person's half: she hears the fingerprint on the telephone and types its end, which no screen here shows.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  PageHead,
  Problem,
  TextField,
  useGo,
  useParam,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { PeerView } from "../contract.ts";
import { readHeard } from "../rules.ts";
import { Fingerprint, topic, Who } from "./parts.tsx";

export function Page(): ReactNode {
  const code = useParam("code");
  const { say, state } = useWords();
  const query = useQuery({
    queryKey: [topic, code],
    queryFn: ({ signal }) => api.get<PeerView>(`/api/peers/${code}`, { signal }),
  });
  return (
    <>
      <PageHead
        title={say("peers.confirm.title", { state: state(code) })}
        back={{ to: `/peers/${code}`, label: state(code) }}
      />
      <Awaited query={query} back="/peers">
        {(peer) =>
          peer.state !== "proposed" ? (
            <Text>{say("peers.confirm.none")}</Text>
          ) : peer.mine ? (
            <Alert variant="default" title={say("problem.SAME_PERSON")}>
              {say("problem.SAME_PERSON.todo")}
            </Alert>
          ) : (
            <Hear peer={peer} />
          )
        }
      </Awaited>
    </>
  );
}

function Hear({ peer }: { peer: PeerView }): ReactNode {
  const { say, state } = useWords();
  const go = useGo();
  const queries = useQueryClient();
  const [heard, setHeard] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const name = state(peer.node);

  async function confirm(): Promise<void> {
    setFault(null);
    setWrong(readHeard(heard) === null ? say("peers.confirm.short") : null);
    if (readHeard(heard) === null) return;
    setBusy(true);
    try {
      await api.post(`/api/peers/${peer.node}/confirm`, { heard });
      await queries.invalidateQueries({ queryKey: [topic] });
      go(`/peers/${peer.node}`);
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
        void confirm();
      }}
    >
      <Stack gap="md" maw="44rem">
        <Text>
          {say("peers.confirm.entered")} <Who doer={peer.proposed.by} />
        </Text>
        <Text>{say("peers.confirm.text", { state: name })}</Text>
        <Fingerprint groups={peer.fingerprint} open={16 - peer.fingerprint.length} />
        {fault !== null && <Problem fault={fault} />}
        <TextField
          label={say("peers.confirm.heard")}
          hint={say("peers.confirm.hint")}
          error={wrong}
          required
          maxLength={40}
          value={heard}
          onChange={setHeard}
        />
        <Group className="s-acts">
          <Button type="submit" loading={busy}>
            {say("peers.confirm.do", { state: name })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
