// What this case asked of other states, and what they gave: foreign records, each under its originator's terms.
import { Group, List, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  HandlingBadge,
  Link,
  LinkButton,
  StateTag,
  TimeText,
  api,
  useLive,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { ReceivedItem, ReceivedRecord, RequestHead } from "../../requests/contract.ts";
import { BackMark, CalledBack } from "./called-back.tsx";
import type { Side as Given } from "./case.tsx";

export function Side({ view, may }: Given): ReactNode {
  const { say } = useWords();
  useLive(["request", "permission"]);
  const asked = useQuery({
    queryKey: ["request", "of case", view.number],
    queryFn: ({ signal }) =>
      api.get<{ requests: RequestHead[] }>("/api/requests", {
        query: { box: "outgoing", case: view.number },
        signal,
      }),
  });
  const held = useQuery({
    queryKey: ["request", view.number, "received"],
    queryFn: ({ signal }) =>
      api.get<{ records: ReceivedRecord[]; items: ReceivedItem[] }>("/api/requests/received", {
        query: { case: view.number },
        signal,
      }),
  });
  return (
    <Stack gap="lg">
      <CalledBack of={view.id} />
      {may("request.draft") && view.state === "open" && (
        <Group className="s-noprint">
          <LinkButton to={`/requests/new?case=${view.number}`}>{say("requests.new.title")}</LinkButton>
        </Group>
      )}
      <section aria-label={say("cases.abroad.asked")}>
        <Title order={2} size="h5" mb="xs">
          {say("cases.abroad.asked")}
        </Title>
        <Awaited query={asked}>{({ requests }) => <Asked requests={requests} />}</Awaited>
      </section>
      <section aria-label={say("cases.abroad.held")}>
        <Title order={2} size="h5" mb="xs">
          {say("cases.abroad.held")}
        </Title>
        <Awaited query={held}>
          {({ records, items }) => (
            <Stack gap="xs">
              {records.length + items.length === 0 && <Text size="sm">{say("cases.abroad.none")}</Text>}
              {records.map((one) => (
                <div key={one.copy}>
                  <Line of={one} to={`/requests/received/${one.copy}`} title={one.title} />
                  <BackMark of={view.id} record={one.id} />
                </div>
              ))}
              {items.map((one) => (
                <div key={one.id}>
                  <Line of={one} to={`/evidence/${one.id}`} title={one.fileName} />
                  <BackMark of={view.id} record={one.id} />
                </div>
              ))}
            </Stack>
          )}
        </Awaited>
      </section>
    </Stack>
  );
}

function Asked({ requests }: { requests: readonly RequestHead[] }): ReactNode {
  const { say, state } = useWords();
  if (requests.length === 0) return <Text size="sm">{say("cases.abroad.none")}</Text>;
  return (
    <List listStyleType="none" spacing="xs">
      {requests.map((one) => (
        <List.Item key={one.id}>
          <Link to={`/requests/${one.id}`}>
            {one.subject === "" ? say("requests.untitled") : one.subject}
          </Link>{" "}
          {one.threads.map((thread) => (
            <Text span size="sm" key={thread.id}>
              {state(thread.peer)} {thread.reference}{" "}
              <StateTag>{say(`requests.state.${thread.state}`)}</StateTag>{" "}
            </Text>
          ))}
          <Text span size="sm" c="dimmed">
            <TimeText at={one.changedAt} ago />
          </Text>
        </List.Item>
      ))}
    </List>
  );
}

function Line({
  of,
  to,
  title,
}: {
  of: ReceivedRecord | ReceivedItem;
  to: string;
  title: string;
}): ReactNode {
  const { say, state } = useWords();
  return (
    <Group gap="xs">
      <Link to={to}>
        <bdi>{title}</bdi>
      </Link>
      <HandlingBadge handling={of.handling} evaluation={of.evaluation} from={of.originator} />
      <Text size="sm">{say("cases.abroad.of", { state: state(of.originator) })}</Text>
      <Text size="sm" c="dimmed">
        {of.reference} · <TimeText at={of.at} other={of.from} ago />
      </Text>
    </Group>
  );
}
