// Who wrote or was called about: what presses first, and how long before the next person is told.
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  Link,
  LinkButton,
  PageHead,
  Tabs,
  TimeText,
  api,
  useNow,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { CalledBack, MessageHead } from "../contract.ts";
import { CallNow, Closed, Marks, isClosed, useDesk } from "./shared.tsx";

export function Page(): ReactNode {
  const { say, state } = useWords();
  const desk = useDesk();
  const query = useQuery({
    queryKey: ["distress", "messages"],
    queryFn: ({ signal }) =>
      api.get<{ messages: MessageHead[]; unread: number; calledBack: CalledBack[] }>(
        "/api/distress/messages",
        { signal },
      ),
    retry: false,
  });
  const closed = isClosed(query.error) || desk.data?.open === false;
  return (
    <>
      <PageHead
        title={say("distress.room")}
        act={
          <Group gap="sm">
            <LinkButton to="/distress/list" variant="default">
              {say("distress.places")}
            </LinkButton>
            <LinkButton to="/calls/new">{say("distress.call.act")}</LinkButton>
          </Group>
        }
      />
      <Stack gap="md" maw="52rem">
        <CallNow />
        {closed ? (
          <Closed />
        ) : (
          <Awaited query={query}>
            {({ messages, unread, calledBack }) => (
              <>
                {unread > 0 && <Text size="sm">{say("distress.unread", { count: unread })}</Text>}
                {calledBack.map((one, nth) => (
                  <Text key={nth} size="sm">
                    {say("distress.back.here", { state: state(one.state) })} <TimeText at={one.at} ago />
                  </Text>
                ))}
                <Tabs
                  label={say("distress.room")}
                  tabs={[
                    {
                      id: "open",
                      label: say("distress.tab.open"),
                      body: <Messages of={messages.filter((one) => one.state !== "closed")} />,
                    },
                    {
                      id: "closed",
                      label: say("distress.tab.closed"),
                      body: <Messages of={messages.filter((one) => one.state === "closed")} />,
                    },
                  ]}
                />
              </>
            )}
          </Awaited>
        )}
      </Stack>
    </>
  );
}

function Messages({ of }: { of: readonly MessageHead[] }): ReactNode {
  const { say } = useWords();
  if (of.length === 0) return <Empty title={say("distress.none")}>{say("distress.none.text")}</Empty>;
  return (
    <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
      {of.map((one) => (
        <li key={one.id}>
          <One of={one} />
        </li>
      ))}
    </Stack>
  );
}

function One({ of }: { of: MessageHead }): ReactNode {
  const words = useWords();
  const { say } = words;
  const many = of.many === null || of.many === "unknown" ? null : say(`distress.many.${of.many}`);
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs" mb={4}>
        <Marks of={of} />
        {of.clock !== null && <Clock of={of.clock} />}
      </Group>
      <Link to={`/distress/${of.id}`}>
        <bdi lang={of.from === null ? of.language : undefined}>
          {of.where === "" ? say("distress.noPlace") : of.where}
        </bdi>
      </Link>
      <Text size="sm" c="dimmed">
        {[say(`distress.via.${of.via}`), words.language(of.language), many, of.takenBy]
          .filter((text) => text !== null && text !== "")
          .join(" · ")}{" "}
        · <TimeText at={of.at} ago />
      </Text>
    </Card>
  );
}

/** What is left before the next step; over it, since when. */
export function Clock({ of }: { of: NonNullable<MessageHead["clock"]> }): ReactNode {
  const { say } = useWords();
  const now = useNow(30_000);
  const left = Math.ceil((new Date(of.due).getTime() - now.getTime()) / 60_000);
  return (
    <Text size="sm" fw={600} {...(left <= 5 ? { c: "red" } : {})}>
      {left > 0
        ? say(`distress.clock.${of.level}`, { minutes: left })
        : say("distress.clock.over", { minutes: -left })}
    </Text>
  );
}
