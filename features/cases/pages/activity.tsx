// Every act and every look at a case, from the two logs of its node, in words; filtered in the address.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import {
  Awaited,
  ChoiceField,
  TimeText,
  WhyThis,
  api,
  useAddressValue,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import type { Activity, Names } from "../contract.ts";
import type { Side as Given } from "./case.tsx";
import type { Named } from "./data.tsx";
import { Who } from "./parts.tsx";
import "./cases.css";

export function Side({ view }: Given): ReactNode {
  const { say } = useWords();
  const [reads, setReads] = useAddressValue("reads");
  const [by, setBy] = useAddressValue("by");
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const query = useQuery({
    queryKey: ["case", view.number, "activity", reads, by, cursor ?? ""],
    queryFn: ({ signal }) =>
      api.get<Named<{ activity: Activity[]; next: string | null }>>(`/api/cases/${view.number}/activity`, {
        query: { reads, by, cursor },
        signal,
      }),
  });
  const members = view.team.map((one) => one.officer);
  return (
    <Stack gap="md">
      <WhyThis of={view.number} open />
      <Group className="s-noprint" align="flex-end" grow wrap="nowrap" maw="30rem">
        <ChoiceField
          label={say("cases.activity.what")}
          value={reads === "" ? null : reads}
          choices={[
            { value: "false", label: say("cases.activity.acts") },
            { value: "true", label: say("cases.activity.reads") },
          ]}
          onChange={(value) => setReads(value ?? "")}
        />
        <ChoiceField
          label={say("cases.activity.who")}
          value={by === "" ? null : by}
          choices={members.map((one) => ({ value: one, label: view.names.officers[one]?.name ?? one }))}
          onChange={(value) => setBy(value ?? "")}
        />
      </Group>
      <Awaited query={query}>
        {({ activity, names, next }) => (
          <>
            <Days of={activity} names={names} />
            <Group>
              {cursors.length > 0 && (
                <Button variant="default" size="compact-sm" onClick={() => setCursors([])}>
                  {say("web.table.first")}
                </Button>
              )}
              {next !== null && (
                <Button variant="default" size="compact-sm" onClick={() => setCursors([...cursors, next])}>
                  {say("web.table.next")}
                </Button>
              )}
            </Group>
          </>
        )}
      </Awaited>
    </Stack>
  );
}

/** By day; looks of one person that follow each other are one line that opens. */
function Days({ of, names }: { of: readonly Activity[]; names: Names }): ReactNode {
  const { date } = useWords();
  const days = new Map<string, Activity[][]>();
  for (const one of of) {
    // The day as it is here.
    const day = date(one.at);
    const groups = days.get(day) ?? [];
    const last = groups.at(-1);
    if (one.read && last?.[0]?.read === true && last[0].by === one.by) last.push(one);
    else groups.push([one]);
    days.set(day, groups);
  }
  return (
    <div className="c-days">
      {[...days].map(([day, groups]) => (
        <section key={day}>
          <Title order={2} size="h5">
            {day}
          </Title>
          <ul>
            {groups.map((group) => (
              <Acts key={keyOf(group[0]!)} of={group} names={names} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const keyOf = (one: Activity): string => `${one.at} ${one.kind} ${one.by} ${one.record ?? ""}`;

function Acts({ of, names }: { of: readonly Activity[]; names: Names }): ReactNode {
  const { say, minute } = useWords();
  const newest = of[0]!;
  const who = newest.by.startsWith("officer:") ? (
    <Who id={newest.by.slice("officer:".length)} names={names} />
  ) : (
    say("cases.by.node")
  );
  return (
    <li>
      <time dateTime={newest.at}>{minute(newest.at)}</time>
      {of.length === 1 ? (
        <div>
          {who} · <Did one={newest} />
        </div>
      ) : (
        <details>
          <summary>
            {who} · {say("cases.activity.looked", { count: of.length })}
          </summary>
          {of.map((one) => (
            <div key={keyOf(one)}>
              <TimeText at={one.at} /> · <Did one={one} />
            </div>
          ))}
        </details>
      )}
    </li>
  );
}

function Did({ one }: { one: Activity }): ReactNode {
  const words = useWords();
  return (
    <>
      {words.sayOne([`activity.${one.kind}`]) ?? one.kind}
      {typeof one.facts["field"] === "string" &&
        ` · ${words.sayOne([`cases.field.${one.facts["field"]}`]) ?? one.facts["field"]}`}
      {one.purpose !== null && (
        <Text span size="xs" c="dimmed">
          {" "}
          · {words.say(`purpose.${one.purpose}`)}
        </Text>
      )}
    </>
  );
}
