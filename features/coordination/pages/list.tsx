// What a unit follows: spaces, operations and exercises of the states that named it, the last changed first.
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  Link,
  PageHead,
  StateTag,
  TimeText,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { CoordinatedHead } from "../contract.ts";
import { useStands } from "./stands.ts";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["coordination"]);
  const query = useQuery({
    queryKey: ["coordination"],
    queryFn: ({ signal }) => api.get<{ all: CoordinatedHead[] }>("/api/coordination", { signal }),
  });
  return (
    <>
      <PageHead title={say("coordination.room")} />
      <Awaited query={query}>
        {({ all }) =>
          all.length === 0 ? (
            <Empty title={say("coordination.none")}>{say("coordination.none.text")}</Empty>
          ) : (
            <Heads of={all} />
          )
        }
      </Awaited>
    </>
  );
}

export function Heads({ of }: { of: readonly CoordinatedHead[] }): ReactNode {
  return (
    <Stack component="ul" gap="sm" p={0} m={0} maw="46rem" style={{ listStyle: "none" }}>
      {of.map((one) => (
        <li key={`${one.about} ${one.id}`}>
          <Head of={one} />
        </li>
      ))}
    </Stack>
  );
}

function Head({ of }: { of: CoordinatedHead }): ReactNode {
  const { say, state, list } = useWords();
  const { stands, period, tone } = useStands();
  return (
    <Card withBorder>
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h5">
            <Link to={`/coordination/${of.about}/${of.id}`}>
              {say(`coordination.about.${of.about}`, { code: of.code })}
            </Link>
          </Title>
          <StateTag tone={tone(of)}>{stands(of)}</StateTag>
        </Group>
        <Text size="sm">{list(of.states.map((one) => state(one)))}</Text>
        <Text size="sm" c="dimmed">
          {period(of)} · {say("coordination.newest")} <TimeText at={of.newest} ago />
        </Text>
      </Stack>
    </Card>
  );
}
