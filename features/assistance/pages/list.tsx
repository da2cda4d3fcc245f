// Mutual legal assistance: what we asked and what is asked of us, how it stands, the clock that runs.
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  ClockText,
  Empty,
  Link,
  LinkButton,
  PageHead,
  StateTag,
  Tabs,
  TimeText,
  useLive,
  useWords,
} from "@simpul/doors/web";
import type { AssistanceHead } from "../contract.ts";
import { useList } from "./data.ts";
import "./assistance.css";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["assistance"]);
  return (
    <>
      <PageHead
        title={say("assistance.room")}
        act={<LinkButton to="/assistance/new">{say("assistance.new")}</LinkButton>}
      />
      <Tabs
        label={say("assistance.room")}
        tabs={(["outgoing", "incoming", "closed"] as const).map((box) => ({
          id: box,
          label: say(`assistance.box.${box}`),
          body: <List box={box} />,
        }))}
      />
      <Text size="sm" mt="md" className="s-noprint">
        <Link to="/assistance/states">{say("assistance.states")}</Link>
      </Text>
    </>
  );
}

function List({ box }: { box: "outgoing" | "incoming" | "closed" }): ReactNode {
  const { say } = useWords();
  const query = useList(box === "closed" ? { state: "closed" } : { box, state: "open" });
  return (
    <Awaited query={query}>
      {({ assistances }) =>
        assistances.length === 0 ? (
          <Empty title={say(`assistance.none.${box}`)}>{say("assistance.none.text")}</Empty>
        ) : (
          <Stack gap="xs" component="ul" className="a-list">
            {assistances.map((one) => (
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

/** What it is, of whom, how it stands, the clock, and until when data is kept. */
export function Line({ of }: { of: AssistanceHead }): ReactNode {
  const { say, state } = useWords();
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Link to={`/assistance/${of.id}`}>
          {state(of.peer)} · {of.subject === "" ? say(`assistance.type.${of.type}`) : of.subject}
        </Link>
        <Group gap="xs">
          <Marks of={of} />
        </Group>
      </Group>
      <Text size="sm" c="dimmed" component="div">
        {say(`assistance.type.${of.type}`)}
        {of.reference !== null && ` · ${of.reference}`} · <TimeText at={of.changedAt} />
      </Text>
    </Card>
  );
}

/** State, clock, what is provisional, what ends: the same on the list and on the matter. */
export function Marks({ of }: { of: AssistanceHead }): ReactNode {
  const words = useWords();
  const { say } = words;
  const tone = of.overdue || of.state === "refused" ? "bad" : "waiting";
  const ended = ["closed", "withdrawn", "preserved", "used"].includes(of.state);
  return (
    <>
      <StateTag tone={ended ? "plain" : tone}>{say(`assistance.state.${of.state}`)}</StateTag>
      {of.urgent && <StateTag tone="waiting">{say("assistance.urgent")}</StateTag>}
      {of.provisional && <StateTag tone="waiting">{say("assistance.provisional")}</StateTag>}
      {of.keptUntil !== null && (
        <StateTag tone={of.expiry === null ? "plain" : of.expiry === "over" ? "bad" : "waiting"}>
          {say("assistance.keptUntil", { day: words.date(of.keptUntil) })}
        </StateTag>
      )}
      {of.due !== null && <ClockText due={of.due} />}
    </>
  );
}
