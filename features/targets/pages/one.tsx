// One target: why it was nominated, how it stands, what was done, what is frozen, and what comes next.
import { Button, Group, List, Stack, Text, Title } from "@mantine/core";
import { useId } from "react";
import type { ReactNode } from "react";
import {
  api,
  Awaited,
  Link,
  PageHead,
  Problem,
  StateTag,
  TimeText,
  useLive,
  useParam,
  useQuery,
  useWords,
} from "@simpul/doors/web";
import { ReviewStanding } from "../../reviews/contract/standing.tsx";
import type { TargetView } from "../contract.ts";
import { Acts } from "./acts.tsx";
import { Freezes } from "./freezes.tsx";
import { nameOf, State, useAct } from "./parts.tsx";

export type Shown = TargetView & { names: Record<string, string> };

export function Page(): ReactNode {
  const id = useParam("id");
  useLive(["target"]);
  const query = useQuery({
    queryKey: ["target", id],
    queryFn: ({ signal }) => api.get<Shown>(`/api/targets/${id}`, { signal }),
  });
  return (
    <Awaited query={query} back="/targets">
      {(view) => <Body view={view} />}
    </Awaited>
  );
}

function Body({ view }: { view: Shown }): ReactNode {
  const { say, date } = useWords();
  const accept = useAct(view.id);
  const who = (id: string | null): string => (id === null ? "" : (view.names[id] ?? id));
  return (
    <>
      <PageHead
        title={nameOf(view.name)}
        windowTitle={say("targets.one")}
        back={{ to: "/targets", label: say("targets.room") }}
        marks={
          view.state === "under-review" && view.review !== null ? (
            <ReviewStanding review={view.review} otherwise={<State of={view} />} />
          ) : (
            <State of={view} />
          )
        }
        act={
          view.may.includes("accept") && (
            <Button loading={accept.busy} onClick={() => void accept.run("accept")}>
              {say("targets.accept")}
            </Button>
          )
        }
      />
      <Stack gap="xl" maw="46rem">
        {accept.fault !== null && <Problem fault={accept.fault} />}
        {view.state === "under-review" && <Text size="sm">{say("targets.reviewed")}</Text>}
        <Section title={say("targets.reasons")}>
          <Text style={{ whiteSpace: "pre-wrap" }}>{view.reasons}</Text>
          <Text size="sm" c="dimmed" component="div">
            {say("targets.by.nominated", { name: who(view.nominatedBy) })}, <TimeText at={view.nominatedAt} />
            {view.case !== null && (
              <>
                {" · "}
                <Link to={`/cases/${view.case.number}/subjects?at=${view.subject}`}>{view.case.number}</Link>
                {" · "}
                <Link to={`/actors/${view.subject}`}>{say("targets.actor")}</Link>
              </>
            )}
          </Text>
          {view.acceptedAt !== null && (
            <Text size="sm" c="dimmed" component="div">
              {say("targets.by.accepted", { name: who(view.acceptedBy) })}, <TimeText at={view.acceptedAt} />
            </Text>
          )}
        </Section>
        <Section title={say("targets.followed")}>
          <Text size="sm">{say("targets.by.owner", { name: who(view.owner) })}</Text>
          {view.followUp !== null && (
            <Group gap="xs">
              <Text size="sm">
                {say("targets.followUp.on")}: <b>{date(view.followUp.on)}</b>
                {view.followUp.text !== "" && ` · ${view.followUp.text}`}
              </Text>
              {view.escalated && <StateTag tone="bad">{say("targets.overdue")}</StateTag>}
            </Group>
          )}
          {view.steps.length === 0 ? (
            <Text size="sm" c="dimmed">
              {say("targets.steps.none")}
            </Text>
          ) : (
            <List size="sm" spacing={4} aria-label={say("targets.steps")} type="ordered">
              {view.steps.map((one) => (
                <List.Item key={one.id}>
                  <b>{say(`targets.step.${one.step}`)}</b>, {date(one.on)}, {who(one.by)}
                  {one.text !== "" && `: ${one.text}`}
                </List.Item>
              ))}
            </List>
          )}
          <Acts view={view} />
        </Section>
        <Section title={say("targets.freezes")}>
          <Freezes view={view} />
        </Section>
      </Stack>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Stack gap="sm">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        {children}
      </Stack>
    </section>
  );
}
