// Nationality checks: lists to and from other victim desks, with how many are answered.
import { Card, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Awaited, ClockText, Empty, Link, LinkButton, PageHead, StateTag, useWords } from "@simpul/doors/web";
import { toneOf, useChecks } from "./data.ts";
import { Gate } from "../../victims/contract/gate.tsx";

export function Page(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <PageHead
        title={say("returns.nationality")}
        back={{ to: "/returns", label: say("returns.room") }}
        act={<LinkButton to="/returns/nationality/new">{say("returns.nationality.new")}</LinkButton>}
      />
      <Gate>
        <List />
      </Gate>
    </>
  );
}

function List(): ReactNode {
  const { say, state } = useWords();
  const query = useChecks();
  return (
    <Awaited query={query}>
      {({ checks }) =>
        checks.length === 0 ? (
          <Empty title={say("returns.nationality.none")}>{say("returns.nationality.none.text")}</Empty>
        ) : (
          <Stack gap="xs" component="ul" p={0} m={0} maw="56rem" style={{ listStyle: "none" }}>
            {checks.map(({ share, content, answer }) => (
              <li key={share.id}>
                <Card withBorder padding="sm">
                  <Group justify="space-between" gap="xs">
                    <Link to={`/returns/nationality/${share.id}`}>
                      {share.peer === null
                        ? ""
                        : say(share.ours ? "returns.to" : "returns.fromWho", { who: state(share.peer) })}
                    </Link>
                    <Group gap="xs">
                      <StateTag tone={toneOf(share.state)}>{say(`returns.state.${share.state}`)}</StateTag>
                      {share.due !== null && <ClockText due={share.due} />}
                    </Group>
                  </Group>
                  <Text size="sm" c="dimmed">
                    {content === null
                      ? say("returns.gone")
                      : say("returns.people", { count: content.people.length })}
                    {answer !== null && ` · ${say("returns.answered", { count: answer.answers.length })}`}
                  </Text>
                </Card>
              </li>
            ))}
          </Stack>
        )
      }
    </Awaited>
  );
}
