// What stood out in the log, in words and numbers; a named officer decides what it means, and about herself nobody does.
import { Card, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import {
  Awaited,
  Empty,
  Link,
  PageHead,
  StateTag,
  TimeText,
  api,
  useAddressValue,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { noticeDecisions } from "../contract.ts";
import type { Notice } from "../contract.ts";
import { ActForm } from "./act.tsx";
import { Sides } from "./sides.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  const [at] = useAddressValue("at");
  const query = useQuery({
    queryKey: ["oversight", "notices"],
    queryFn: ({ signal }) => api.get<Notice[]>("/api/oversight/notices", { signal }),
  });
  return (
    <>
      <PageHead title={say("oversight.notices")} />
      <Sides />
      <Awaited query={query}>
        {(notices) =>
          notices.length === 0 ? (
            <Empty title={say("oversight.notices.none")}>{say("oversight.notices.text")}</Empty>
          ) : (
            <Stack gap="md" maw="44rem">
              <Text size="sm">{say("oversight.notices.text")}</Text>
              {notices
                .toSorted((a, b) => Number(b.id === at) - Number(a.id === at))
                .map((one) => (
                  <One key={one.id} of={one} />
                ))}
            </Stack>
          )
        }
      </Awaited>
    </>
  );
}

function One({ of }: { of: Notice }): ReactNode {
  const { say, date } = useWords();
  return (
    <Card withBorder component="section" aria-label={`${of.officer.name}, ${date(of.day)}`}>
      <Text fw={600}>
        {of.officer.name}
        {of.desk !== null && ` · ${of.desk}`} · {date(of.day)}
      </Text>
      <Text size="sm">{say(`oversight.notice.${of.kind}`, of.facts)}</Text>
      <Text size="sm" mb="xs">
        {typeof of.case?.number === "string" && `${of.case.number} · `}
        <Link to={`/oversight?officer=${of.officer.id}&from=${of.day}&to=${of.day}`}>
          {say("oversight.notice.log")}
        </Link>
      </Text>
      {of.decision !== null ? (
        <Text size="sm" component="div">
          <StateTag tone={of.decision.decision === "explained" ? "good" : "waiting"}>
            {say(`oversight.decision.${of.decision.decision}`)}
          </StateTag>{" "}
          {of.decision.by}, <TimeText at={of.decision.at} />: {of.decision.note}
        </Text>
      ) : of.own ? (
        <Text size="sm">{say("oversight.notice.own")}</Text>
      ) : (
        <ActForm
          label={say("oversight.decision")}
          choices={noticeDecisions.map((value) => ({ value, label: say(`oversight.decision.${value}`) }))}
          note={say("oversight.note")}
          needsNote={() => true}
          button={say("oversight.decision.keep")}
          act={(decision, note) => api.post(`/api/oversight/notices/${of.id}`, { decision, note })}
        />
      )}
    </Card>
  );
}
