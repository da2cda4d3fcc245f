// Embassies: how many of each state allow theirs to be told; a list is prepared by one and agreed by another.
import { Button, Card, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { Awaited, Empty, Guided, Link, Problem, StateTag, TimeText, api, useWords } from "@simpul/doors/web";
import type { StateLine } from "../contract.ts";

export function States(): ReactNode {
  const { say } = useWords();
  const query = useQuery({
    queryKey: ["victims", "surge-states"],
    queryFn: ({ signal }) =>
      api.get<{ states: StateLine[]; source: string }>("/api/surge/states", { signal }),
  });
  return (
    <Awaited query={query}>
      {({ states, source }) => {
        if (states.length === 0) return <Empty title={say("surge.none")}>{say("surge.none.text")}</Empty>;
        const here = states.filter((line) => line.embassy !== null && !line.own);
        const none = states.filter((line) => line.embassy === null && !line.own);
        const own = states.filter((line) => line.own);
        return (
          <Guided by="surge.states.text">
            <Stack gap="md">
              {here.length > 0 && <Some title={say("surge.states.with")} lines={here} />}
              {own.length > 0 && <Some title={say("surge.states.own")} lines={own} />}
              {none.length > 0 && <Some title={say("surge.states.without")} lines={none} />}
              <Text size="sm" c="dimmed">
                {say("surge.states.source", { source })}
              </Text>
            </Stack>
          </Guided>
        );
      }}
    </Awaited>
  );
}

function Some({ title, lines }: { title: string; lines: readonly StateLine[] }): ReactNode {
  return (
    <section>
      <Text fw={600} component="h2" size="md" mb="xs">
        {title}
      </Text>
      <Stack gap="xs" component="ul" p={0} m={0} className="su-plain">
        {lines.map((line) => (
          <li key={line.state}>
            <One of={line} />
          </li>
        ))}
      </Stack>
    </section>
  );
}

/** A state's name, or that there is none. */
export function useStateName(): (state: string) => string {
  const words = useWords();
  return (state) =>
    state === "stateless"
      ? words.say("surge.total.stateless")
      : state === "?"
        ? words.say("surge.total.unknown")
        : words.state(state);
}

function One({ of }: { of: StateLine }): ReactNode {
  const { say } = useWords();
  const named = useStateName();
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  async function ask(): Promise<void> {
    try {
      await api.post("/api/surge/papers", { state: of.state });
      await queries.invalidateQueries({ queryKey: ["victims", "surge-states"] });
    } catch (no) {
      setFault(no);
    }
  }
  const waits = of.papers.some((paper) => paper.agreedAt === null);
  return (
    <Card withBorder padding="sm" data-state={of.state}>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{named(of.state)}</Text>
        {of.embassy !== null && of.embassy !== "here" && (
          <StateTag>{say("surge.served", { state: named(of.embassy.served) })}</StateTag>
        )}
      </Group>
      <Text size="sm">
        {say("surge.states.line", {
          ...{ people: of.people, allowed: of.allowed, refused: of.refused },
          rest: of.people - of.allowed - of.refused,
        })}
      </Text>
      {of.undecided > 0 && (
        <Text size="sm">
          <Link to="/surge?tab=pairs">{say("surge.undecided", { count: of.undecided })}</Link>
        </Text>
      )}
      {of.papers.map((paper) => (
        <Text size="sm" component="div" key={paper.id}>
          {paper.agreedAt === null ? (
            say("surge.paper.waits", { people: paper.people, by: paper.askedBy })
          ) : (
            <>
              {say("surge.paper.agreed", { people: paper.people, by: paper.agreedBy })} ·{" "}
              <TimeText at={paper.agreedAt} />
            </>
          )}{" "}
          <Link to={`/surge/papers/${paper.id}`}>{say("surge.paper.open")}</Link>
        </Text>
      ))}
      {of.embassy !== null && !of.own && of.untold > 0 && !waits && (
        <Group mt="xs">
          <Button size="compact-md" variant="default" onClick={() => void ask()}>
            {say("surge.paper.ask", { untold: of.untold })}
          </Button>
        </Group>
      )}
      {fault !== null && <Problem fault={fault} />}
    </Card>
  );
}
