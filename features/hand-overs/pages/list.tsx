// All hand-overs that this officer sees, the last changed first.
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  ClockText,
  Empty,
  Link,
  PageHead,
  TimeText,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { HandOverHead } from "../contract.ts";
import { Standing } from "./parts.tsx";

export function Page(): ReactNode {
  const { say, state } = useWords();
  useLive(["handing"]);
  const query = useQuery({
    queryKey: ["handing", "list"],
    queryFn: ({ signal }) => api.get<{ handOvers: HandOverHead[] }>("/api/hand-overs", { signal }),
  });
  return (
    <>
      <PageHead title={say("hand-overs.room")} back={{ to: "/cases", label: say("cases.room") }} />
      <Awaited query={query}>
        {({ handOvers }) =>
          handOvers.length === 0 ? (
            <Empty title={say("hand-overs.none")}>{say("hand-overs.none.text")}</Empty>
          ) : (
            <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
              {handOvers.map((one) => (
                <Card key={one.id} withBorder padding="sm" component="li">
                  <Group justify="space-between" gap="xs">
                    <Link to={`/hand-overs/${one.id}`}>
                      {state(one.peer)} · <bdi>{one.title}</bdi>
                    </Link>
                    <Group gap="xs">
                      <Standing of={one} />
                      {one.due !== null && <ClockText due={one.due} />}
                    </Group>
                  </Group>
                  <Text size="sm" c="dimmed">
                    {one.reference} · {say(one.whole ? "hand-overs.whole" : "hand-overs.parts")} ·{" "}
                    <TimeText at={one.changedAt} ago />
                  </Text>
                </Card>
              ))}
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}
