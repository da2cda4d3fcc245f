// Beside a space: which units follow it, and word for word what this state told each of them.
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { api, Awaited, StateTag, TimeText, useLive, useQuery, useWords } from "@simpul/doors/web";
import type { About, Spoken, ToldByUs } from "../contract.ts";
import { FiguresLines } from "./figures.tsx";
import { Words } from "./spoken.tsx";

export function ToldToUnits({
  about,
  id,
  units,
  reads,
}: {
  about: About;
  id: string;
  units: readonly string[];
  /** Who speaks for the state reads what was told. */
  reads: boolean;
}): ReactNode {
  const { say, state } = useWords();
  useLive(["coordination"]);
  const query = useQuery({
    queryKey: ["coordination", "told", about, id],
    queryFn: ({ signal }) =>
      api.get<{ told: ToldByUs[]; words: Spoken[] }>(`/api/coordination/told/${about}/${id}`, { signal }),
    enabled: reads,
  });
  return units.map((unit) => (
    <Card withBorder component="article" key={unit} aria-label={state(unit)}>
      <Stack gap={6}>
        <Group gap="xs">
          <Title order={2} size="h5">
            {state(unit)}
          </Title>
          <StateTag tone="plain">{say("coordination.role")}</StateTag>
        </Group>
        <Text size="sm">{say("coordination.gets")}</Text>
        {reads && (
          <Awaited query={query}>
            {({ told, words }) => (
              <>
                <Last of={told.find((one) => one.unit === unit)} />
                <Words of={words.filter((one) => one.unit === unit)} answers />
              </>
            )}
          </Awaited>
        )}
      </Stack>
    </Card>
  ));
}

function Last({ of }: { of: ToldByUs | undefined }): ReactNode {
  const { say } = useWords();
  if (of === undefined || of.figures === null)
    return (
      <Text size="sm" c="dimmed">
        {say(of === undefined ? "coordination.told.nothing" : "coordination.told.back")}
      </Text>
    );
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {say("coordination.told")} <TimeText at={of.at} />
      </Text>
      <FiguresLines of={of.figures} />
    </Stack>
  );
}
