// A piece of page for rooms that show what happened in order: down one line of years, dates as precise as they were stated.
import { Stack, Text, Timeline, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "@simpul/doors/web";
import { parseWhen } from "../rules.ts";

export interface Moment {
  id: string;
  /** As it was written: `2031`, `2031-04`, `2031-04-17`, or with a minute. */
  began: string;
  ended: string | null;
  kind: string;
  title: string;
  beside: ReactNode;
}

/** Earliest first. */
export function TimeLine({ moments }: { moments: readonly Moment[] }): ReactNode {
  return (
    <Stack gap="md">
      {byYear(moments).map(([year, list]) => (
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
}

function byYear(moments: readonly Moment[]): [string, Moment[]][] {
  const at = (one: Moment): number => parseWhen(one.began).begins.getTime();
  const years = new Map<string, Moment[]>();
  for (const one of moments.toSorted((a, b) => at(a) - at(b) || (a.id < b.id ? -1 : 1))) {
    const year = one.began.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), one]);
  }
  return [...years];
}

/** A date as it is known, in ISO form as references write it; "about" in a word. */
export function WhenText({ began, ended }: { began: string; ended: string | null }): ReactNode {
  const { say, date } = useWords();
  const one = (text: string): string => {
    const bare = text.replace("~", "");
    // A whole day is written as days are written here; a month, a year or a minute as it was stated.
    const plain = /^\d{4}-\d{2}-\d{2}$/.test(bare)
      ? date(`${bare}T12:00:00Z`, "UTC")
      : bare.replace("T", " ");
    return text.endsWith("~") ? say("cases.when.about", { when: plain }) : plain;
  };
  return <span className="s-time">{ended === null ? one(began) : `${one(began)} – ${one(ended)}`}</span>;
}
