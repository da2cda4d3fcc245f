// Evidences that differed when they were compared with another state, and the word of the officer who found out why.
import { Alert, Button, Card, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  LinkButton,
  LongTextField,
  Problem,
  StateTag,
  TimeText,
  useQuery,
  useQueryClient,
  useWords,
} from "@simpul/doors/web";
import type { Incidents, IncidentView, PeerView } from "../contract.ts";
import { topic } from "./parts.tsx";

/** Above all tabs while one is open. */
export function IncidentNotice({ peer }: { peer: PeerView }): ReactNode {
  const { say, state } = useWords();
  if (peer.incidents === 0) return null;
  return (
    <Alert
      variant="default"
      className="s-problem"
      title={say("peers.incidents.title", { count: peer.incidents })}
      role="status"
    >
      <Text size="sm" maw="44rem">
        {say("peers.incidents.text", { state: state(peer.node) })}
      </Text>
      <LinkButton to={`/peers/${peer.node}?tab=incidents`} mt="xs">
        {say("peers.tab.incidents")}
      </LinkButton>
    </Alert>
  );
}

export function IncidentList({ code }: { code: string }): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: [topic, code, "incidents"],
    queryFn: ({ signal }) => api.get<Incidents>(`/api/peers/${code}/incidents`, { signal }),
  });
  return (
    <Awaited query={query}>
      {({ incidents, closes }) => (
        <Stack gap="sm" maw="44rem">
          {incidents.length === 0 && <Text size="sm">{say("peers.incidents.none")}</Text>}
          {incidents.map((one) => (
            <One key={one.id} of={one} peer={code} closes={closes} />
          ))}
        </Stack>
      )}
    </Awaited>
  );
}

function One({ of, peer, closes }: { of: IncidentView; peer: string; closes: boolean }): ReactNode {
  const { say, state } = useWords();
  const { from, until, closed } = of;
  const what = say(`peers.incident.${of.kind}`, { state: state(peer) });
  return (
    <Card withBorder component="article" aria-label={what}>
      <Stack gap={6}>
        <Group gap="xs">
          <Text fw={600}>{what}</Text>
          <StateTag tone={closed === null ? "bad" : "plain"}>
            {say(closed === null ? "peers.incident.open" : "peers.incident.closed")}
          </StateTag>
        </Group>
        <Text size="sm" c="dimmed" component="div">
          {say("peers.incident.letters", { count: until - from + 1, from, until, state: state(of.sender) })} ·{" "}
          <TimeText at={of.foundAt} />
        </Text>
        {closed === null ? (
          <Text size="sm">{say(`peers.incident.todo.${of.kind}`)}</Text>
        ) : (
          <Text size="sm" component="div">
            {closed.because} · {closed.by} · <TimeText at={closed.at} />
          </Text>
        )}
        {closed === null && closes && <Close of={of} peer={peer} />}
      </Stack>
    </Card>
  );
}

function Close({ of, peer }: { of: IncidentView; peer: string }): ReactNode {
  const { say } = useWords();
  const queries = useQueryClient();
  const [because, setBecause] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const close = (): void => {
    setBusy(true);
    setFault(null);
    void api
      .post(`/api/peers/${peer}/incidents/${of.id}/close`, { because })
      .catch((no: unknown) => setFault(no))
      .finally(() => {
        setBusy(false);
        void queries.invalidateQueries({ queryKey: [topic] });
      });
  };
  return (
    <form
      className="s-noprint"
      onSubmit={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <Stack gap="sm" maw="36rem">
        <LongTextField
          label={say("peers.incident.because")}
          rows={2}
          required
          maxLength={2000}
          value={because}
          onChange={setBecause}
        />
        {fault !== null && <Problem fault={fault} />}
        <Group>
          <Button type="submit" variant="default" loading={busy} disabled={because.trim().length < 3}>
            {say("peers.incident.close")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
