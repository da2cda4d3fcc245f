// The director's board: per state and seat what was told, seen, done and is late, and what comes next with its two buttons.
import { Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { StateTag, useWords } from "@simpul/doors/web";
import type { RunView, SeatView } from "../contract.ts";
import { StepTag, useMoment, useTold } from "./data.tsx";

type Act = (path: string) => Promise<void>;

export function Board({ view, act }: { view: RunView; act: Act }): ReactNode {
  const { say, state } = useWords();
  const time = useMoment();
  return (
    <>
      {(view.board ?? []).map((one) => (
        <Stack key={one.state} gap="sm" component="section">
          <Group gap="xs">
            <Title order={2} size="h4">
              {state(one.state)}
            </Title>
            {one.refused !== null ? (
              <StateTag tone="bad">{say("exercises.refused", { code: one.refused })}</StateTag>
            ) : (
              <StateTag tone={one.toldAt === null ? "waiting" : "good"}>
                {one.toldAt === null
                  ? say("exercises.notTold")
                  : say("exercises.told", { time: time(one.toldAt) })}
              </StateTag>
            )}
          </Group>
          {one.seats.map((seat) => (
            <Seat key={seat.id} of={seat} view={view} act={act} />
          ))}
        </Stack>
      ))}
    </>
  );
}

function Seat({ of, view, act }: { of: SeatView; view: RunView; act: Act }): ReactNode {
  const { say } = useWords();
  const time = useMoment();
  const told = useTold();
  return (
    <Card withBorder component="article" aria-label={told(of.title)}>
      <Stack gap="sm">
        <Group gap="xs">
          <Title order={3} size="h5">
            {told(of.title)}
          </Title>
          <StateTag tone={of.seenAt === null ? "waiting" : "good"}>
            {of.seenAt === null ? say("exercises.notSeen") : say("exercises.seen", { time: time(of.seenAt) })}
          </StateTag>
        </Group>
        {of.steps.map((step) => (
          <Line key={step.id} of={step} view={view} act={act} />
        ))}
      </Stack>
    </Card>
  );
}

function Line({ of, view, act }: { of: SeatView["steps"][number]; view: RunView; act: Act }): ReactNode {
  const { say } = useWords();
  const time = useMoment();
  const told = useTold();
  const comes = of.kind === "later";
  const asked = comes || of.kind === "open" || of.kind === "late";
  const at = `steps/${of.id}`;
  const name = told(of.title);
  return (
    <Group justify="space-between" gap="xs" align="flex-start">
      <Stack gap={2} style={{ flex: "1 1 16rem" }}>
        <Group gap="xs">
          <StepTag kind={of.kind} />
          <Text>{name}</Text>
        </Group>
        <Text size="sm" c="dimmed">
          {[
            say(`exercises.by.${of.by}`),
            ...times(of).map(([key, when]) =>
              say(key, {
                time: when === "" ? "" : time(when),
                step: of.after === null ? "" : told(of.after),
              }),
            ),
          ].join(" · ")}
        </Text>
      </Stack>
      <Group gap="xs">
        {comes && view.may.includes("now") && (
          <Button
            variant="default"
            aria-label={`${say("exercises.now")}: ${name}`}
            onClick={() => void act(`${at}/now`)}
          >
            {say("exercises.now")}
          </Button>
        )}
        {asked && view.may.includes("skip") && (
          <Button
            variant="subtle"
            aria-label={`${say("exercises.skip")}: ${name}`}
            onClick={() => void act(`${at}/skip`)}
          >
            {say("exercises.skip")}
          </Button>
        )}
      </Group>
    </Group>
  );
}

/** What is known of its times, as keys of words. */
function times(of: SeatView["steps"][number]): [key: string, at: string][] {
  if (of.kind === "skipped") return [];
  if (of.kind === "later")
    return [of.opensAt === null ? ["exercises.comesAfter", ""] : ["exercises.comes", of.opensAt]];
  return [
    of.enteredAt !== null
      ? ["exercises.entered", of.enteredAt]
      : [of.stuck === null ? "exercises.onItsWay" : `exercises.stuck.${of.stuck}`, ""],
    ...(of.doneAt !== null
      ? [["exercises.doneAt", of.doneAt] as [string, string]]
      : of.dueAt !== null
        ? [["exercises.due", of.dueAt] as [string, string]]
        : []),
  ];
}
