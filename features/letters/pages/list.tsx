// All letters that this officer sees, as they lie on a desk: to be sent, under way, arrived, answered.
import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  ClockText,
  Empty,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  TimeText,
  useLive,
  useWords,
} from "@simpul/doors/web";
import { nameIn, useLetters, type Listed } from "./data.ts";
import "./letters.css";

const groups = ["queued", "posted", "delivered", "answered"] as const;
/** What is done with lies together, however it ended. */
const groupOf = (of: Listed): (typeof groups)[number] =>
  groups.find((one) => one === of.standing) ?? "answered";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["request"]);
  const query = useLetters();
  return (
    <>
      <PageHead
        title={say("letters.room")}
        back={{ to: "/requests", label: say("requests.room") }}
        act={<LinkButton to="/requests/new">{say("requests.new.title")}</LinkButton>}
      />
      <Awaited query={query}>
        {({ letters }) =>
          letters.length === 0 ? (
            <Empty title={say("letters.none")}>{say("letters.none.text")}</Empty>
          ) : (
            <div className="l-board">
              {groups.map((group) => (
                <Lane key={group} group={group} of={letters.filter((one) => groupOf(one) === group)} />
              ))}
            </div>
          )
        }
      </Awaited>
    </>
  );
}

function Lane({ group, of }: { group: string; of: readonly Listed[] }): ReactNode {
  const words = useWords();
  const { say, state } = words;
  return (
    <section aria-label={say(`letters.group.${group}`)}>
      <Title order={2} size="h5" mb="xs">
        {say(`letters.group.${group}`)} {of.length > 0 && words.number(of.length)}
      </Title>
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {of.map((one) => (
          <li key={one.id}>
            <Card withBorder padding="sm">
              <Link to={`/letters/${one.id}`}>{one.reference}</Link>
              <Text size="sm">
                {one.about === "request"
                  ? one.subject
                  : `${say(`letters.about.${one.about}`)} · ${one.subject}`}
              </Text>
              <Text size="sm" c="dimmed">
                {state(one.state)} · {nameIn(words, one.names)}
              </Text>
              <Group gap="xs" mt={4}>
                {groupOf(one) === "answered" && <Standing of={one} />}
                {one.clock !== null && one.clock.state === "running" && <ClockText due={one.clock.due} />}
                <Text size="sm" c="dimmed" component="div">
                  <TimeText at={one.madeAt} ago />
                </Text>
              </Group>
            </Card>
          </li>
        ))}
      </Stack>
    </section>
  );
}

type Say = ReturnType<typeof useWords>["say"];
const outcomes = {
  request: "requests.outcome",
  recall: "recalls.outcome",
  permission: "requests.permission.state",
};
/** How it ended, in the words of the room that it is about. */
export const outcomeOf = (say: Say, about: Listed["about"], outcome: string): string =>
  say(`${outcomes[about]}.${outcome}`);

/** In the words of requests; one that is not sent yet waits for a hand. */
export function Standing({
  of,
}: {
  of: Pick<Listed, "about" | "standing" | "outcome" | "clock">;
}): ReactNode {
  const { say } = useWords();
  const over = of.clock?.over === true && of.clock.state === "running";
  const word =
    of.outcome === null || of.standing === "closed"
      ? say(of.standing === "queued" ? "letters.group.queued" : `requests.state.${of.standing}`)
      : outcomeOf(say, of.about, of.outcome);
  return <StateTag tone={over ? "bad" : of.standing === "queued" ? "waiting" : "plain"}>{word}</StateTag>;
}
