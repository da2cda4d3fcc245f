// All recalls that this officer sees: what waits first, each with its clock and how many have answered.
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  ClockText,
  Empty,
  Link,
  PageHead,
  StateTag,
  Tabs,
  TimeText,
  useLive,
  useWords,
} from "@simpul/doors/web";
import type { RecallHead } from "../contract.ts";
import { useRecalls } from "./data.ts";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["recall"]);
  return (
    <>
      <PageHead title={say("recalls.room")} back={{ to: "/requests", label: say("requests.room") }} />
      <Tabs
        label={say("recalls.room")}
        tabs={(["open", "closed"] as const).map((state) => ({
          id: state,
          label: say(`recalls.list.${state}`),
          body: <List state={state} />,
        }))}
      />
      <Text size="sm" mt="md" className="s-noprint">
        <Link to="/recalls/grades">{say("recalls.grades")}</Link>
      </Text>
    </>
  );
}

function List({ state }: { state: "open" | "closed" }): ReactNode {
  const { say } = useWords();
  const query = useRecalls({ state });
  return (
    <Awaited query={query}>
      {({ recalls }) =>
        recalls.length === 0 ? (
          <Empty title={say(`recalls.none.${state}`)}>{say("recalls.none.text")}</Empty>
        ) : (
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
            {recalls.map((one) => (
              <li key={one.id}>
                <Line of={one} />
              </li>
            ))}
          </Stack>
        )
      }
    </Awaited>
  );
}

/** What it is, how it stands, and the clock that runs. */
export function Line({ of }: { of: RecallHead }): ReactNode {
  const { say, state } = useWords();
  const who = of.ours ? say("recalls.ours") : state(of.originator);
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Link to={`/recalls/${of.id}`}>
          {say(`recalls.kind.${of.kind}`)} · {who} · {say("recalls.things", { count: of.things })}
        </Link>
        <Group gap="xs">
          <StateTag
            tone={of.overdue ? "bad" : of.state === "open" || of.state === "submitted" ? "waiting" : "plain"}
          >
            {say(`recalls.state.${of.state}`)}
          </StateTag>
          {of.due !== null && of.outcome === null && of.holders.answered < Math.max(1, of.holders.all) && (
            <ClockText due={of.due} />
          )}
        </Group>
      </Group>
      <Text size="sm" c="dimmed" component="div">
        {say(`recalls.reason.${of.reasonCode}`)} · <TimeText at={of.at ?? of.createdAt} />
        {of.holders.all > 0 && <> · {say("recalls.answeredOf", of.holders)}</>}
      </Text>
    </Card>
  );
}
