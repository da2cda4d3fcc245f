// All other states' nodes: how each line is, when it was heard last, what waits and what was given up on.
import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  DataTable,
  Empty,
  Link,
  LinkButton,
  PageHead,
  TimeText,
  useLive,
  useMay,
  needsRole,
  useWords,
} from "@simpul/doors/web";
import type { PeerList, PeerView } from "../contract.ts";
import { Fingerprint, HealthDetail, LineTag, topic, useHealthWords } from "./parts.tsx";

export function Page(): ReactNode {
  const { say, state, number } = useWords();
  const health = useHealthWords();
  const manages = useMay(needsRole("administrator"));
  useLive([topic]);
  const first = manages && <LinkButton to="/peers/enter">{say("peers.enter.title")}</LinkButton>;
  return (
    <>
      <PageHead
        title={say("peers.room")}
        act={
          <>
            <LinkButton to="/peers/card" variant="default">
              {say("peers.card.title")}
            </LinkButton>
            <LinkButton to="/peers/keys" variant="default">
              {say("peers.keys.title")}
            </LinkButton>
            {first}
          </>
        }
      />
      <DataTable<PeerView>
        name="peers"
        label={say("peers.room")}
        topic={topic}
        load={async (_query, signal) => {
          const { peers } = await api.get<PeerList>("/api/peers", { signal });
          return { rows: peers, next: null, total: peers.length };
        }}
        rowId={(row) => row.node}
        rowName={(row) => state(row.node)}
        to={(row) => `/peers/${row.node}`}
        peek={(row) => <Peek peer={row} />}
        columns={[
          {
            id: "state",
            label: say("peers.state"),
            main: true,
            cell: (row) => <Link to={`/peers/${row.node}`}>{state(row.node)}</Link>,
            text: (row) => `${state(row.node)} (${row.node})`,
          },
          { id: "line", label: say("peers.line"), cell: (row) => <LineTag peer={row} />, text: health },
          {
            id: "heard",
            label: say("peers.heard"),
            cell: (row) => <TimeText at={row.heardAt} ago />,
            text: (row) => row.heardAt ?? "",
          },
          {
            id: "sent",
            label: say("peers.sent"),
            numeric: true,
            cell: (row) => number(row.sent),
            text: (row) => String(row.sent),
          },
          {
            id: "received",
            label: say("peers.received"),
            numeric: true,
            cell: (row) => number(row.received),
            text: (row) => String(row.received),
          },
          {
            id: "waiting",
            label: say("peers.waiting"),
            numeric: true,
            cell: (row) => number(row.waiting),
            text: (row) => String(row.waiting),
          },
          {
            id: "dead",
            label: say("peers.dead"),
            numeric: true,
            cell: (row) => number(row.deadLetters),
            text: (row) => String(row.deadLetters),
          },
          {
            id: "address",
            label: say("peers.address"),
            rare: true,
            cell: (row) => row.address,
            text: (row) => row.address,
          },
        ]}
        empty={
          <Empty title={say("peers.empty.title")} act={first}>
            {say("peers.empty.text")}
          </Empty>
        }
      />
    </>
  );
}

function Peek({ peer }: { peer: PeerView }): ReactNode {
  const { say } = useWords();
  return (
    <Stack gap="md">
      <Group>
        <LineTag peer={peer} />
      </Group>
      {peer.state === "confirmed" && <HealthDetail peer={peer} />}
      <Text size="sm">{peer.address}</Text>
      <div>
        <Text size="sm" c="dimmed" mb={4}>
          {say("peers.fingerprint")}
        </Text>
        <Fingerprint groups={peer.fingerprint} open={16 - peer.fingerprint.length} />
      </div>
    </Stack>
  );
}
