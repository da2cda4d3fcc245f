// One followed thing, state by state: what each told last. Who told nothing yet stands there too.
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  PageHead,
  StateTag,
  TimeText,
  useLive,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { FiguresLines } from "../contract/figures.tsx";
import type { CoordinatedView, Told } from "../contract.ts";
import { Words } from "../contract/spoken.tsx";
import { Heads } from "./list.tsx";
import { Speak } from "./speak.tsx";
import { useStands } from "./stands.ts";

export function Page(): ReactNode {
  const { say } = useWords();
  const [about, id] = [useParam("about"), useParam("id")];
  useLive(["coordination"]);
  const { stands, period, tone } = useStands();
  const query = useQuery({
    queryKey: ["coordination", about, id],
    queryFn: ({ signal }) => api.get<CoordinatedView>(`/api/coordination/${about}/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/coordination">
      {(view) => (
        <>
          <PageHead
            title={say(`coordination.about.${view.about}`, { code: view.code })}
            windowTitle={say("coordination.room")}
            back={{ to: "/coordination", label: say("coordination.room") }}
            marks={<StateTag tone={tone(view)}>{stands(view)}</StateTag>}
          />
          <Stack gap="md" maw="46rem">
            <Text size="sm">{period(view)}</Text>
            {(view.about === "exercise" ? view.told.map((one) => one.state) : view.states).map((state) => (
              <OfState key={state} state={state} told={view.told.find((one) => one.state === state)}>
                <Words of={view.words.filter((one) => one.party === state)} answers={false} />
              </OfState>
            ))}
            {view.about === "space" && (
              <Speak
                space={view.id}
                parties={view.told.filter((one) => one.figures !== null).map((one) => one.state)}
              />
            )}
            {view.within.length > 0 && (
              <Stack gap="sm" component="section" aria-label={say("coordination.operations")}>
                <Text fw={600}>{say("coordination.operations")}</Text>
                <Heads of={view.within} />
              </Stack>
            )}
          </Stack>
        </>
      )}
    </Awaited>
  );
}

function OfState({
  state: code,
  told,
  children,
}: {
  state: string;
  told: Told | undefined;
  children: ReactNode;
}): ReactNode {
  const { say, state } = useWords();
  return (
    <Card withBorder component="article" aria-label={state(code)}>
      <Stack gap={6}>
        <Group gap="xs">
          <Title order={2} size="h5">
            {state(code)}
          </Title>
          {told !== undefined && (
            <Text size="sm" c="dimmed">
              <TimeText at={told.at} ago />
            </Text>
          )}
        </Group>
        {told === undefined || told.figures === null ? (
          <Text size="sm" c="dimmed">
            {say(told === undefined ? "coordination.told.notYet" : "coordination.told.back")}
          </Text>
        ) : (
          <FiguresLines of={told.figures} />
        )}
        {children}
      </Stack>
    </Card>
  );
}
