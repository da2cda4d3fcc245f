// Settings: my passkeys, devices and sessions, and ending any of them.
import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  LinkButton,
  PageHead,
  Problem,
  StateTag,
  useNow,
  useSession,
  useTellProblem,
  useWords,
} from "@simpul/doors/web";
import type { Belongings } from "../contract.ts";
import { addPasskey, thisDevice, wasCancelled } from "./passkey.tsx";

const topic = "access.belongings";

export function Page(): ReactNode {
  const { say } = useWords();
  const { officer } = useSession();
  const query = useQuery({
    queryKey: [topic],
    queryFn: ({ signal }) => api.get<Belongings>("/api/access/belongings", { signal }),
  });
  return (
    <>
      <PageHead
        title={say("access.room")}
        act={
          <>
            {officer.roles.includes("administrator") && (
              <LinkButton to="/settings/people" variant="default">
                {say("access.people.title")}
              </LinkButton>
            )}
            {officer.roles.some((role) => role === "administrator" || role === "supervisor") && (
              <LinkButton to="/settings/recovery" variant="default">
                {say("access.recovery.title")}
              </LinkButton>
            )}
            <LinkButton to="/settings/two-persons" variant="default">
              {say("access.two.title")}
            </LinkButton>
            <LinkButton to="/settings/connect" variant="default">
              {say("access.connect.title")}
            </LinkButton>
          </>
        }
      />
      <Awaited query={query}>
        {(mine) => (
          <Stack gap="xl">
            <Passkeys passkeys={mine.passkeys} />
            <Devices devices={mine.devices} />
            <Sessions sessions={mine.sessions} />
          </Stack>
        )}
      </Awaited>
    </>
  );
}

/** Ends one thing and shows what is left; the node's refusal is told. */
function useEnd(): (what: "passkeys" | "devices" | "sessions", id: string) => void {
  const queries = useQueryClient();
  const refused = useTellProblem();
  return (what, id) => {
    void api
      .delete(`/api/access/${what}/${id}`)
      .then(() => queries.invalidateQueries({ queryKey: [topic] }))
      .catch(refused);
  };
}

function List({
  title,
  text,
  heads,
  rows,
  act,
}: {
  title: string;
  text: string;
  heads: readonly string[];
  rows: readonly { id: string; cells: readonly ReactNode[] }[];
  act?: ReactNode;
}): ReactNode {
  const { say } = useWords();
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb={4}>
        <Title order={2} size="h4">
          {title}
        </Title>
        {act}
      </Group>
      <Text size="sm" c="dimmed" mb="xs">
        {text}
      </Text>
      {rows.length === 0 ? (
        <Text>{say("access.none")}</Text>
      ) : (
        <Table className="s-table" aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              {heads.map((head) => (
                <Table.Th key={head}>{head}</Table.Th>
              ))}
              <Table.Th aria-label={say("access.end")} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ id, cells }) => (
              <Table.Tr key={id}>
                {cells.map((cell, index) => (
                  <Table.Td key={index} data-label={heads[index]} data-main={index === 0}>
                    {cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

function Passkeys({ passkeys }: Pick<Belongings, "passkeys">): ReactNode {
  const { say, time, ago } = useWords();
  const now = useNow(60_000);
  const queries = useQueryClient();
  const end = useEnd();
  const [fault, setFault] = useState<unknown>(null);
  const add = async (): Promise<void> => {
    setFault(null);
    try {
      await addPasskey(thisDevice());
      await queries.invalidateQueries({ queryKey: [topic] });
    } catch (no) {
      if (!wasCancelled(no)) setFault(no);
    }
  };
  return (
    <>
      {fault !== null && <Problem fault={fault} />}
      <List
        title={say("access.passkeys")}
        text={say(passkeys.length < 2 ? "access.passkeys.one" : "access.passkeys.text")}
        heads={[say("access.name"), say("access.added"), say("access.lastUsed")]}
        act={
          <Button variant="default" onClick={() => void add()}>
            {say("access.passkeys.add")}
          </Button>
        }
        rows={passkeys.map((key) => ({
          id: key.id,
          cells: [
            key.name,
            time(key.addedAt),
            key.lastUsedAt === null ? "–" : ago(key.lastUsedAt, now),
            <Button key="end" size="compact-sm" variant="subtle" onClick={() => end("passkeys", key.id)}>
              {say("access.revoke")}
            </Button>,
          ],
        }))}
      />
    </>
  );
}

function Devices({ devices }: Pick<Belongings, "devices">): ReactNode {
  const { say, time, ago } = useWords();
  const now = useNow(60_000);
  const end = useEnd();
  return (
    <List
      title={say("access.devices")}
      text={say("access.devices.text")}
      heads={[say("access.name"), say("access.added"), say("access.lastUsed")]}
      rows={devices.map((device) => ({
        id: device.id,
        cells: [
          <Group key="name" gap="xs">
            {device.name}
            <StateTag>{say(`access.door.${device.kind}`)}</StateTag>
            {device.here && <StateTag tone="accent">{say("access.here")}</StateTag>}
          </Group>,
          time(device.addedAt),
          device.revokedAt !== null
            ? say("access.revoked", { time: time(device.revokedAt) })
            : device.lastUsedAt === null
              ? "–"
              : ago(device.lastUsedAt, now),
          device.revokedAt === null && (
            <Button key="end" size="compact-sm" variant="subtle" onClick={() => end("devices", device.id)}>
              {say("access.revoke")}
            </Button>
          ),
        ],
      }))}
    />
  );
}

function Sessions({ sessions }: Pick<Belongings, "sessions">): ReactNode {
  const { say, time, ago } = useWords();
  const now = useNow(60_000);
  const end = useEnd();
  return (
    <List
      title={say("access.sessions")}
      text={say("access.sessions.text")}
      heads={[say("access.where"), say("access.started"), say("access.seen"), say("access.ends")]}
      rows={sessions.map((session) => ({
        id: session.id,
        cells: [
          <Group key="where" gap="xs">
            {session.device ?? say(`access.door.${session.door}`)}
            <Text span size="sm" c="dimmed">
              {session.desk} · {say(`access.method.${session.method}`)}
            </Text>
            {session.here && <StateTag tone="accent">{say("access.here")}</StateTag>}
          </Group>,
          time(session.startedAt),
          ago(session.seenAt, now),
          time(session.endsAt),
          <Button key="end" size="compact-sm" variant="subtle" onClick={() => end("sessions", session.id)}>
            {say("access.end")}
          </Button>,
        ],
      }))}
    />
  );
}
