// What helps her next, each with the way there; nothing stands here when nothing is open.
import { Card, List, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useSession, useWords } from "@simpul/doors/web";
import type { PersonView } from "../contract.ts";
import { nextFor } from "./next-steps.ts";

/** Rooms of those who assist; whoever only identifies is not led to a door that is shut to her. */
const assists = /^\/(referrals|returns)\//;

export function WhatNext({ view }: { view: PersonView }): ReactNode {
  const { say } = useWords();
  const helps = useSession().purpose === "victim-assistance";
  const steps = nextFor(view).filter(({ to }) => helps || !assists.test(to));
  if (steps.length === 0) return null;
  return (
    <Card withBorder component="section" aria-labelledby="victims-next" className="s-noprint">
      <Title order={2} size="h5" id="victims-next" mb="xs">
        {say("victims.next")}
      </Title>
      <List spacing="xs">
        {steps.map(({ step, to }) => (
          <List.Item key={step}>
            <Link to={to}>{say(`victims.next.${step}`)}</Link>
          </List.Item>
        ))}
      </List>
    </Card>
  );
}
