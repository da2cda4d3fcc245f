// Exercises that this desk plays in or may direct, the newest first.
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  TimeText,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { ExercisesView, RunHead } from "../contract.ts";
import { RunTag, useTold } from "./data.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["exercise"]);
  const query = useQuery({
    queryKey: ["exercise"],
    queryFn: ({ signal }) => api.get<ExercisesView>("/api/exercises", { signal }),
  });
  const act =
    query.data?.mayDirect === true
      ? { act: <LinkButton to="/exercises/new">{say("exercises.start")}</LinkButton> }
      : {};
  return (
    <>
      <PageHead title={say("exercises.room")} {...act} />
      <Awaited query={query}>
        {({ runs }) =>
          runs.length === 0 ? (
            <Empty title={say("exercises.none")}>{say("exercises.none.text")}</Empty>
          ) : (
            <Stack component="ul" gap="sm" p={0} m={0} maw="46rem" style={{ listStyle: "none" }}>
              {runs.map((one) => (
                <li key={one.id}>
                  <Run of={one} />
                </li>
              ))}
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}

function Run({ of }: { of: RunHead }): ReactNode {
  const { say, state, list } = useWords();
  const told = useTold();
  return (
    <Card withBorder>
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h5">
            <Link to={`/exercises/${of.id}`}>{told(of.title)}</Link>
          </Title>
          <Group gap="xs">
            {of.directs && <StateTag tone="accent">{say("exercises.youDirect")}</StateTag>}
            <RunTag of={of} />
          </Group>
        </Group>
        {of.plays.length > 0 && (
          <Text size="sm">{say("exercises.youPlay", { roles: list(of.plays.map(told)) })}</Text>
        )}
        <Text size="sm" c="dimmed" component="div">
          {say("exercises.leads", { state: state(of.lead) })} · <TimeText at={of.startsAt} />
        </Text>
      </Stack>
    </Card>
  );
}
