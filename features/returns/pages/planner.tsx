// The return planner: whose day comes next, and what still stands in the way of each (VIC-5).
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, ClockText, Empty, Link, PageHead, StateTag, useWords } from "@simpul/doors/web";
import type { Plan } from "../contract.ts";
import { usePlanner } from "./data.ts";
import { Gate } from "../../victims/contract/gate.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PageHead title={say("returns.room")} />
      <Gate>
        <Group gap="md" mb="md" className="s-noprint">
          <Link to="/returns/nationality">{say("returns.nationality")}</Link>
          <Link to="/returns/missing">{say("returns.missing")}</Link>
        </Group>
        <List />
      </Gate>
    </>
  );
}

function List(): ReactNode {
  const { say } = useWords();
  const query = usePlanner();
  return (
    <Awaited query={query}>
      {({ plans }) =>
        plans.length === 0 ? (
          <Empty title={say("returns.none")}>{say("returns.none.text")}</Empty>
        ) : (
          <Stack gap="xs" component="ul" p={0} m={0} maw="56rem" style={{ listStyle: "none" }}>
            {plans.map((one) => (
              <li key={one.person.id}>
                <Line of={one} />
              </li>
            ))}
          </Stack>
        )
      }
    </Awaited>
  );
}

function Line({ of }: { of: Plan }): ReactNode {
  const { say, list } = useWords();
  return (
    <Card withBorder padding="sm">
      <Group justify="space-between" gap="xs">
        <Link to={`/returns/people/${of.person.id}`}>{of.person.pseudonym}</Link>
        <Group gap="xs">
          <StateTag tone="plain">{say(`returns.choice.${of.choice?.wants ?? "not-asked"}`)}</StateTag>
          {of.next !== null && (
            <>
              <StateTag tone="waiting">{say(`returns.step.${of.next.what}`)}</StateTag>
              <ClockText due={`${of.next.on}T23:59:59.000Z`} />
            </>
          )}
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {of.hindrances.length === 0
          ? say("returns.free")
          : say("returns.inTheWay", {
              what: list(of.hindrances.map((one) => say(`returns.hindrance.${one}`))),
            })}
      </Text>
    </Card>
  );
}
