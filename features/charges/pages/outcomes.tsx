// What other states told became of requests between us: "your answer counted".
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { api, Awaited, Empty, Link, PageHead, Problem, useLive, useQuery, useWords } from "@simpul/doors/web";
import type { ArrivedOutcome } from "../contract.ts";
import { useAct } from "./parts.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  useLive(["outcome"]);
  const query = useQuery({
    queryKey: ["outcome"],
    queryFn: ({ signal }) => api.get<{ outcomes: ArrivedOutcome[] }>("/api/charges/outcomes", { signal }),
  });
  return (
    <>
      <PageHead title={say("charges.outcomes")} back={{ to: "/charges", label: say("charges.room") }} />
      <Awaited query={query}>{({ outcomes }) => <Told of={outcomes} />}</Awaited>
    </>
  );
}

function Told({ of }: { of: readonly ArrivedOutcome[] }): ReactNode {
  const { say, state, date, list } = useWords();
  const act = useAct();
  if (of.length === 0)
    return <Empty title={say("charges.outcomes.empty")}>{say("charges.outcomes.empty.text")}</Empty>;
  return (
    <Stack gap="sm" maw="46rem">
      {act.fault !== null && <Problem fault={act.fault} />}
      {of.map((one) => (
        <Card withBorder padding="sm" key={one.id} component="article">
          <Text fw={600}>{say(`charges.outcome.${one.outcome}`)}</Text>
          <Text size="sm">
            <Link to={`/requests/${one.request}`}>
              {say(one.direction === "incoming" ? "charges.outcomes.said" : "charges.outcomes.asked", {
                ...{ state: state(one.peer), reference: one.reference },
              })}
            </Link>
          </Text>
          <Text size="sm" c="dimmed">
            {list(one.offences.map((each) => say(`offences.kind.${each}`)))} · {date(one.began)} –{" "}
            {date(one.ended)} · {date(one.on)}
          </Text>
          {!one.seen && (
            <Group mt="xs">
              <Button
                size="xs"
                variant="default"
                loading={act.busy}
                onClick={() => void act.run(() => api.post(`/api/charges/outcomes/${one.id}/seen`))}
              >
                {say("charges.outcomes.seen")}
              </Button>
            </Group>
          )}
        </Card>
      ))}
    </Stack>
  );
}
