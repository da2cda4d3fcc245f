// Many people at once: queues, lists, those who may be one person, embassies; each in its own side of the page.
import { Card, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Empty,
  Link,
  LinkButton,
  PageHead,
  Progress,
  StateTag,
  Tabs,
  TimeText,
  useLive,
  useWords,
} from "@simpul/doors/web";
import { Gate } from "../../victims/contract/gate.tsx";
import type { ListLine } from "../contract.ts";
import { Queues } from "./queues.tsx";
import { Pairs } from "./pairs.tsx";
import { States } from "./states.tsx";
import "./surge.css";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["victims"]);
  return (
    <>
      <PageHead
        title={say("surge.room")}
        act={<LinkButton to="/surge/take">{say("surge.take")}</LinkButton>}
      />
      <Gate>
        <Tabs
          label={say("surge.room")}
          tabs={[
            { id: "queues", label: say("surge.tab.board"), body: <Queues /> },
            { id: "lists", label: say("surge.tab.lists"), body: <Lists /> },
            { id: "pairs", label: say("surge.tab.pairs"), body: <Pairs /> },
            { id: "states", label: say("surge.tab.states"), body: <States /> },
          ]}
        />
      </Gate>
    </>
  );
}

function Lists(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["victims", "surge-lists"],
    queryFn: ({ signal }) => api.get<{ lists: ListLine[] }>("/api/surge/lists", { signal }),
  });
  return (
    <Awaited query={query}>
      {({ lists }) =>
        lists.length === 0 ? (
          <Empty title={say("surge.lists.none")}>{say("surge.lists.none.text")}</Empty>
        ) : (
          <Stack gap="xs" component="ul" p={0} m={0} className="su-plain">
            {lists.map((one) => (
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

function Line({ of }: { of: ListLine }): ReactNode {
  const { say } = useWords();
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Link to={`/surge/lists/${of.id}`}>
          <bdi>{of.name}</bdi>
        </Link>
        {of.contradictions > 0 && (
          <StateTag tone="waiting">{say("surge.list.wrong", { count: of.contradictions })}</StateTag>
        )}
      </Group>
      {of.state === "done" ? (
        <Text size="sm">{say("surge.list.state.done", { rows: of.rows })}</Text>
      ) : (
        <Progress
          says={say(`surge.list.state.${of.state}`, { done: of.done, rows: of.rows })}
          part={of.done / of.rows}
        />
      )}
      <Text size="sm" c="dimmed" component="div">
        {of.by} · <TimeText at={of.at} />
      </Text>
    </Card>
  );
}
