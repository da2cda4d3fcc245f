// The timeline of a case: what happened, what was decided, what falls due, down one line of years and months.
import { Stack, Text, Timeline, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, Empty, useWords } from "@simpul/doors/web";
import type { Records } from "../contract.ts";
import { parseWhen } from "../rules.ts";
import type { Side as Given } from "./case.tsx";
import { useRecords } from "./data.tsx";
import { WhenText } from "./events.tsx";
import { Marks, SourceText, plainName } from "./parts.tsx";

interface Moment {
  id: string;
  at: number;
  began: string;
  ended: string | null;
  kind: string;
  title: string;
  beside: ReactNode;
}

export function Side({ view }: Given): ReactNode {
  const { say } = useWords();
  const query = useRecords(view.number, ["event", "place", "subject", "task", "decision"]);
  return (
    <Awaited query={query}>
      {({ records }) => {
        const years = byYear(moments(records, say));
        if (years.length === 0)
          return <Empty title={say("cases.timeline.empty")}>{say("cases.events.empty.text")}</Empty>;
        return (
          <Stack gap="md">
            {years.map(([year, list]) => (
              <section key={year}>
                <Title order={2} size="h5" mb="xs">
                  {year}
                </Title>
                <Timeline bulletSize={14} lineWidth={2} active={list.length}>
                  {list.map((one) => (
                    <Timeline.Item key={one.id} title={one.title}>
                      <Text size="sm">
                        <WhenText began={one.began} ended={one.ended} /> · {one.kind}
                      </Text>
                      <Text size="sm" component="div">
                        {one.beside}
                      </Text>
                    </Timeline.Item>
                  ))}
                </Timeline>
              </section>
            ))}
          </Stack>
        );
      }}
    </Awaited>
  );
}

function moments(records: Records, say: (key: string) => string): Moment[] {
  const events = records.event.map((event): Moment => {
    const place = records.place.filter((one) => one.id === event.place).map(plainName);
    const who = records.subject.filter((one) => event.subjects.includes(one.id)).map(plainName);
    return {
      id: event.id,
      at: parseWhen(event.began).begins.getTime(),
      began: event.began,
      ended: event.ended,
      kind: say(`cases.event.kind.${event.kind}`),
      title: event.title,
      beside: (
        <>
          {[...place, ...who].join(" · ")} <SourceText source={event.source} /> <Marks of={event} />
        </>
      ),
    };
  });
  const day = (id: string, text: string, kind: string, title: string, beside: ReactNode): Moment => ({
    id,
    at: parseWhen(text).begins.getTime(),
    began: text,
    ended: null,
    kind,
    title,
    beside,
  });
  return [
    ...events,
    ...records.decision.map((one) =>
      day(one.id, one.decidedOn, say("cases.decision"), one.title, one.reason),
    ),
    ...records.task.flatMap((one) =>
      one.due === null || one.state !== "open"
        ? []
        : [day(one.id, one.due, say("cases.task.due"), one.title, null)],
    ),
  ].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function byYear(list: readonly Moment[]): [string, Moment[]][] {
  const years = new Map<string, Moment[]>();
  for (const one of list) {
    const year = one.began.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), one]);
  }
  return [...years];
}
