// Every act and every look at a case, from the two logs of its node, in words; filtered in the address.
import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ReactNode } from "react";
import { Awaited, ChoiceField, TimeText, api, useAddressValue, useQuery, useWords } from "@simpul/doors/web";
import type { Activity } from "../contract.ts";
import type { Side as Given } from "./case.tsx";
import type { Named } from "./data.tsx";
import { Who } from "./parts.tsx";

export function Side({ view }: Given): ReactNode {
  const words = useWords();
  const { say } = words;
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
      <Group className="s-noprint" align="flex-end">
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
            <List listStyleType="none" spacing="xs">
              {activity.map((one) => (
                <List.Item key={`${one.at} ${one.kind} ${one.by} ${one.record ?? ""}`}>
                  <Text size="sm" component="div">
                    <TimeText at={one.at} /> ·{" "}
                    {one.by.startsWith("officer:") ? (
                      <Who id={one.by.slice("officer:".length)} names={names} />
                    ) : (
                      say("cases.by.node")
                    )}{" "}
                    · {words.sayOne([`activity.${one.kind}`]) ?? one.kind}
                    {typeof one.facts["field"] === "string" &&
                      ` · ${words.sayOne([`cases.field.${one.facts["field"]}`]) ?? one.facts["field"]}`}
                    {one.purpose !== null && (
                      <Text span size="xs" c="dimmed">
                        {" "}
                        · {say(`purpose.${one.purpose}`)}
                      </Text>
                    )}
                  </Text>
                </List.Item>
              ))}
            </List>
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
