// The way home of somebody whom another state's desk looks after since a hand-over: what stood here, read and not asked for.
import { Card, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { StateTag, useWords } from "@simpul/doors/web";
import { MovedAway } from "../../victims/contract/moved-away.tsx";
import type { Plan } from "../contract.ts";

export function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      <Stack gap="sm">{children}</Stack>
    </Card>
  );
}

export function Moved({ plan, to }: { plan: Plan; to: string }): ReactNode {
  const { say, date } = useWords();
  return (
    <>
      <MovedAway id={plan.person.id} to={to} />
      {plan.choice !== null && (
        <Part title={say("returns.choice")}>
          <Text component="div">
            <StateTag tone="plain">{say(`returns.choice.${plan.choice.wants}`)}</StateTag> {plan.choice.words}
          </Text>
        </Part>
      )}
      {plan.steps.length > 0 && (
        <Part title={say("returns.steps")}>
          {plan.steps.map((one) => (
            <Text key={one.step + (one.on ?? one.at)} size="sm">
              {say(`returns.step.${one.step}`)}
              {one.on !== null && ` · ${date(one.on)}`} · {say(`returns.stepState.${one.state}`)}
            </Text>
          ))}
        </Part>
      )}
    </>
  );
}
